"""Whether a work is out yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audiobook_daemon.catalogue.work_kinds import is_placeholder
from audiobook_daemon.models import Work


def is_unreleased(works: Sequence[Work], today: date) -> bool:
    """Whether none of the records of a work is out: their dates lie in the future, or only a place is kept for it.

    A year without a day is out from its first day on; a record without any date is out.
    """
    dated = [when for work in works if (when := _date(work))]
    if dated:
        return min(dated) > today.isoformat()[: min(len(when) for when in dated)]
    return all(is_placeholder(work.book.title) for work in works)


def _date(work: Work) -> str | None:
    return work.released or (f"{work.book.year:04}" if work.book.year else None)
