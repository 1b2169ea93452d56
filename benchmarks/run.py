"""Runs the measures, all or the named ones, and prints one line for each figure.

It reports and never judges: the status is 0 whatever comes out, also when a measure fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import HEADING, Figure

MEASURES = ("shell", "start", "memory", "stop", "idle", "mqtt", "large", "jobs", "choose", "matching", "library", "web")
_PATIENCE = {"library": 900, "web": 600}
_USUAL_PATIENCE = 120
"""Seconds for one measure."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure speed and memory against limits taken in the same run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(MEASURES)}")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - set(MEASURES)):
        print(f"There is no measure {', '.join(unknown)}; there are {', '.join(MEASURES)}.", file=sys.stderr)
        return 0
    document = []
    if not arguments.json:
        print(HEADING)
    with TemporaryDirectory() as compiled:
        environ = _environ(compiled)
        for name in arguments.names or MEASURES:
            for figure in measured(name, environ):
                if arguments.json:
                    document.append({"measure": name, **figure.document()})
                else:
                    print(figure.line(), flush=True)
    if arguments.json:
        print(json.dumps(document, ensure_ascii=False, indent=2))
    return 0


def _environ(compiled: str) -> Mapping[str, str]:
    """Let Python keep compiled modules, as an installed program has them, in a folder that outlives no run."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": compiled}


def measured(name: str, environ: Mapping[str, str]) -> Iterator[Figure]:
    """Run one measure in a process of its own, so that none adds to the memory or the imports of another."""
    script = Path(__file__).with_name(f"{name}.py")
    patience = _PATIENCE.get(name, _USUAL_PATIENCE)
    try:
        ended = subprocess.run(
            [sys.executable, script], env=environ, stdout=subprocess.PIPE, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{name}: not measured, it took more than {patience} seconds.", file=sys.stderr)
        return
    for line in ended.stdout.splitlines():
        yield Figure(**json.loads(line))
    if ended.returncode:
        print(f"{name}: not measured to the end, status {ended.returncode}.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
