"""Reads the rows and search results of Hardcover. Pure; a member of a wrong type is lost, its record is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from audiobook_daemon import language_code, lenient, normal_asin, normal_isbn
from audiobook_plugins.hardcover.records import AuthorHit, BookHit, BookRecord, Place, Recording, SeriesRow
from audiobook_plugins.hardcover.values import date, prose, text, texts, truth, whole

Row = Mapping[str, object]
_WRITER = re.compile(r"\b(?:author|writer|co-?author)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:narrator|reader|read by|narrated)\b", re.IGNORECASE)
_ABRIDGED = re.compile(r"\b(un)?abridged\b", re.IGNORECASE)
_GENRES = 5


def documents(results: object) -> Iterator[Row]:
    """The documents that a search found; the results are an object, or a text that holds one."""
    if isinstance(results, str):
        try:
            results = json.loads(results)
        except (ValueError, RecursionError):
            return
    for hit in lenient.objects(lenient.mapping(results).get("hits")):
        if document := lenient.mapping(hit.get("document")):
            yield document


def book_hits(results: object) -> list[BookHit]:
    """Read a search for books."""
    return list(filter(None, map(_book_hit, documents(results))))


def _book_hit(document: Row) -> BookHit | None:
    number, title = whole(document.get("id")), text(document.get("title"))
    if number is None or title is None:
        return None
    contributions = list(lenient.objects(document.get("contributions")))
    return BookHit(
        id=number,
        title=title,
        subtitle=text(document.get("subtitle")),
        # The names alone do not tell who wrote and who read: the narrator may come first.
        authors=_authors(contributions) or texts(document.get("author_names")),
        isbns=tuple(dict.fromkeys(filter(None, map(normal_isbn, texts(document.get("isbns")))))),
        aliases=texts(document.get("alternative_titles")),
        readers=whole(document.get("users_count")) or 0,
    )


def author_hits(results: object) -> list[AuthorHit]:
    """Read a search for authors."""
    return [
        AuthorHit(number, name, texts(row.get("alternate_names")), whole(row.get("books_count")) or 0)
        for row in documents(results)
        if (number := whole(row.get("id"))) is not None and (name := text(row.get("name")))
    ]


def series_hits(results: object) -> list[SeriesRow]:
    """Read a search for series."""
    return list(filter(None, map(series_row, documents(results))))


def series_row(row: Row) -> SeriesRow | None:
    """Read a series of the table or of the search; None without id or name."""
    number, name = whole(row.get("id")), text(row.get("name"))
    author = text(lenient.mapping(row.get("author")).get("name")) or text(row.get("author_name"))
    if number is None or name is None:
        return None
    return SeriesRow(
        id=number,
        name=without_author(name, (author,) if author else ()),
        authors=(author,) if author else (),
        primary=whole(row.get("primary_books_count")),
        finished=truth(row.get("is_completed")),
        canonical=whole(row.get("canonical_id")),
    )


def book_record(row: Row) -> BookRecord | None:
    """Read a book with its recordings; None without id or title."""
    number, title = whole(row.get("id")), text(row.get("title"))
    if number is None or title is None:
        return None
    contributions = list(lenient.objects(row.get("cached_contributors")))
    authors = _authors(contributions)
    return BookRecord(
        id=number,
        title=title,
        subtitle=text(row.get("subtitle")),
        authors=authors,
        roles=tuple(_roles(contributions)),
        description=prose(row.get("description")),
        published=date(row.get("release_date")),
        compilation=truth(row.get("compilation")) or False,
        part=truth(row.get("is_partial_book")) or False,
        readers=whole(row.get("users_count")),
        spoken=row.get("default_audio_edition_id") is not None or bool(whole(row.get("audio_seconds"))),
        recordings=tuple(filter(None, map(recording, lenient.objects(row.get("editions"))))),
        aliases=texts(row.get("alternative_titles")),
        genres=tuple(_genres(row.get("cached_tags"))),
        cover=lenient.address(lenient.mapping(row.get("cached_image")).get("url")),
        places=tuple(_places(row.get("book_series"), authors)),
        canonical=whole(row.get("canonical_id")),
    )


def recording(row: Row) -> Recording | None:
    """Read a spoken edition; None without its number."""
    number = whole(row.get("id"))
    if number is None:
        return None
    seconds = whole(row.get("audio_seconds"))
    asin, isbn = text(row.get("asin")), text(row.get("isbn_13"))
    language = text(lenient.mapping(row.get("language")).get("language"))
    return Recording(
        id=number,
        title=text(row.get("title")),
        asin=normal_asin(asin) if asin else None,
        isbn=normal_isbn(isbn) if isbn else None,
        seconds=float(seconds) if seconds and seconds > 0 else None,
        published=date(row.get("release_date")),
        language=language_code(language) if language else None,
        publisher=text(lenient.mapping(row.get("publisher")).get("name")),
        narrators=_named(
            one for one in lenient.objects(row.get("cached_contributors")) if _READER.search(_role(one) or "")
        ),
        abridged=_abridged(f"{text(row.get('edition_format'))} {text(row.get('edition_information'))}"),
        readers=whole(row.get("users_count")) or 0,
    )


def without_author(name: str, authors: Iterable[str]) -> str:
    """A series' name without the author in brackets, who only tells it from another of the same name."""
    bare, bracket, rest = name.rpartition(" (")
    known = {author.casefold() for author in authors}
    return bare.strip() if bracket and rest.removesuffix(")").strip().casefold() in known else name


def _places(rows: object, authors: tuple[str, ...]) -> Iterator[Place]:
    """The places of a book, the featured one first."""
    found = []
    for row in lenient.objects(rows):
        series = series_row(lenient.mapping(row.get("series")))
        if series is not None:
            flags = [truth(row.get(name)) or False for name in ("compilation", "featured")]
            name = without_author(series.name, authors)
            found.append(Place(series.canonical or series.id, name, position(row), *flags))
    yield from sorted(dict.fromkeys(found), key=lambda one: not one.featured)


def position(row: Row) -> str | None:
    """The place as text: `1-3` for a compilation, whose number is 1."""
    details = text(row.get("details"))
    return details if details and any(char.isdigit() for char in details) else text(row.get("position")) or details


def _authors(contributions: Iterable[Row]) -> tuple[str, ...]:
    return _named(one for one in contributions if _wrote(_role(one)))


def _wrote(role: str | None) -> bool:
    """Whether a role is the author's, of which mostly nothing is said."""
    return role is None or bool(_WRITER.search(role))


def _named(contributions: Iterable[Row]) -> tuple[str, ...]:
    names = (text(lenient.mapping(one.get("author")).get("name")) or text(one.get("name")) for one in contributions)
    return tuple(dict.fromkeys(filter(None, names)))


def _role(contribution: Row) -> str | None:
    return text(contribution.get("contribution"))


def _roles(contributions: Iterable[Row]) -> Iterator[tuple[int, str | None]]:
    for one in contributions:
        number = whole(lenient.mapping(one.get("author")).get("id"))
        if number is not None:
            role = _role(one)
            yield number, None if _wrote(role) else role


def _genres(tags: object) -> Iterator[str]:
    named = (text(tag.get("tag")) for tag in lenient.objects(lenient.mapping(tags).get("Genre")))
    yield from list(dict.fromkeys(filter(None, named)))[:_GENRES]


def _abridged(told: str) -> bool | None:
    found = _ABRIDGED.search(told)
    return None if found is None else found[1] is None
