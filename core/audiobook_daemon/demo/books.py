"""The books of the demo and the releases planned for them, read from `books.toml` beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import TypeAdapter

from audiobook_daemon.models import SeriesPlace

Format = Literal["m4b", "mp3", "epub"]
Layout = Literal["file", "folder", "chapters", "discs"]


@dataclass(frozen=True, slots=True)
class DemoBook:
    """A book as every service of the demo knows it."""

    title: str
    subtitle: str | None
    authors: tuple[str, ...]
    narrators: tuple[str, ...]
    genre: str
    """In lower case with hyphens: `science-fiction`."""
    year: int
    language: str
    """ISO 639-1."""
    isbn: str
    """ISBN-13 without dashes, invented, with a right check digit."""
    asin: str
    description: str
    publisher: str
    hours: float
    """How long a real recording would be; the files of the demo are far shorter."""
    series: tuple[SeriesPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """A release of a book before its files are made; what it does not say itself is its book's."""

    book: DemoBook
    title: str
    narrators: tuple[str, ...]
    series: tuple[SeriesPlace, ...]
    language: str
    hours: float
    snatches: int
    seeders: int | None = None
    """None leaves it to the catalogue."""
    days: float | None = None
    """Its age; None leaves it to the catalogue."""
    format: Format = "m4b"
    layout: Layout = "folder"
    """`file` and `folder` hold one file; `chapters` several, and `discs` too, in folders `CD 1`, `CD 2`."""
    parts: int = 1
    abridged: bool = False
    drama: bool = False
    free: bool = False
    vip: bool = False
    tags: str = ""
    """What the uploader wrote there."""


_BOOK: TypeAdapter[DemoBook] = TypeAdapter(DemoBook)
_PLAN: TypeAdapter[ReleasePlan] = TypeAdapter(ReleasePlan)
_FIRST_ELSEWHERE = 9001
_INHERITED = ("title", "narrators", "series", "language", "hours")


@cache
def planned_releases() -> tuple[ReleasePlan, ...]:
    """All releases in the order of the file; each names its book, and those of one book stand together."""
    return tuple(plan for number, entry in enumerate(_file()["book"], start=1) for plan in _plans(number, entry))


@cache
def planned_elsewhere() -> tuple[ReleasePlan, ...]:
    """What only a public tracker has: further releases of the same books, and a book nobody else offers."""
    known = {plan.book.title: plan.book for plan in planned_releases()}
    return tuple(
        plan
        for number, entry in enumerate(_file()["elsewhere"], start=_FIRST_ELSEWHERE)
        for plan in (_further(known[entry["of"]], entry["releases"]) if "of" in entry else _plans(number, entry))
    )


def _file() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("audiobook_daemon.demo").joinpath("books.toml").read_text(encoding="utf-8"))


def _plans(number: int, entry: dict[str, Any]) -> Iterator[ReleasePlan]:
    releases = entry.pop("releases")
    identity = {"isbn": _isbn(number), "asin": f"B0DEMO{number:04d}"}
    book = _BOOK.validate_python({"subtitle": None, "language": "en"} | identity | _with_series(entry))
    yield from _further(book, releases)


def _further(book: DemoBook, releases: Iterable[dict[str, Any]]) -> Iterator[ReleasePlan]:
    inherited = {name: getattr(book, name) for name in _INHERITED}
    for release in releases:
        yield _PLAN.validate_python({"book": book} | inherited | _with_series(release))


def _with_series(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with its pairs of series and position as values."""
    if "series" not in entry:
        return entry
    return entry | {"series": tuple(SeriesPlace(name, position) for name, position in entry["series"])}


def _isbn(number: int) -> str:
    digits = f"97899999{number:04d}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
