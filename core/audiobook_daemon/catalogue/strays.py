"""Which works a source lists that most likely do not belong to the series."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.catalogue.naming import NAMELESS
from audiobook_daemon.catalogue.source_trust import sources_of, trust
from audiobook_daemon.catalogue.title_forms import compare_forms, title_forms
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import Work

_FEW = 5
"""Fewer readers than this vouch for nothing."""
_TRUSTED = 2.5


def why_stray(
    work: Work, groups: Sequence[Sequence[Work]], sources: Sequence[str], authors: Sequence[str]
) -> str | None:
    """Why a work does not belong to the series, or None: one source alone lists it, and something speaks against it."""
    if len(sources_of(work)) > 1:
        return None
    told = f"{work.source or 'one source'} alone lists it"
    if agreement(authors, work.book.authors) is Likeness.DIFFERENT and _by_one_author(groups, authors):
        return f"{told}, by {' and '.join(work.book.authors)}"
    if work.readers is not None and work.readers < _FEW and len(sources) > 1:
        return f"{told}, and only {work.readers} readers have it"
    if len(sources) > 1 and trust(work.source) < _TRUSTED and not (work.book.series and work.book.series[0].position):
        return f"{told}, without a position"
    forms = title_forms(work.book, NAMELESS)
    for group in groups:
        if any(one.source == work.source and one.key == work.key for one in group):
            continue
        if any(compare_forms(forms, title_forms(one.book, NAMELESS)) is Likeness.SAME for one in group) and _sure(
            group
        ):
            return f"{told} at this position"
    return None


def _by_one_author(groups: Sequence[Sequence[Work]], authors: Sequence[str]) -> bool:
    """Whether most of the series is by its authors, unlike a universe that many write in."""
    written = [agreement(authors, group[0].book.authors) for group in groups]
    return bool(authors) and written.count(Likeness.DIFFERENT) * 2 < len(written)


def _sure(group: Sequence[Work]) -> bool:
    return len({source for work in group for source in sources_of(work)}) > 1
