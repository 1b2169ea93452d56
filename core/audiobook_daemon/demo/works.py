"""What the bibliographies of the demo know: its books, and the works of `works.toml` that no tracker of it has."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from audiobook_daemon.demo.books import DemoBook, planned_releases
from audiobook_daemon.demo.content import SECONDS_AN_HOUR
from audiobook_daemon.models import SeriesPlace, WorkKind

_ASIN, _ISBN = "B0WORK{:04d}", "97899998{:04d}"


@dataclass(frozen=True, slots=True)
class DemoWork:
    """A work as every bibliography of the demo knows it."""

    title: str
    authors: tuple[str, ...]
    series: tuple[SeriesPlace, ...]
    year: int
    asin: str
    isbn: str
    """ISBN-13 without dashes, invented, with a right check digit."""
    subtitle: str | None = None
    language: str = "en"
    kind: WorkKind = WorkKind.NOVEL
    narrators: tuple[str, ...] = ()
    hours: float | None = None
    days: int | None = None
    """How far in the future the recording appears; None for one that is out."""
    audiobook: bool = True
    regions: tuple[str, ...] = ("us", "uk")
    """The shops that sell the recording."""
    contains: tuple[str, ...] = ()
    publisher: str | None = None
    description: str | None = None
    genre: str | None = None

    @property
    def seconds(self) -> float | None:
        """How long a recording of it runs in this small world, as its files do."""
        return None if self.hours is None else self.hours * SECONDS_AN_HOUR

    def released(self, today: date) -> date:
        """When the recording appears or appeared."""
        return date(self.year, 3, 1) if self.days is None else today + timedelta(days=self.days)


_WORK: TypeAdapter[DemoWork] = TypeAdapter(DemoWork)


@cache
def known_works() -> tuple[DemoWork, ...]:
    """Every work, those that are books of the demo first."""
    books = dict.fromkeys(plan.book for plan in planned_releases())
    text = files("audiobook_daemon.demo").joinpath("works.toml").read_text(encoding="utf-8")
    further = (_further(number, entry) for number, entry in enumerate(tomllib.loads(text)["work"], start=1))
    return (*(_of_book(book) for book in books), *further)


def _of_book(book: DemoBook) -> DemoWork:
    return DemoWork(
        book.title,
        book.authors,
        book.series,
        book.year,
        book.asin,
        book.isbn,
        book.subtitle,
        book.language,
        narrators=book.narrators,
        hours=book.hours,
        publisher=book.publisher,
        description=book.description,
        genre=book.genre,
    )


def _further(number: int, entry: dict[str, Any]) -> DemoWork:
    places = tuple(SeriesPlace(name, position or None) for name, position in entry["series"])
    ids = {"asin": _ASIN.format(number), "isbn": _with_check_digit(_ISBN.format(number))}
    return _WORK.validate_python(entry | ids | {"series": places})


def _with_check_digit(digits: str) -> str:
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
