"""What Hardcover is told of the works of the demo: doublets, parts and omnibus editions among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from audiobook_daemon.demo.hardcover.catalogue import (
    LISTENED,
    HardcoverAuthor,
    HardcoverBook,
    HardcoverCatalogue,
    HardcoverEdition,
    HardcoverPlace,
    HardcoverSeries,
)
from audiobook_daemon.demo.works import DemoWork
from audiobook_daemon.models import SeriesPlace, WorkKind

_BOOKS, _AUTHORS, _SERIES, _EDITIONS = 10_000, 20_000, 30_000, 40_000
_MERGED, _PARTS = 15_000, 16_000
_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "ja": "Japanese", "ru": "Russian"}
_WANTED = 3


def hardcover_catalogue(works: Iterable[DemoWork], today: date) -> HardcoverCatalogue:
    """Tell of each work as a book with a printed and perhaps a spoken edition.

    The first volume of each series was entered twice and merged, the longest book of all is there in two parts too,
    and the last works are on the want-to-read shelf.
    """
    listed = tuple(works)
    people = dict.fromkeys(name for work in listed for name in (*work.authors, *work.narrators))
    names = dict.fromkeys(place.name for work in listed for place in work.series)
    authors = {name: number for number, name in enumerate(people, start=_AUTHORS)}
    series = {name: number for number, name in enumerate(names, start=_SERIES)}
    books = [_book(number, work, authors, series, today) for number, work in enumerate(listed, start=_BOOKS)]
    return HardcoverCatalogue(
        authors=[HardcoverAuthor(id=number, name=name) for name, number in authors.items()],
        series=[
            HardcoverSeries(id=number, name=name, author=authors[_author_of(name, listed)])
            for name, number in series.items()
        ],
        books=[*books, *_merged(books), *_parts(books, listed)],
        editions=[edition for number, work in enumerate(listed) for edition in _editions(number, work, authors, today)],
        wanted=[(book.id, date(2026, 1, day)) for day, book in enumerate(books[-_WANTED:], start=1)],
    )


def _author_of(series: str, works: Iterable[DemoWork]) -> str:
    return next(work.authors[0] for work in works if any(place.name == series for place in work.series))


def _book(number: int, work: DemoWork, authors: dict[str, int], series: dict[str, int], today: date) -> HardcoverBook:
    return HardcoverBook(
        id=number,
        title=work.title,
        subtitle=work.subtitle,
        authors=tuple(authors[name] for name in work.authors),
        description=work.description,
        released=work.released(today),
        compilation=work.kind is WorkKind.OMNIBUS,
        users=max(20, 4000 - 17 * (number - _BOOKS)),
        genres=(work.genre.replace("-", " ").title(),) if work.genre else (),
        places=tuple(_place(place, series) for place in work.series),
    )


def _place(place: SeriesPlace, series: dict[str, int]) -> HardcoverPlace:
    number = re.match(r"\d+(?:\.\d+)?", place.position or "")
    return HardcoverPlace(series[place.name], float(number[0]) if number else None, place.position)


def _editions(number: int, work: DemoWork, authors: dict[str, int], today: date) -> Iterator[HardcoverEdition]:
    language = _LANGUAGES.get(work.language)
    yield HardcoverEdition(
        id=_EDITIONS + 2 * number,
        book=_BOOKS + number,
        title=work.title,
        isbn=work.isbn,
        released=date(work.year, 1, 1),
        language=language,
        publisher=work.publisher,
    )
    if work.audiobook and work.seconds is not None:
        yield HardcoverEdition(
            id=_EDITIONS + 2 * number + 1,
            book=_BOOKS + number,
            title=work.title,
            format=LISTENED,
            asin=work.asin,
            seconds=round(work.seconds),
            released=work.released(today),
            language=language,
            publisher=work.publisher,
            narrators=tuple(authors[name] for name in work.narrators),
            information="Unabridged",
        )


def _merged(books: Iterable[HardcoverBook]) -> Iterator[HardcoverBook]:
    first = [book for book in books if any(place.position == 1 for place in book.places) and not book.compilation]
    for number, book in enumerate(first, start=_MERGED):
        yield HardcoverBook(
            id=number,
            title=f"{book.title}: A Novel",
            authors=book.authors,
            canonical_id=book.id,
            users=2,
            places=book.places,
        )


def _parts(books: list[HardcoverBook], works: tuple[DemoWork, ...]) -> Iterator[HardcoverBook]:
    whole = [(work.hours or 0, book) for work, book in zip(works, books, strict=True) if not book.compilation]
    longest = max(whole, key=lambda pair: pair[0])[1]
    for number in (1, 2):
        yield HardcoverBook(
            id=_PARTS + number,
            title=f"{longest.title}, Part {number}",
            authors=longest.authors,
            partial=True,
            users=5,
            places=longest.places,
        )
