"""All about a library of 1,000, 10,000 and 100,000 books: it is read and counted, its gaps and doubles are found.

Each part is a file of its own beside this one and runs in a process of its own, one after another.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = ("library_sync", "library_gaps", "library_recount", "library_duplicates")


def main() -> int:
    status = 0
    for part in PARTS:
        script = Path(__file__).with_name(f"{part}.py")
        status = max(status, subprocess.run([sys.executable, script, *sys.argv[1:]], check=False).returncode)
    return status


if __name__ == "__main__":
    sys.exit(main())
