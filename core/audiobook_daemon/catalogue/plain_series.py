"""The quick way for series of which nothing has to be guessed: most series of a tidy library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from audiobook_daemon.catalogue.copies import dramatises
from audiobook_daemon.catalogue.gap_rules import GapRules, Gaps
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.nearby import book_keys
from audiobook_daemon.catalogue.releasing import is_unreleased
from audiobook_daemon.models import Book, LibraryItem, Work, WorkKind

_SIGNS = re.compile(r"[^\w\s'’,&]|[\d_]")
_SAID = """
    summary analysis review guide companion workbook trivia notes omnibus box boxed set sets complete collected
    collection books volume volumes saga series trilogy drama dramatized dramatised dramatization dramatisation
    adaptation cast abridged unabridged part parts pt sample samples sampler excerpt preview episode act season untitled
    tba tbd tbc edition novel podcast manga comic comics teil band folge gekürzt gekürzte ungekürzt ungekürzte
    zusammenfassung résumé resumen riassunto journal calendar atlas encyclopedia encyclopaedia cookbook coloring
    colouring graphic interviews unbenannt megapack discussion takeaways insights points starters book collections
"""
_SAYS_MORE = frozenset(_SAID.split())
"""What a title may not hold to be nothing but the name of one book."""
_WHOLE = frozenset({WorkKind.NOVEL, WorkKind.NOVELLA, WorkKind.SHORT, WorkKind.COLLECTION})


def is_plain(title: str) -> bool:
    """Whether a title is nothing but the name of one book, so that there is nothing to read out of it."""
    return _SIGNS.search(title) is None and _SAYS_MORE.isdisjoint(title.lower().replace(",", "").split())


def plain_gaps(
    name: str,
    owned: Sequence[LibraryItem],
    works: Sequence[Work],
    rules: GapRules,
    today: date,
    aliases: Sequence[str] = (),
) -> Gaps | None:
    """The same as the long way round, or None if only that can tell.

    Every work has a plain title and a whole number of its own, and every copy the very title, author and number of one;
    other books have no word in common with any of them.
    """
    if _is_curious(rules):
        return None
    listed = _by_position(name, works, rules)
    held = _held((name, *aliases), owned, listed, rules) if listed else None
    if not listed or held is None:
        return None
    missing, unreleased, there = [], [], []
    year = str(today.year)
    for position, work in sorted(listed.items(), key=_number):
        if position in held:
            there.append((work, held[position]))
        elif (work.released or "9") >= year and is_unreleased((work,), today):
            unreleased.append(work)
        else:
            missing.append(work)
    have = len(there)
    numbers = _numbers(listed, max(map(int, held), default=0))
    return Gaps(name, tuple(missing), tuple(unreleased), tuple(there), (), numbers, have + len(missing), have)


def _is_curious(rules: GapRules) -> bool:
    """Whether the rules ask for more than kinds and languages."""
    return bool(
        rules.region
        or rules.narrator_is_edition
        or rules.unabridged_only
        or rules.skip_positions
        or rules.translations
        or rules.readers
    )


def _by_position(name: str, works: Sequence[Work], rules: GapRules) -> dict[str, Work]:
    """The works by their numbers; empty if one is not plain."""
    found: dict[str, Work] = {}
    titles: set[str] = set()
    for work in works:
        book = work.book
        place = book.series[0] if book.series else None
        position = place.position if place is not None and place.name == name else None
        if position is None or position in found or not _is_number(position):
            return {}
        if work.kind not in _WHOLE or work.kind in rules.skip or work.abridged or work.audiobook is False:
            return {}
        if not work.released and not book.year:
            return {}
        if book.language and rules.languages and book.language not in rules.languages:
            return {}
        if book.subtitle or not is_plain(book.title):
            return {}
        found[position] = work
        titles.add(book.title)
    return found if len(titles) == len(found) else {}


def _held(
    names: Sequence[str], owned: Sequence[LibraryItem], listed: dict[str, Work], rules: GapRules
) -> dict[str, LibraryItem] | None:
    """The copies by their numbers; None if one is not the very book of its number."""
    found: dict[str, LibraryItem] = {}
    others: list[Book] = []
    languages = set(rules.languages)
    for item in owned:
        book = item.book
        place = next((place for place in book.series if place.name == names[0]), None)
        if place is None:
            others.append(book)
            continue
        position = place.position or ""
        work = listed.get(position)
        if work is None or book.authors != work.book.authors:
            return None
        if book.title != work.book.title and not _is_sold_as(book.title, work.book.title, names[0], position):
            return None
        if (
            item.abridged
            or dramatises(item.publisher)
            or book.subtitle
            or (book.language and (book.language not in languages or _speaks_otherwise(book, work.book)))
        ):
            return None
        found.setdefault(position, item)
    return None if others and not _are_strangers(others, listed, names) else found


def _is_sold_as(title: str, plain: str, series: str, position: str) -> bool:
    """Whether a title is the plain one with what shops put after it: the place in the series, that nothing is cut."""
    if not title.startswith(plain):
        return False
    return title[len(plain) :].removesuffix(" (Unabridged)") in {"", f": {series}, Book {position}"}


def _speaks_otherwise(copy: Book, listed: Book) -> bool:
    return listed.language is not None and copy.language != listed.language


def _are_strangers(others: Sequence[Book], listed: dict[str, Work], names: Sequence[str]) -> bool:
    """Whether books are none of the series, under whatever name and title."""
    series = SeriesNames.of(names)
    keys = {key for work in listed.values() for key in book_keys(work.book)}
    return all(
        keys.isdisjoint(book_keys(book)) and not any(series.holds(place) for place in book.series) for book in others
    )


def _is_number(position: str) -> bool:
    return position.isdecimal() and position.isascii() and position[0] != "0"


def _number(entry: tuple[str, Work]) -> int:
    return int(entry[0])


def _numbers(listed: dict[str, Work], highest: int) -> tuple[str, ...]:
    if len(listed) >= highest and str(highest) in listed and max(map(int, listed)) == len(listed):
        return ()
    return tuple(number for number in map(str, range(1, highest + 1)) if number not in listed)
