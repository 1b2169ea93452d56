"""How exactly gaps are found: `series_catalogue.py FOLDER [--rounds N] [--show N]`.

The folder holds a `series_catalogue.jsonl`. Of each series random books are removed, the others are written as people
write them; what is reported as missing must be what was removed. The exit status is 1 below the aim.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from audiobook_daemon.catalogue.gaps import GapRules, series_gaps
from disturbed_series import TODAY, Json, Shelf, disturbed

_AIM = 0.99


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    text = (asked.folder / "series_catalogue.jsonl").read_text("utf-8")
    lines: list[Json] = [json.loads(line) for line in text.splitlines()]
    right = vain = overlooked = 0
    failures: list[str] = []
    for seed in range(asked.seed, asked.seed + asked.rounds):
        for line in lines:
            shelf = disturbed(line, seed, [other for other in lines if other is not line])
            found = _reported(shelf)
            right += len(found & shelf.missing)
            vain += len(found - shelf.missing)
            overlooked += len(shelf.missing - found)
            failures += _told(shelf, found, seed)
    precision, recall = right / max(1, right + vain), right / max(1, right + overlooked)
    print(f"{len(lines) * asked.rounds} libraries, {right + overlooked} gaps: {vain} in vain, {overlooked} overlooked")
    print(f"precision {precision:.2%}, recall {recall:.2%}; {len(failures)} libraries not exact")
    print("\n".join(failures[: asked.show]))
    return 0 if min(precision, recall) >= _AIM else 1


def _reported(shelf: Shelf) -> set[str]:
    gaps = series_gaps(shelf.name, shelf.owned, shelf.listed, GapRules(languages=shelf.languages), TODAY)
    return {work.key or "" for work in gaps.missing} - shelf.either_way


def _told(shelf: Shelf, found: set[str], seed: int) -> Iterator[str]:
    if found == shelf.missing:
        return
    works = {work.key: f"{_place(work.book)} {work.book.title}" for work in shelf.listed}
    yield f"{shelf.name} ({seed})"
    yield from (f"  in vain: {works[key]}" for key in sorted(found - shelf.missing))
    yield from (f"  overlooked: {works[key]}" for key in sorted(shelf.missing - found))
    copies = [
        f"{item.book.title!r} {[(place.name, place.position) for place in item.book.series]}" for item in shelf.owned
    ]
    yield f"    of {'; '.join(copies)}"


def _place(book: object) -> str:
    series = getattr(book, "series", ())
    return str(series[0].position) if series else ""


if __name__ == "__main__":
    sys.exit(main())
