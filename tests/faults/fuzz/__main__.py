"""The long fuzzing: `python -m tests.faults.fuzz --inputs 1000000 --seed 1` feeds all parsers and prints the table."""

from __future__ import annotations

import argparse
import logging
import resource
import sys
from pathlib import Path

from tests.faults.fuzz.own import forget
from tests.faults.fuzz.running import feed, shares, table

_MOST_MEMORY = 2_000_000_000
"""Bytes of address space for all of it; a reader that wants more is one that can be made to."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many inputs all readers get together")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same inputs")
    parser.add_argument("--only", default="", help="a part of the names of readers")
    parser.add_argument("--report", type=Path, default=Path("fuzz.md"), help="where the table is written")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    logging.disable(logging.CRITICAL)
    results = []
    for reader, inputs in shares(asked.inputs):
        if asked.only in reader.name:
            results.append(feed(reader, asked.seed, inputs))
            told = results[-1]
            print(f"{told.name}: {told.inputs} inputs, {told.escapes} escapes, {told.seconds:.0f} s", flush=True)
            asked.report.write_text(table(results), encoding="utf-8")
    forget()
    print(table(results))
    return 1 if any(result.escapes for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
