"""What Open Library is told of the works of the demo."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from audiobook_daemon.demo.open_library.shelves import (
    OpenLibraryAuthor,
    OpenLibraryEdition,
    OpenLibraryPlace,
    OpenLibraryShelves,
    OpenLibraryWork,
)
from audiobook_daemon.demo.works import DemoWork
from audiobook_daemon.models import WorkKind

_LANGUAGES = {"en": "eng", "de": "ger", "fr": "fre", "ja": "jpn", "ru": "rus"}
_SPOKEN_ONLY = WorkKind.DRAMATISATION
_SERIES_STATED, _SERIES_IN_TITLE = 0, 1


def open_library_shelves(works: Iterable[DemoWork]) -> OpenLibraryShelves:
    """Tell of each printed work, with its series as a field, in its title, or in the words of its edition.

    Who writes initials is there twice: the last work stands under the name without blanks between them.
    """
    printed = [work for work in works if work.kind is not _SPOKEN_ONLY]
    names = dict.fromkeys(name for work in printed for name in work.authors)
    authors = {name: f"OL{number}A" for number, name in enumerate(names, start=100)}
    series = dict.fromkeys(place.name for work in printed for place in work.series)
    keys = {name: f"OL{number}L" for number, name in enumerate(series, start=300)}
    second = _second_records(printed, authors)
    shelves = OpenLibraryShelves(
        authors=[OpenLibraryAuthor(key=key, name=name) for name, key in authors.items()],
        works=[_work(number, work, authors, keys) for number, work in enumerate(printed)],
        editions=[_edition(number, work) for number, work in enumerate(printed)],
    )
    for name, (author, number) in second.items():
        shelves.authors.append(author)
        work = shelves.works[number]
        moved = tuple(author.key if key == authors[name] else key for key in work.authors)
        shelves.works[number] = replace(work, authors=moved)
    return shelves


def _second_records(works: list[DemoWork], authors: dict[str, str]) -> dict[str, tuple[OpenLibraryAuthor, int]]:
    found = {}
    numbers = count(800)
    for name in authors:
        held = [number for number, work in enumerate(works) if name in work.authors]
        joined = re.sub(r"(?<=\b\w\.) (?=\w\.)", "", name)
        if joined != name and len(held) > 1:
            found[name] = (OpenLibraryAuthor(key=f"OL{next(numbers)}A", name=joined), held[-1])
    return found


def _work(number: int, work: DemoWork, authors: dict[str, str], series: dict[str, str]) -> OpenLibraryWork:
    stated = number % 3 == _SERIES_STATED
    title = work.title
    if number % 3 == _SERIES_IN_TITLE and work.series:
        place = work.series[0]
        title = f"{title} ({place.name}, #{place.position})" if place.position else f"{title} ({place.name})"
    places = tuple(OpenLibraryPlace(series[one.name], one.name, one.position or "") for one in work.series)
    return OpenLibraryWork(
        key=f"OL{number + 5000}W",
        title=title,
        authors=tuple(authors[name] for name in work.authors),
        subtitle=work.subtitle,
        year=work.year,
        description=work.description,
        wrapped=number % 2 == 0,
        subjects=(work.genre.replace("-", " ").title(),) if work.genre else (),
        places=places if stated else (),
        cover=number + 70_000,
    )


def _edition(number: int, work: DemoWork) -> OpenLibraryEdition:
    return OpenLibraryEdition(
        key=f"OL{number + 9000}M",
        work=f"OL{number + 5000}W",
        title=work.title,
        subtitle=work.subtitle,
        isbn_13=(work.isbn,),
        publisher=work.publisher,
        publish_date=(f"March {work.year}", str(work.year), f"c{work.year}")[number % 3],
        language=_LANGUAGES.get(work.language),
        series=tuple(f"{place.name} ; {place.position}" if place.position else place.name for place in work.series),
        pages=round(work.hours * 32) if work.hours else None,
    )
