"""Makes libraries out of a catalogue of series: some books removed, the others written as people write them.

A line of the catalogue has `series`, `authors`, `aliases` and `works`, each with `ref`, `number` or `from` and `to`,
`title`, `alt_titles`, `year`, `type`, and, where they apply, `authors`, `contains`, `also_in`, `split_titles`,
`editions`, `dramatized_parts`. The same seed makes the same library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from audiobook_daemon.models import Book, LibraryItem, SeriesPlace, Work, WorkKind

TODAY = date(2026, 1, 1)
Json = dict[str, Any]
_KINDS = {
    "novel": WorkKind.NOVEL,
    "novella": WorkKind.NOVELLA,
    "short": WorkKind.SHORT,
    "collection": WorkKind.COLLECTION,
    "omnibus": WorkKind.OMNIBUS,
    "box-set": WorkKind.OMNIBUS,
    "companion": WorkKind.COMPANION,
    "anthology": WorkKind.ANTHOLOGY,
    "audio-drama": WorkKind.DRAMATISATION,
    "split-part": WorkKind.PART,
    "fragment": WorkKind.OTHER,
}
_HOLDERS = {"omnibus", "box-set"}
_EITHER_WAY = _HOLDERS | {"companion", "audio-drama", "fragment", "split-part", "anthology"}
"""Types that may be reported or not."""


@dataclass(slots=True)
class Shelf:
    """A library with a part of one series, and what a source lists of that series."""

    name: str
    owned: list[LibraryItem] = field(default_factory=list)
    listed: list[Work] = field(default_factory=list)
    """Their keys are those of the catalogue; a second record of a work has the same."""
    missing: set[str] = field(default_factory=set)
    either_way: set[str] = field(default_factory=set)
    languages: tuple[str, ...] = ()


def disturbed(line: Json, seed: int, others: Sequence[Json] = ()) -> Shelf:
    """A library with random books of a series; `others` are further series, for books that are none of this one."""
    return _Disturbance(line, Random(f"{line['series']}|{seed}"), others).shelf()


class _Disturbance:
    def __init__(self, line: Json, random: Random, others: Sequence[Json]) -> None:
        self._line = line
        self._random = random
        self._others = others
        self._name: str = line["series"]
        self._singles = [work for work in line["works"] if work["type"] not in _EITHER_WAY | {"unreleased"}]

    def shelf(self) -> Shelf:
        shelf = Shelf(self._name, languages=("en",) if _is_english(self._line) else ())
        there = self._there()
        shelf.listed = [record for work in self._line["works"] for record in self._records(work)]
        shelf.listed += self._strange_works()
        self._random.shuffle(shelf.listed)
        shelf.owned = self._copies(there)
        self._random.shuffle(shelf.owned)
        for work in self._line["works"]:
            between = "." in (work.get("number") or "") and any("-" in str(_own_place(item)) for item in shelf.owned)
            undated = work["year"] is None and any(one["year"] for one in self._line["works"])
            if undated or work["type"] in _EITHER_WAY or not (work.get("number") or "").strip() or between:
                shelf.either_way.add(work["ref"])
            elif work["type"] != "unreleased" and work["ref"] not in there:
                shelf.missing.add(work["ref"])
        return shelf

    def _there(self) -> set[str]:
        refs = [work["ref"] for work in self._singles]
        way = self._random.choice(("none removed", "holes", "holes", "sparse", "first", "last"))
        if way == "first":
            return set(refs[self._random.randint(1, max(1, len(refs) // 2)) :])
        if way == "last":
            return set(refs[: self._random.randint(1, max(1, len(refs) - 1))])
        share = {"none removed": 1.0, "holes": 0.75, "sparse": 0.3}[way]
        return {ref for ref in refs if self._random.random() < share}

    # ---- what a source lists

    def _records(self, work: Json) -> Iterator[Work]:
        readers = [edition["narrators"] for edition in work.get("editions", ())] or [[]]
        for narrators in readers if self._random.random() < 0.4 else readers[:1]:
            yield self._record(work, tuple(narrators))
        if self._random.random() < 0.4:
            count = work.get("dramatized_parts") or 0
            for part in range(1, count + 1):
                said = f" (Part {part} of {count})" if count > 1 else ""
                title = f"{work['title']}{said} (Dramatized Adaptation)"
                yield Work(self._listed_book(work, title), key=f"{work['ref']}-drama{part}")
        if _is_english(self._line) and work["type"] not in _HOLDERS and self._random.random() < 0.1:
            named = (SeriesPlace(f"{self._name} (Deutsch)", work.get("number")),)
            title = f"Band {work.get('number')} auf Deutsch"
            yield Work(Book(title, self._authors(work), series=named, language="de"), key=f"{work['ref']}-de")

    def _record(self, work: Json, narrators: tuple[str, ...]) -> Work:
        title = work["title"]
        if work.get("number") and self._random.random() < 0.3:
            title = f"{title}: {self._name}, Book {work['number']}"
        told = self._random.random() < 0.5 or work["type"] in _EITHER_WAY - _HOLDERS
        released = f"{TODAY.year + 1}-03-01" if work["type"] == "unreleased" else None
        contains = tuple(one["title"] for one in self._line["works"] if one["ref"] in work.get("contains", ()))
        return Work(
            self._listed_book(work, title),
            key=work["ref"],
            kind=_KINDS.get(work["type"], WorkKind.UNKNOWN) if told else WorkKind.UNKNOWN,
            released=released,
            narrators=narrators,
            contains=contains if self._random.random() < 0.5 else (),
        )

    def _listed_book(self, work: Json, title: str) -> Book:
        aliases = tuple(work["alt_titles"]) if self._random.random() < 0.3 else ()
        places = (SeriesPlace(self._name, _place(work)),)
        language = "en" if self._random.random() < 0.5 and _is_english(self._line) else None
        return Book(title, self._authors(work), series=places, year=work["year"], aliases=aliases, language=language)

    def _strange_works(self) -> Iterator[Work]:
        if self._singles and self._random.random() < 0.4:
            work = self._random.choice(self._singles)
            title = f"Summary of {work['title']} by {self._authors(work)[0]}"
            yield Work(Book(title, ("Quick Notes",), series=(SeriesPlace(self._name),)), key="summary")
        if self._random.random() < 0.3:
            numbers = [float(work["number"]) for work in self._singles if work.get("number")]
            following = str(int(max(numbers, default=0)) + 1)
            book = Book(
                f"Untitled {self._name}", tuple(self._line["authors"]), series=(SeriesPlace(self._name, following),)
            )
            yield Work(book, key="next", released=f"{TODAY.year + 2}" if self._random.random() < 0.5 else None)

    # ---- what is owned

    def _copies(self, there: set[str]) -> list[LibraryItem]:
        copies: list[LibraryItem] = []
        left = set(there)
        for work in self._line["works"]:
            held = set(work.get("contains", ()))
            if held and held <= left and work.get("from") and self._random.random() < 0.5:
                left -= held
                copies.append(self._item(work["title"], self._named(f"{work['from']}-{work['to']}"), work))
        for work in self._singles:
            if work["ref"] in left:
                copies += self._copies_of(work)
            else:
                copies += self._leftovers(work)
        if self._others and self._random.random() < 0.3:
            copies.append(self._foreign())
        return copies

    def _copies_of(self, work: Json) -> Iterator[LibraryItem]:
        if work.get("split_titles") and self._random.random() < 0.5:
            for part, title in enumerate(work["split_titles"], start=1):
                yield self._item(title, (SeriesPlace(self._name, f"{work['number']}.{part}"),), work)
            return
        if work.get("also_in") and self._random.random() < 0.4:
            other = self._random.choice(work["also_in"])
            yield self._item(work["title"], (SeriesPlace(other["series"], other["number"]),), work)
            return
        if work["alt_titles"] and work.get("number") and self._random.random() < 0.4:
            title = self._random.choice(work["alt_titles"])
            yield self._item(title, (SeriesPlace(self._name, self._written(work["number"])),), work)
            return
        number = work.get("number")
        shown = self._written(number) if number and self._random.random() < 0.6 else None
        yield self._item(self._decorated(work), self._named(shown), work)

    def _leftovers(self, work: Json) -> Iterator[LibraryItem]:
        """Pieces of a book that is missing all the same."""
        chance = self._random.random()
        count = work.get("dramatized_parts") or 0
        if count and chance < 0.4:
            said = f" (Part 1 of {count})" if count > 1 else ""
            title = f"{work['title']}{said} (Dramatized Adaptation)"
            yield self._item(title, self._named(work.get("number")), work, publisher="GraphicAudio LLC")
        elif work.get("split_titles") and chance < 0.5:
            part = self._random.randrange(len(work["split_titles"]))
            yield self._item(work["split_titles"][part], self._named(f"{work['number']}.{part + 1}"), work)

    def _foreign(self) -> LibraryItem:
        """A book of another series by the same author, if there is one; at a number that this series has too."""
        known = {work["title"] for work in self._line["works"]}
        strange = [line for line in self._others if not known & {work["title"] for work in line["works"]}]
        near = [line for line in strange if set(line["authors"]) & set(self._line["authors"])]
        line = self._random.choice(near or strange)
        work = self._random.choice([work for work in line["works"] if work["type"] not in _EITHER_WAY])
        place = SeriesPlace(line["series"], work.get("number"))
        return LibraryItem(
            "shelf", "foreign", Book(work["title"], tuple(work.get("authors") or line["authors"]), series=(place,))
        )

    def _item(
        self, title: str, places: tuple[SeriesPlace, ...], work: Json, publisher: str | None = None
    ) -> LibraryItem:
        authors = tuple(self._person(name) for name in self._authors(work))
        editions = [tuple(edition["narrators"]) for edition in work.get("editions", ())]
        narrators = self._random.choice(editions) if editions and self._random.random() < 0.5 else ()
        language = "en" if self._random.random() < 0.3 and _is_english(self._line) else None
        book = Book(title, authors, series=places, language=language)
        return LibraryItem("shelf", f"{title}|{self._random.random()}", book, narrators=narrators, publisher=publisher)

    def _named(self, number: str | None) -> tuple[SeriesPlace, ...]:
        names = [self._name, self._name, *self._line["aliases"]]
        return (SeriesPlace(self._random.choice(names), number),)

    def _authors(self, work: Json) -> tuple[str, ...]:
        return tuple(work.get("authors") or self._line["authors"])

    def _decorated(self, work: Json) -> str:
        title: str = work["title"]
        number: str | None = work.get("number")
        short = re.sub(r"^The ", "", self._name)
        forms = [title, title, title.lower(), f"{title} (Unabridged)", f"{title} [Unabridged]"]
        forms += [title.replace("'", ""), title.replace(" and ", " & "), title.replace("&", "and")]
        if number:
            forms += [f"{title}: {self._name}, Book {number}", f"{title} ({short} #{number})"]
            forms += [f"{short} {number.zfill(2)} - {title}"]
        return self._random.choice(forms)

    def _written(self, number: str) -> str:
        forms = [number, number, number.zfill(2), f"Book {number}"]
        return self._random.choice([*forms, f"{number}.0"] if "." not in number else forms[:2])

    def _person(self, name: str) -> str:
        given, _, family = name.rpartition(" ")
        forms = [name, name, name, name.upper(), name.replace(".", "")]
        return self._random.choice([*forms, f"{family}, {given}"] if given else forms)


def _own_place(item: LibraryItem) -> str | None:
    return item.book.series[0].position if item.book.series else None


def _place(work: Json) -> str | None:
    return f"{work['from']}-{work['to']}" if work.get("from") else work.get("number")


def _is_english(line: Json) -> bool:
    return "german" not in line.get("traits", ()) and "translation" not in line.get("traits", ())
