"""Reports how long the files are; a file over 300 lines must say why in its first lines."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

MEDIAN = 150
LONGEST = 300
EXCUSE = "longer than 300 lines because"


def main() -> int:
    root = Path(__file__).parent.parent
    lengths = {
        file.relative_to(root): file.read_text("utf-8").splitlines()
        for folder in ("core", "plugins")
        for file in sorted((root / folder).rglob("*.py"))
    }
    median = statistics.median(len(lines) for lines in lengths.values())
    too_long = [
        f"{path}: {len(lines)} lines"
        for path, lines in lengths.items()
        if len(lines) > LONGEST and EXCUSE not in " ".join(lines[:10])
    ]
    longest, lines = max(lengths.items(), key=lambda item: len(item[1]))
    print(f"{len(lengths)} files, median {median:g} lines, longest {longest} ({len(lines)})")
    for complaint in too_long:
        print(complaint, file=sys.stderr)
    if median > MEDIAN:
        print(f"The median is over {MEDIAN} lines.", file=sys.stderr)
    return 1 if too_long or median > MEDIAN else 0


if __name__ == "__main__":
    sys.exit(main())
