"""10,000 releases matched against a catalogue of 100,000 books, beside one string comparison with every book.

The releases are the titles of the catalogue as uploaders write them; the recall is the share of releases for which the
index names the right book.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import process

from audiobook_daemon.matching.index import BookIndex
from audiobook_daemon.models import Book, Release
from figures import MIB, Figure, report
from shelf import item

_BOOKS = 100_000
_RELEASES = 10_000
_COMPARED = 10
"""Releases that are compared with every title, to know what one such comparison costs."""
_SURE = 0.97
_SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "su")
_FORMS = (
    "{author} - {title} [M4B]",
    "{title} by {author} [ENG / MP3]",
    "{author} - {series} - {title} (Unabridged)",
    "{dotted_author}.{dotted_title}.AUDiOBOOK.MP3-GRP",
    "{inverted} - {title} (2019) 64kbps",
)


def measure() -> Iterator[Figure]:
    books = [_book(number) for number in range(_BOOKS)]
    begin = time.perf_counter()
    index = BookIndex(books)
    built = time.perf_counter() - begin
    numbers = [place * (_BOOKS // _RELEASES) + place % 7 for place in range(_RELEASES)]
    offers = [_offer(books[number], place) for place, number in enumerate(numbers)]
    gc.freeze()  # a daemon has its books in the database, and no collector would walk through them
    begin = time.perf_counter()
    found = [index.match(offer, books.__getitem__) for offer in offers]
    took = time.perf_counter() - begin
    least = _string_comparisons(offers, [book.title for book in books]) * _RELEASES
    right = sum(match is not None and match.number == number for match, number in zip(found, numbers, strict=True))
    sure = sum(match is not None and match.identity.score >= _SURE for match in found)
    wrong = sum(
        match is not None and match.number != number and match.identity.score >= _SURE and match.lead >= 1
        for match, number in zip(found, numbers, strict=True)
    )
    yield Figure("matching: 10,000 of 100,000 books", took, "s", least, "rapidfuzz over all", most=10_000 / 1_500)
    yield Figure("matching: advantage over rapidfuzz", took / least, "×", most=0.01)
    yield Figure("matching: releases missed", 100 * (1 - right / _RELEASES), "%", most=1)
    yield Figure("matching: releases not sure", 100 * (1 - sure / _RELEASES), "%")
    yield Figure("matching: wrong books taken", wrong, "releases", most=0)
    yield Figure("matching: index built", built, "s")
    yield Figure("matching: index", index.nbytes / MIB, "MiB", most=40)


def _book(number: int) -> Book:
    """A book of the shelf whose author has a name of letters alone."""
    book = item(number).book
    given, _, count = book.authors[0].rpartition(" ")
    return replace(book, authors=(given + "".join(_SYLLABLES[int(digit)] for digit in count),))


def _offer(book: Book, place: int) -> Release:
    """A release as one of several uploaders would write it; every sixth has the fields of a tracker."""
    author = book.authors[0]
    if place % 6 == 5:
        return Release("mam", str(place), book.title, book.authors, series=book.series, language="en", formats=("m4b",))
    given, _, family = author.partition(" ")
    title = _FORMS[place % len(_FORMS)].format(
        author=author,
        title=book.title,
        series=f"{book.series[0].name} {book.series[0].position}" if book.series else "Audiobook",
        dotted_author=author.replace(" ", "."),
        dotted_title=book.title.replace(" ", "."),
        inverted=f"{family}, {given}",
    )
    return Release("prowlarr", str(place), title)


def _string_comparisons(offers: list[Release], titles: list[str]) -> float:
    """The seconds that one release takes when it is compared with every title."""
    begin = time.perf_counter()
    for offer in offers[:_COMPARED]:
        process.extractOne(offer.title, titles)
    return (time.perf_counter() - begin) / _COMPARED


if __name__ == "__main__":
    report(measure())
