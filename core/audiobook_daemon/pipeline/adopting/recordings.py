"""Which of several recordings of one book is taken in: the one that would be chosen among offers; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching import Rules, book_key, choose
from audiobook_daemon.models import Release, Wish
from audiobook_daemon.pipeline.adopting.recognising import Recognised


@dataclass(frozen=True, slots=True)
class Recording:
    """A book that was recognised, and all that is said of its recording."""

    found: Recognised
    release: Release


def second_ones(recordings: Sequence[Recording], rules: Rules) -> dict[str, str]:
    """The keys of the recordings that are not the best of their book, each with the name of the one that is."""
    by_book: dict[str, list[Recording]] = defaultdict(list)
    for one in recordings:
        by_book[book_key(replace(one.found.wish.book, language=None))].append(one)
    return {
        one.release.key: best.title
        for same in by_book.values()
        if len(same) > 1
        for best in (_best(same, rules),)
        for one in same
        if one.release.key != best.key
    }


def _best(same: Sequence[Recording], rules: Rules) -> Release:
    """The whole book as it was written in a wanted language, if there is such a one; else the first."""
    first = same[0]
    wish = first.found.wish if first.found.want else Wish(first.found.wish.book)
    plain = replace(wish, book=replace(wish.book, language=None))
    chosen = choose(plain, [replace(one.release, size=None) for one in same], rules).chosen
    return next((one.release for one in same if chosen and one.release.key == chosen.release.key), first.release)
