"""How well the library is described as a whole, and what has been done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from audiobook_daemon.catalogue.completeness import BUCKETS, bucket
from audiobook_daemon.store import Database

_LATELY: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MetadataStatus:
    """The figures of a library's metadata."""

    books: int
    average: int | None
    """The completeness of a book on average, in percent; None without books."""
    buckets: Mapping[str, int]
    """How many books there are in each class of quality, the best first."""
    by_source: Mapping[str, int]
    """How many fields each source has corrected, the busiest first."""
    by_field: Mapping[str, int]
    """How often each field was corrected, the most corrected first."""
    lately: Mapping[str, int]
    """As `by_source`, of the last seven days."""


async def metadata_status(database: Database, now: datetime) -> MetadataStatus:
    """Count how the library stands."""
    spread = await database.attention.completeness()
    books = sum(spread.values())
    found: Counter[str] = Counter()
    for percent, number in spread.items():
        found[bucket(percent)] += number
    return MetadataStatus(
        books,
        round(sum(percent * number for percent, number in spread.items()) / books) if books else None,
        {name: found[name] for name in BUCKETS},
        await database.corrections.by_source(),
        await database.corrections.by_field(),
        await database.corrections.by_source(now - _LATELY),
    )
