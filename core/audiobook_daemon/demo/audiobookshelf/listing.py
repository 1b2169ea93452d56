"""Lists and searches: which items, in which order, in which shape."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping

from audiobook_daemon.demo.audiobookshelf.names import last_first, without_prefix
from audiobook_daemon.demo.audiobookshelf.records import Item, Shelf
from audiobook_daemon.demo.audiobookshelf.shapes import JsonObject, Shapes

_SEARCHED = ("title", "subtitle", "asin", "isbn")


class InvalidQuery(ValueError):
    """A query the server answers with 400; its text is the body."""


def list_items(shelf: Shelf, shapes: Shapes, query: Mapping[str, str]) -> JsonObject:
    """Answer `GET /api/libraries/:id/items`; the shape is the minified one whatever is asked for.

    Raises InvalidQuery for a negative limit or page; other nonsense is taken as 0, which means everything.
    """
    limit, page = _count(query, "limit"), _count(query, "page")
    descending = query.get("desc") == "1"
    kept = _filtered(shelf, query["filter"]) if query.get("filter") else list(shelf.items.values())
    if (key := _sort_keys(shelf).get(query.get("sort", ""))) is not None:
        kept.sort(key=key, reverse=descending)
    shown = kept[page * limit : page * limit + limit] if limit else kept
    answer: JsonObject = {
        "results": [shapes.minified(item) for item in shown],
        "total": len(kept),
        "limit": limit,
        "page": page,
    }
    if sort := query.get("sort"):
        answer["sortBy"] = sort
    answer["sortDesc"] = descending
    if wanted := query.get("filter"):
        answer["filterBy"] = wanted
    return answer | {
        "mediaType": "book",
        "minified": query.get("minified") == "1",
        "collapseseries": query.get("collapseseries") == "1",
        "include": query.get("include", ""),
        "offset": page * limit,
    }


def search(shelf: Shelf, shapes: Shapes, text: str, limit: int) -> JsonObject:
    """Answer `GET /api/libraries/:id/search`: substrings of titles, ASINs, ISBNs and names."""
    wanted = text.strip().lower()
    items = list(shelf.items.values())
    books = [item for item in items if any(wanted in (item.texts[key] or "").lower() for key in _SEARCHED)]
    series = [one for one in shelf.series.values() if wanted in one.name.lower()]
    return {
        "book": [{"libraryItem": shapes.expanded(item, authors_turned=True)} for item in books[:limit]],
        "narrators": [
            {"name": n, "numBooks": c} for n, c in _counted(i.narrators for i in items) if wanted in n.lower()
        ],
        "tags": [{"name": n, "numItems": c} for n, c in _counted(i.tags for i in items) if wanted in n.lower()],
        "genres": [{"name": n, "numItems": c} for n, c in _counted(i.genres for i in items) if wanted in n.lower()],
        "series": [
            {"series": shapes.series(one), "books": [shapes.plain(item) for item in shelf.items_in(one.id)]}
            for one in series[:limit]
        ],
        "authors": [shapes.author(one) for one in shelf.authors.values() if wanted in one.name.lower()][:limit],
    }


def _counted(lists: Iterable[list[str]]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for names in lists:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return list(counts.items())


def _count(query: Mapping[str, str], name: str) -> int:
    try:
        value = int(query.get(name, "0"))
    except ValueError:
        return 0
    if value < 0:
        raise InvalidQuery(f"Invalid request. {name} must be a positive integer")
    return value


def _sort_keys(shelf: Shelf) -> dict[str, Callable[[Item], tuple[float, str]]]:
    """Name the sort keys there are; anything else is ignored. There is no `updatedAt`."""

    def authors(item: Item) -> tuple[float, str]:
        return 0, ", ".join(shelf.author_names(item)).lower()

    def authors_last_first(item: Item) -> tuple[float, str]:
        return 0, ", ".join(map(last_first, shelf.author_names(item))).lower()

    return {
        "addedAt": lambda item: (item.added_at, item.id),
        "size": lambda item: (item.size(), ""),
        "birthtimeMs": lambda item: (item.birthtime_ms, ""),
        "mtimeMs": lambda item: (item.mtime_ms, ""),
        "media.duration": lambda item: (item.duration(), ""),
        "media.metadata.title": lambda item: (0, (without_prefix(item.texts["title"]) or "").lower()),
        "media.metadata.authorName": authors,
        "media.metadata.authorNameLF": authors_last_first,
        "media.metadata.publishedYear": lambda item: (0, item.texts["publishedYear"] or ""),
    }


def _filtered(shelf: Shelf, wanted: str) -> list[Item]:
    """Keep what a filter `group.base64` asks for; an unknown filter keeps everything."""
    items = list(shelf.items.values())
    if wanted == "issues":
        return [item for item in items if item.is_missing]
    group, _, coded = wanted.partition(".")
    try:
        value = base64.b64decode(coded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return items
    tests: dict[str, Callable[[Item], bool]] = {
        "authors": lambda item: value in item.authors,
        "narrators": lambda item: value in item.narrators,
        "genres": lambda item: value in item.genres,
        "tags": lambda item: value in item.tags,
        "series": lambda item: (
            not item.series if value == "no-series" else value in {place.id for place in item.series}
        ),
        "missing": lambda item: not _field(item, value),
    }
    return [item for item in items if tests[group](item)] if group in tests else items


def _field(item: Item, name: str) -> object:
    lists: dict[str, object] = {
        "authors": item.authors,
        "narrators": item.narrators,
        "genres": item.genres,
        "tags": item.tags,
        "series": item.series,
        "chapters": item.chapters,
        "cover": item.cover,
    }
    return lists[name] if name in lists else item.texts.get(name)
