"""How the library has grown: by the dates its books were added, and by what audits have written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from audiobook_daemon.upkeep.report.model import Day, Month

_MOST_MONTHS = 600


def months_of(added: Mapping[str, int], now: datetime) -> tuple[Month, ...]:
    """Every month from the first addition to now, with what was added in it and what there was by its end."""
    present = now.strftime("%Y-%m")
    known = sorted(month for month in added if month <= present)
    if not known:
        return ()
    found: list[Month] = []
    total = 0
    for month in _from(known[0], present):
        total += added.get(month, 0)
        found.append(Month(month, added.get(month, 0), total))
    return tuple(found[-_MOST_MONTHS:])


def days_of(statistics: Sequence[tuple[date, Mapping[str, object]]]) -> tuple[Day, ...]:
    """The days of the audits; figures that an older version did not write down are 0."""
    return tuple(
        Day(
            day,
            _whole(figures.get("books")),
            _number(figures.get("completeness")),
            _whole(figures.get("missing_books")),
        )
        for day, figures in statistics
    )


def _from(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (text := f"{year:04d}-{month:02d}") <= last:
        yield text
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
