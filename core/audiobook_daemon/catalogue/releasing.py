"""Whether a work is out yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.catalogue.work_kinds import is_placeholder
from audiobook_daemon.models import Work


def is_unreleased(works: Sequence[Work], today: date) -> bool:
    """Whether none of the records of a work is out: their dates lie in the future, or only a place is kept for it.

    A year without a day is out from its first day on; a record without any date is out.
    """
    dated = [when for work in works if (when := _date(work))]
    if dated:
        return all(when > today.isoformat()[: len(when)] for when in dated)
    return all(is_placeholder(work.book.title) for work in works)


def is_announced(volume: Volume, volumes: Sequence[Volume]) -> bool:
    """Whether a volume is only announced: it stands behind all that have dates, has none, and nothing of it exists."""
    if volume.single is None or any(_exists(work) for work in volume.works):
        return False
    dated = [float(other.single) for other in volumes if other.single and any(_date(work) for work in other.works)]
    return len(dated) > 1 and float(volume.single) > max(dated)


def _exists(work: Work) -> bool:
    book = work.book
    return bool(_date(work) or work.audiobook or work.narrators or work.runtime or book.asin or book.isbn)


def _date(work: Work) -> str | None:
    return work.released or (f"{work.book.year:04}" if work.book.year else None)
