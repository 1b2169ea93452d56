"""The searches of Open Library: every word has to be found, and brackets find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from audiobook_daemon.demo.open_library.records import Record, author_row, search_row
from audiobook_daemon.demo.open_library.shelves import OpenLibraryAuthor, OpenLibraryShelves

_LIMIT = 100
_FIELDS = ("title", "author", "isbn", "language", "q")


def search_works(shelves: OpenLibraryShelves, asked: Mapping[str, str]) -> Record:
    """Answer `/search.json`."""
    rows = [search_row(shelves, work) for work in shelves.works if work.moved_to is None]
    found = [row for row in rows if all(_fits(row, name, asked[name]) for name in _FIELDS if asked.get(name))]
    if asked.get("sort") == "editions":
        found.sort(key=lambda row: -len(_texts(row, "isbn")))
    limit, page = _number(asked.get("limit"), _LIMIT), _number(asked.get("page"), 1)
    offset = _number(asked.get("offset"), (page - 1) * limit)
    shown = found[offset : offset + limit]
    if asked.get("fields"):
        wanted = asked["fields"].split(",")
        shown = [{name: row[name] for name in wanted if name in row} for row in shown]
    return {
        "numFound": len(found),
        "start": offset,
        "numFoundExact": True,
        "num_found": len(found),
        "documentation_url": "https://openlibrary.org/dev/docs/api/search",
        "q": asked.get("q", ""),
        "offset": offset if "offset" in asked else None,
        "docs": shown,
    }


def search_authors(shelves: OpenLibraryShelves, asked: Mapping[str, str]) -> Record:
    """Answer `/search/authors.json`; blanks between initials matter, as in the real one."""
    wanted = asked.get("q", "").casefold().split()
    found = [author for author in shelves.authors if author.moved_to is None and _is_named(author, wanted)]
    limit, offset = _number(asked.get("limit"), _LIMIT), _number(asked.get("offset"), 0)
    rows = [author_row(shelves, author) for author in found[offset : offset + limit]]
    return {"numFound": len(found), "start": offset, "numFoundExact": True, "docs": rows}


def _is_named(author: OpenLibraryAuthor, wanted: list[str]) -> bool:
    names = (author.name, *author.alternate_names)
    return bool(wanted) and any(set(wanted) <= set(name.casefold().split()) for name in names)


def _fits(row: Record, name: str, text: str) -> bool:
    if name == "isbn":
        return text.replace("-", "") in _texts(row, "isbn")
    if name == "language":
        return text in _texts(row, "language")
    if name == "title":
        return "(" not in text and _words([text]) <= _words([str(row["title"]), str(row.get("subtitle", ""))])
    if name == "author":
        return _words([text]) <= _words(_texts(row, "author_name"))
    numbers = re.fullmatch(r"isbn:\(([\dX OR]+)\)", text)
    if numbers:
        return bool(set(numbers[1].split(" OR ")) & set(_texts(row, "isbn")))
    everywhere = [str(row["title"]), str(row.get("subtitle", "")), *_texts(row, "author_name"), *_texts(row, "isbn")]
    return _words([text]) <= _words([*everywhere, *_texts(row, "series_name")])


def _texts(row: Record, name: str) -> list[str]:
    value = row.get(name)
    return [str(one) for one in value] if isinstance(value, list) else []


def _words(texts: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w+", " ".join(texts).casefold()))


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() else otherwise
