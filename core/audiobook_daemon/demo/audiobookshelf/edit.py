"""Changes of an item's metadata by `PATCH /api/items/:id/media`, with every trap of the real server."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from typing import cast

from audiobook_daemon.demo.audiobookshelf.records import TEXT_KEYS, Item, SeriesPlace, Shelf

_ALLOWED = frozenset({"p", "ol", "ul", "li", "a", "strong", "em", "del", "br", "b", "i"})
_SILENCED = frozenset({"script", "style"})


def change_media(shelf: Shelf, item: Item, body: Mapping[str, object]) -> bool:
    """Apply the body of a PATCH; what has a wrong type is ignored without a word. True if anything changed."""
    before = _media(item)
    metadata = body.get("metadata")
    if isinstance(metadata, dict):
        _change_metadata(shelf, item, metadata)
    if (tags := _strings(body.get("tags"))) is not None:
        item.tags = tags
    if before == _media(item):
        return False
    item.touch()
    shelf.drop_emptied()
    return True


def _media(item: Item) -> tuple[object, ...]:
    series = [(place.id, place.sequence) for place in item.series]
    lists = (list(item.authors), series, item.narrators, item.genres, item.tags)
    return dict(item.texts), lists, item.explicit, item.abridged


def _change_metadata(shelf: Shelf, item: Item, metadata: Mapping[str, object]) -> None:
    for key in TEXT_KEYS:
        if key in metadata:
            item.texts[key] = _text(metadata[key], item.texts[key])
    if item.texts["description"] and "description" in metadata:
        item.texts["description"] = clean_description(item.texts["description"])
    if "explicit" in metadata:
        item.explicit = _truthy(metadata["explicit"])
    if "abridged" in metadata:
        item.abridged = _truthy(metadata["abridged"])
    if (narrators := _strings(metadata.get("narrators"))) is not None:
        item.narrators = narrators
    if (genres := _strings(metadata.get("genres"))) is not None:
        item.genres = genres
    if isinstance(authors := metadata.get("authors"), list):
        _change_authors(shelf, item, authors)
    if isinstance(series := metadata.get("series"), list):
        _change_series(shelf, item, series)


def _text(value: object, present: str | None) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return present


def _truthy(value: object) -> bool:
    """Judge as JavaScript does: the text `false` is true, and so are an empty list and object."""
    return isinstance(value, (list, dict)) or bool(value)


def _strings(value: object) -> list[str] | None:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return cast(list[str], value)
    return None


def _names(entries: list[object]) -> list[str]:
    named = [entry.get("name") for entry in entries if isinstance(entry, dict)]
    return [name for name in named if isinstance(name, str) and name]


def _change_authors(shelf: Shelf, item: Item, entries: list[object]) -> None:
    """Keep listed authors where they are and put new ones at the end; plain texts name nobody."""
    wanted = list(dict.fromkeys(shelf.author_named(name).id for name in _names(entries)))
    kept = [author for author in item.authors if author in wanted]
    item.authors = kept + [author for author in wanted if author not in kept]


def _change_series(shelf: Shelf, item: Item, entries: list[object]) -> None:
    """Replace the series; one entry without a name spoils the whole list, a number as sequence becomes null."""
    if len(_names(entries)) != len(entries):
        return
    wanted: dict[str, str | None] = {}
    for entry in cast(list[dict[str, object]], entries):
        sequence = entry.get("sequence")
        series = shelf.series_named(cast(str, entry["name"])).id
        wanted[series] = sequence if isinstance(sequence, str) else None
    kept = [place.id for place in item.series if place.id in wanted]
    order = kept + [series for series in wanted if series not in kept]
    item.series = [SeriesPlace(series, wanted[series]) for series in order]


def clean_description(text: str) -> str:
    """Keep the few tags the server allows; scripts go with their content, a plain `&` becomes `&amp;`."""
    cleaner = _Cleaner()
    cleaner.feed(text)
    cleaner.close()
    return "".join(cleaner.kept)


def plain_description(text: str | None) -> str | None:
    """Give a description without any markup."""
    if text is None:
        return None
    cleaner = _Cleaner(allowed=frozenset(), escaping=False)
    cleaner.feed(text)
    cleaner.close()
    return "".join(cleaner.kept)


class _Cleaner(HTMLParser):
    def __init__(self, allowed: frozenset[str] = _ALLOWED, *, escaping: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._allowed = allowed
        self._escaping = escaping
        self._silenced = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENCED:
            self._silenced += 1
        elif tag in self._allowed:
            kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if tag == "a")
            self.kept.append(f"<{tag}{kept} />" if tag == "br" else f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENCED:
            self._silenced = max(0, self._silenced - 1)
        elif tag in self._allowed and tag != "br":
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silenced:
            self.kept.append(escape(data, quote=False) if self._escaping else data)
