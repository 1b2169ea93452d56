"""The long fault matrix: `python -m tests.faults --books 100 --seed 1` runs all kinds and prints the table."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from tests.faults.kinds import KINDS
from tests.faults.report import table
from tests.faults.running import Result, run
from tests.postgresql.databases import Databases, shared_server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--books", type=int, default=100, help="how many books go through each kind of fault")
    parser.add_argument("--seed", type=int, default=1, help="the same seed tells the same story")
    parser.add_argument("--kinds", default=",".join(KINDS), help="the kinds of fault, separated by commas")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server started for it; else SQLite")
    parser.add_argument("--report", type=Path, default=Path("faults.md"), help="where the table is written")
    asked = parser.parse_args()
    unknown = [kind for kind in asked.kinds.split(",") if kind not in KINDS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(KINDS)}")
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    with shared_server(folder) if asked.postgresql else nullcontext() as databases:
        results = _run(asked, folder, databases)
    print(table(results))
    if not any(result.broken for result in results):
        shutil.rmtree(folder)
        return 0
    print(f"Everything of these households is kept in {folder}.")
    return 1


def _run(asked: argparse.Namespace, folder: Path, databases: Databases | None) -> list[Result]:
    results: list[Result] = []
    for name in asked.kinds.split(","):
        kind = KINDS[name]
        if kind.root and os.geteuid() != 0:
            print(f"{name}: left out, only root may mount a disk.", flush=True)
            continue
        if kind.sqlite and databases is not None:
            continue
        result = asyncio.run(run(name, asked.seed, asked.books, folder, databases=databases))
        results.append(result)
        lost = f"LOST: {result.broken}" if result.broken else "nothing lost"
        print(f"{name}: {result.books} books, {result.injected} faults, {result.seconds:.0f} s, {lost}", flush=True)
        asked.report.write_text(table(results), encoding="utf-8")
    return results


if __name__ == "__main__":
    sys.exit(main())
