"""The few words in which adversarial cases are written."""

from __future__ import annotations

from dataclasses import dataclass, field

from audiobook_daemon.models import Book, Release, SeriesPlace, Wish

HOUR = 3600.0
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """A wish, what is offered, and which offer is right; None where taking any of them would be wrong."""

    family: str
    wish: Wish
    offers: tuple[Release, ...]
    best: int | None
    siblings: tuple[Book, ...] = field(default=())
    or_nothing: bool = False
    """Whether showing the case to a person is as right as choosing."""


def places(text: str | None) -> tuple[SeriesPlace, ...]:
    """`Name 2` is place 2 of Name, `Name` a series without a place, several are parted by semicolons."""
    found = []
    for one in (text or "").split(";"):
        name, _, last = one.strip().rpartition(" ")
        numbered = bool(name) and last[:1].isdigit()
        if one.strip():
            found.append(SeriesPlace(name, last) if numbered else SeriesPlace(one.strip()))
    return tuple(found)


def book(
    title: str, author: str, series: str | None = None, language: str | None = "en", *, year: int | None = None
) -> Book:
    return Book(title, tuple(author.split(" & ")), series=places(series), language=language, year=year)


def want(
    title: str,
    author: str,
    series: str | None = None,
    *,
    language: str | None = "en",
    aliases: tuple[str, ...] = (),
    asin: str | None = None,
    year: int | None = None,
    narrators: tuple[str, ...] = (),
    hours: float | None = None,
    abridged: bool = False,
    dramatised: bool = False,
    languages: tuple[str, ...] = (),
) -> Wish:
    authors = tuple(author.split(" & ")) if author else ()
    wished = Book(title, authors, series=places(series), language=language, aliases=aliases, asin=asin, year=year)
    runtimes = (hours * HOUR,) if hours else ()
    return Wish(
        wished,
        narrators=narrators,
        runtimes=runtimes,
        abridged=abridged,
        dramatised=dramatised,
        languages=languages,
    )


def tracker(
    title: str,
    author: str,
    series: str | None = None,
    *,
    read_by: str = "Ann Reader",
    language: str | None = "en",
    format: str = "m4b",  # noqa: A002
    size: int = 400,
    seeders: int = 12,
    abridged: bool | None = None,
    asin: str | None = None,
    tags: str | None = None,
    audio: bool | None = True,
) -> Release:
    """An offer of a tracker that states author, narrator and series; size in megabytes."""
    return Release(
        source="tracker",
        key="",
        title=title,
        authors=tuple(author.split(" & ")) if author else (),
        narrators=tuple(read_by.split(" & ")) if read_by else (),
        series=places(series),
        language=language,
        formats=(format,),
        size=size * MEGABYTE,
        seeders=seeders,
        abridged=abridged,
        asin=asin,
        tags=tags,
        audio=audio,
    )


def text(title: str, *, size: int = 400, seeders: int = 12, audio: bool | None = True) -> Release:
    """An offer of which nothing is known but its title; size in megabytes."""
    return Release(source="text", key="", title=title, size=size * MEGABYTE, seeders=seeders, audio=audio)
