"""Which works a source lists that most likely do not belong to the series."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
    if any(_says_better(group, work, sources) for group in groups):
        return f"{told} at this position"
    return None


def _says_better(group: Sequence[Work], work: Work, sources: Sequence[str]) -> bool:
    """Whether several sources, or a more trusted one, list the same title elsewhere."""
    listing = {source for one in group for source in sources_of(one)}
    if work.source in listing or (len(listing) == 1 and _rank(listing, sources) >= _rank({work.source}, sources)):
        return False
    forms = title_forms(work.book, NAMELESS)
    return any(compare_forms(forms, title_forms(one.book, NAMELESS)) is Likeness.SAME for one in group)


def _rank(listing: Collection[str], sources: Sequence[str]) -> int:
    return min((sources.index(source) for source in listing if source in sources), default=len(sources))


def _by_one_author(groups: Sequence[Sequence[Work]], authors: Sequence[str]) -> bool:
    """Whether most of the series is by its authors, unlike a universe that many write in."""
    written = [agreement(authors, group[0].book.authors) for group in groups]
    return bool(authors) and written.count(Likeness.DIFFERENT) * 2 < len(written)
