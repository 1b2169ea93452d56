"""What is told of a book that is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from audiobook_daemon.store import Gap, GapKind, GapState
from audiobook_daemon.web.answers import Answered

OPEN = (GapState.FOUND, GapState.GRADUAL, GapState.WANTED, GapState.UNRELEASED)
"""The states of what is missing and not ignored."""


class GapTold(Answered):
    """A book that is missing from a series, or of an author."""

    id: int
    kind: Literal["series", "author"]
    of: str
    """The name of the series or the author."""
    of_id: int
    """The id of the series or the author."""
    position: str | None
    """Its place in the series."""
    title: str
    authors: list[str]
    state: GapState
    released: str | None
    """A year, a month or a day, as in `2026-05`."""
    priority: int
    """1 high, 2 medium, 3 low."""
    reason: str | None
    want_id: int | None
    """The want that is to fill it."""
    wanted: datetime | None
    found: datetime | None
    changed: datetime | None


def gap_told(gap: Gap) -> GapTold:
    """Tell of a gap as it was read."""
    same = (
        "id",
        "position",
        "title",
        "state",
        "released",
        "priority",
        "reason",
        "want_id",
        "wanted",
        "found",
        "changed",
    )
    return GapTold.model_validate(
        {
            **{name: getattr(gap, name) for name in same},
            "kind": "series" if gap.kind is GapKind.SERIES else "author",
            "of": gap.of or gap.owner,
            "of_id": gap.owner_id,
            "authors": list(gap.work.book.authors),
        }
    )
