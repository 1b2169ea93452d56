"""The search of Hardcover: documents of its index, found by words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from audiobook_daemon.demo.hardcover.catalogue import LISTENED, HardcoverBook, HardcoverCatalogue
from audiobook_daemon.demo.hardcover.document import BadQuery, Field
from audiobook_daemon.demo.hardcover.rows import Tables, slug_of
from audiobook_daemon.demo.hardcover.tables import Row, project, related

_TYPES = frozenset({"author", "book", "series", "character", "list", "prompt", "publisher", "user"})
_KNOWN = frozenset({"query", "query_type", "per_page", "page", "sort", "fields", "weights", "typos"})
_PER_PAGE = 25
Document = dict[str, object]


def search(catalogue: HardcoverCatalogue, field: Field, *, encoded: bool) -> dict[str, object]:
    """Answer a `search`; `encoded` is whether the results come as a text that holds JSON, with numbers as text."""
    asked = field.arguments
    if unknown := asked.keys() - _KNOWN:
        raise BadQuery(f"'search' has no argument named {min(unknown)!r}")
    kind = str(asked.get("query_type") or "book").lower()
    query = asked.get("query")
    if kind not in _TYPES or not isinstance(query, str):
        raise BadQuery("'search' needs a query and a known query_type")
    size, page = _number(asked.get("per_page"), _PER_PAGE), _number(asked.get("page"), 1)
    found = _found(catalogue, kind, query)
    shown = found[(page - 1) * size : page * size]
    results: object = {"found": len(found), "page": page, "hits": [{"document": one} for one in shown]}
    if encoded:
        results = json.dumps(_as_text(results))
    row = {
        "ids": [document["id"] for document in shown],
        "results": results,
        "query": query,
        "query_type": kind,
        "page": page,
        "per_page": size,
        "error": None,
    }
    return project(row, field)


def _found(catalogue: HardcoverCatalogue, kind: str, query: str) -> list[Document]:
    """Every document that shares most words with the query, the likest first; near misses are found too."""
    wanted = _words(query)
    makers = {"book": _books, "series": _series, "author": _authors}
    if not wanted or kind not in makers:
        return []
    rated = []
    for text, weight, document in makers[kind](catalogue):
        shared = len(wanted & _words(text)) / len(wanted)
        if shared > 0.5:
            rated.append((shared, weight, document))
    return [document for _, _, document in sorted(rated, key=lambda one: (-one[0], -one[1]))]


def _books(catalogue: HardcoverCatalogue) -> Iterator[tuple[str, int, Document]]:
    rows = {row["id"]: row for row in Tables(catalogue).books}
    series = {one.id: one.name for one in catalogue.series}
    isbns: dict[int, list[str]] = {}
    for edition in catalogue.editions:
        isbns.setdefault(edition.book, []).extend([edition.isbn] if edition.isbn else [])
    for book in catalogue.books:
        if book.canonical_id is not None:
            continue
        document = _book_document(book, _people(rows[book.id]))
        numbers = [form for isbn in isbns.get(book.id, []) for form in (f"{isbn[:3]}-{isbn[3:]}", isbn)]
        names = [series[place.series] for place in book.places]
        document |= {"isbns": numbers, "series_names": names}
        document["has_audiobook"] = any(one.format == LISTENED for one in catalogue.editions if one.book == book.id)
        if book.places:
            document["featured_series_position"] = book.places[0].position
        people = [str(one["author"]["name"]) for one in _people(rows[book.id])]
        yield " ".join((book.title, *people, *names, *numbers)), book.users, document


def _people(row: Row) -> list[dict[str, Any]]:
    people = row["cached_contributors"]
    return people if isinstance(people, list) else []


def _book_document(book: HardcoverBook, people: list[dict[str, Any]]) -> Document:
    return {
        "id": book.id,
        "title": book.title,
        "subtitle": book.subtitle,
        "slug": slug_of(book.title),
        "author_names": [one["author"]["name"] for one in people],
        "contributions": people,
        "contribution_types": [one["contribution"] or "Author" for one in people],
        "release_year": book.released.year if book.released else None,
        "alternative_titles": list(book.alternative_titles),
        "compilation": book.compilation,
        "users_count": book.users,
    }


def _series(catalogue: HardcoverCatalogue) -> Iterator[tuple[str, int, Document]]:
    for row in Tables(catalogue).series:
        author = related(row["author"])
        name = author["name"] if isinstance(author, dict) else None
        places = related(row["book_series"])
        document = {
            "id": row["id"],
            "name": row["name"],
            "slug": row["slug"],
            "author_name": name,
            "books_count": row["books_count"],
            "primary_books_count": row["primary_books_count"],
        }
        yield f"{row['name']} {name or ''}", len(places) if isinstance(places, list) else 0, document


def _authors(catalogue: HardcoverCatalogue) -> Iterator[tuple[str, int, Document]]:
    for author in catalogue.authors:
        books = [book.title for book in catalogue.books if author.id in book.authors]
        document: Document = {
            "id": author.id,
            "name": author.name,
            "slug": slug_of(author.name),
            "alternate_names": list(author.alternate_names),
            "books": books[:5],
            "books_count": len(books),
        }
        yield f"{author.name} {' '.join(author.alternate_names)}", len(books), document


def _as_text(value: object) -> object:
    """The same with numbers and booleans as text, as some captures of the real search have it."""
    if isinstance(value, dict):
        return {name: _as_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    return json.dumps(value) if isinstance(value, bool | int | float) else value


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter))))


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise
