"""Pure: what an item says in the server's own words, and what to send to make it say so again."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Final

from audiobook_daemon import Refused
from audiobook_plugins.audiobookshelf.changes import Body, author_objects
from audiobook_plugins.audiobookshelf.records import Item

COVER: Final = "cover"
_TEXTS = {
    "title": "title",
    "subtitle": "subtitle",
    "publisher": "publisher",
    "year": "publishedYear",
    "published": "publishedDate",
    "description": "description",
    "language": "language",
    "isbn": "isbn",
    "asin": "asin",
}
_FLAGS = ("abridged", "explicit")


def snapshot_of(item: Item) -> dict[str, object]:
    """Return every field of an expanded item by our names, blank ones too."""
    metadata = item.media.metadata
    places = metadata.series if isinstance(metadata.series, list) else [metadata.series] if metadata.series else []
    return {
        **{ours: getattr(metadata, theirs) for ours, theirs in _TEXTS.items()},
        **{name: bool(getattr(metadata, name)) for name in _FLAGS},
        "authors": [person.name for person in metadata.authors or ()],
        "narrators": metadata.narrators or [],
        "series": [{"name": place.name, "position": place.sequence} for place in places],
        "genres": metadata.genres or [],
        "tags": item.media.tags or [],
    }


def body_to_restore(item: Item, fields: Mapping[str, object]) -> Body:
    """Return what to send so that the item says again what a snapshot did; empty if it does.

    Raises Refused for what no snapshot says.
    """
    present = snapshot_of(item)
    if unknown := sorted(fields.keys() - present.keys() - {COVER}):
        raise Refused(f"Audiobookshelf has no field {', '.join(unknown)} to put back.", "unknown_field")
    wanted = {name: value for name, value in fields.items() if name != COVER and value != present[name]}
    metadata: Body = {_TEXTS.get(name, name): _sent(name, value) for name, value in wanted.items() if name != "tags"}
    body: Body = {"metadata": metadata} if metadata else {}
    if "tags" in wanted:
        body["tags"] = wanted["tags"]
    return body


def differing(item: Item, fields: Mapping[str, object]) -> list[str]:
    """Name the fields of a snapshot that an item does not have as they were."""
    present = snapshot_of(item)
    return [name for name, value in fields.items() if name != COVER and value != present[name]]


def picture_of(value: object) -> bytes | None:
    """Read the picture out of a snapshot; None if there was none. Raises Refused for what is no picture."""
    if value is None:
        return None
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("The stored picture is damaged and cannot be put back.", "damaged_picture") from None


def stored_picture(picture: bytes | None) -> str | None:
    """Write a picture so that JSON can hold it."""
    return None if picture is None else base64.b64encode(picture).decode()


def _sent(name: str, value: object) -> object:
    if name == "authors" and isinstance(value, Sequence):
        return author_objects(map(str, value))
    if name == "series" and isinstance(value, Sequence):
        return [_place(place) for place in value]
    return value


def _place(place: object) -> Body:
    if not isinstance(place, Mapping):
        raise Refused("The stored series are damaged and cannot be put back.", "damaged_series")
    return {"name": place.get("name"), "sequence": place.get("position")}
