"""The library and everything on its way in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from audiobook_daemon.cli.printing import cell, print_json, print_table
from audiobook_daemon.cli.reading import look
from audiobook_daemon.models import WantState
from audiobook_daemon.shelving.sizes import in_words
from audiobook_daemon.store import Database, QueueState, Summary, utc_now
from audiobook_daemon.upkeep.corrections.standing import metadata_status

_OFTEN = 3


def statistics(path: Path, *, as_json: bool) -> None:
    """Print how much there is of everything."""
    found = look(path, _read)
    if as_json:
        print_json(found)
        return
    rows = [
        [room, "\n".join(_worded(name, value) for name, value in part.items() if value)] for room, part in found.items()
    ]
    print_table(["", ""], [row for row in rows if row[1]], empty="")


async def _read(database: Database) -> dict[str, Mapping[str, object]]:
    wants, gaps = await database.wants.counts(), await database.gaps.counts()
    books, size = await database.trash.sums()
    return {
        "library": asdict(await database.surveys.sums()),
        "books": {status.value: number for status, number in (await database.book_lists.statuses()).items()},
        "metadata": asdict(await metadata_status(database, utc_now())),
        "series": _summary(await database.series.summary()),
        "authors": _summary(await database.authors.summary()),
        "missing": {state.value: number for state, number in gaps.items()},
        "wants": {state.value: wants.get(state, 0) for state in WantState},
        "downloads": await _downloads(database),
        "failures": {"failed_three_times_or_more": sum((await database.failed_attempts.counts(_OFTEN)).values())},
        "storage": {
            "database_bytes": await database.figures.size(),
            "trash_books": books,
            "trash_bytes": size,
        },
    }


async def _downloads(database: Database) -> dict[str, object]:
    counts = await database.download_lists.counts()
    states = {state.value: sum(one.get(state, 0) for one in counts.values()) for state in QueueState}
    return {**states, "due": await database.download_lists.due(utc_now())}


def _summary(summary: Summary) -> dict[str, object]:
    counts: dict[str, object] = {status.value: number for status, number in summary.counts.items()}
    return {**counts, "owned_books": summary.owned, "missing_books": summary.missing, "percent": summary.percent}


def _worded(name: str, value: object) -> str:
    said = name.removesuffix("_bytes").replace("_", " ")
    if isinstance(value, Mapping):
        return f"{said}: {', '.join(f'{key} {number}' for key, number in value.items() if number)}"
    if isinstance(value, int) and (name == "size" or name.endswith("_bytes")):
        return f"{said} {in_words(value)}"
    if isinstance(value, float):
        return f"hours {value / 3600:.0f}" if name == "runtime" else f"{said} {value:.1f} %"
    return f"{said} {cell(value)}"
