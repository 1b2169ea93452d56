"""Pure: which changes to send for an item, and whether they were kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audiobook_daemon import Facts, SeriesPlace
from audiobook_plugins.audiobookshelf import parse
from audiobook_plugins.audiobookshelf.languages import code_of, name_of
from audiobook_plugins.audiobookshelf.records import Item, Metadata

Body = dict[str, object]


def body_for(item: Item, changes: Facts) -> Body:
    """Return what to send so that the item gets the stated fields; empty if it has them all. Blanks say nothing."""
    present = item.media.metadata
    metadata: Body = {**_texts(present, changes), **_lists(present, changes)}
    if changes.abridged is not None and changes.abridged != bool(present.abridged):
        metadata["abridged"] = changes.abridged
    body: Body = {"metadata": metadata} if metadata else {}
    if (tags := _wanted(changes.tags)) and tags != item.media.tags:
        body["tags"] = tags
    return body


def reordering(item: Item, body: Body, fields: Iterable[str]) -> Iterator[Body]:
    """Yield the further metadata to send when names of these fields were sent in another order than they now have.

    The server never moves one who is there; whoever is left out and sent again goes to the end. So the first step
    keeps only those in front.
    """
    sent = body.get("metadata")
    present = item.media.metadata
    names = {"authors": parse.authors(present), "series": [place.name for place in parse.series(present)]}
    for field in fields:
        wanted = sent.get(field) if isinstance(sent, dict) else None
        if wanted and (keep := front(names[field], [str(one["name"]) for one in wanted])):
            yield {field: wanted[:keep]}
            yield {field: wanted}


def front(present: Iterable[str], wanted: Sequence[str]) -> int:
    """Say how many names to keep in a first step when all are there in a wrong order; 0 if they are not."""
    there = [_fold(name) for name in present]
    order = [_fold(name) for name in wanted]
    if there == order or sorted(there) != sorted(order):
        return 0
    keep = 1
    while [name for name in there if name in order[: keep + 1]] == order[: keep + 1]:
        keep += 1
    return keep


def author_objects(names: Iterable[str]) -> list[Body]:
    """Write authors as the server wants them; a list of plain names would remove them all."""
    return [{"name": name} for name in names]


def not_kept(item: Item, body: Body) -> list[str]:
    """Name the fields that the item does not have as they were sent; the server silently drops what it dislikes."""
    sent = body.get("metadata")
    metadata = sent if isinstance(sent, dict) else {}
    present = item.media.metadata
    found: Body = {
        **{name: getattr(present, name) for name in metadata},
        "authors": author_objects(parse.authors(present)),
        "series": _place_objects(parse.series(present)),
    }
    # Descriptions are cleaned by the server, so they seldom come back as they went.
    wrong = [name for name in metadata if name != "description" and not _same(metadata[name], found[name])]
    if "tags" in body and body["tags"] != item.media.tags:
        wrong.append("tags")
    return wrong


def blank_body(title: str) -> Body:
    """Return what to send to an item that still tells of another book: everything forgotten but a title."""
    texts = ("subtitle", "publishedYear", "publishedDate", "publisher", "description", "isbn", "asin", "language")
    lists = ("authors", "narrators", "series", "genres")
    metadata: Body = {"title": title, "abridged": False, "explicit": False}
    metadata |= dict.fromkeys(texts) | {name: [] for name in lists}
    return {"metadata": metadata, "tags": []}


def _texts(present: Metadata, changes: Facts) -> Body:
    stated = {
        "title": changes.title,
        "subtitle": changes.subtitle,
        "publisher": changes.publisher,
        "publishedYear": str(changes.year) if changes.year else None,
        "publishedDate": changes.published,
        "description": changes.description,
        "isbn": changes.isbn,
        "asin": changes.asin,
    }
    texts: Body = {}
    for name, value in stated.items():
        if (text := (value or "").strip()) and text != getattr(present, name):
            texts[name] = text
    language = (changes.language or "").strip()
    if language and (code_of(language) or language) != (code_of(present.language) or present.language):
        texts["language"] = name_of(language)
    return texts


def _lists(present: Metadata, changes: Facts) -> Body:
    lists: Body = {}
    authors = _wanted(changes.authors)
    if authors and [*map(_fold, authors)] != [*map(_fold, parse.authors(present))]:
        lists["authors"] = author_objects(authors)
    if (narrators := _wanted(changes.narrators)) and narrators != [*parse.narrators(present)]:
        lists["narrators"] = narrators
    if (genres := _wanted(changes.genres)) and genres != present.genres:
        lists["genres"] = genres
    places = _with_known_positions(changes.series or (), parse.series(present))
    if places and not _same(_place_objects(places), _place_objects(parse.series(present))):
        lists["series"] = _place_objects(places)
    return lists


def _with_known_positions(wanted: Iterable[SeriesPlace], present: Iterable[SeriesPlace]) -> list[SeriesPlace]:
    """Leave out nameless series, for one would make the server ignore all; an unknown position takes none away."""
    known = {_fold(place.name): place.position for place in present}
    places: dict[str, SeriesPlace] = {}
    for place in wanted:
        if name := place.name.strip():
            position = (place.position or "").strip() or known.get(_fold(name))
            places.setdefault(_fold(name), SeriesPlace(name, position))
    return list(places.values())


def _place_objects(places: Iterable[SeriesPlace]) -> list[Body]:
    return [{"name": place.name, "sequence": place.position} for place in places]


def _wanted(names: Iterable[str] | None) -> list[str]:
    return list(dict.fromkeys(name for raw in names or () if (name := raw.strip())))


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _same(sent: object, found: object) -> bool:
    """Compare as the server does: the case of known names stays as it was, and series have no order."""
    return _comparable(sent) == _comparable(found)


def _comparable(value: object) -> object:
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        rows = [(_fold(str(entry["name"])), entry.get("sequence")) for entry in value]
        return sorted(rows, key=str) if any("sequence" in entry for entry in value) else rows
    return value
