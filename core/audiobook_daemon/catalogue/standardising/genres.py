"""Genres: one name for each, in one spelling, each once, and not too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from audiobook_daemon.matching import words
from audiobook_daemon.models import FieldValue, SeriesPlace

_PARTS = re.compile(r"\s+/\s+|\s*[;>|]\s*|\s+-\s+(?=[A-Z])")
_SMALL: Final = frozenset({"and", "of", "the", "in", "for", "to", "a", "an", "or", "on"})
_DROPPED: Final = frozenset(
    {"general", "audiobook", "audiobooks", "audio book", "unabridged", "ebook", "ebooks", "other"}
)
_CALLED: Final[Mapping[str, str]] = {
    "sci fi": "Science Fiction",
    "scifi": "Science Fiction",
    "sf": "Science Fiction",
    "science fiction and fantasy": "Science Fiction & Fantasy",
    "sci fi and fantasy": "Science Fiction & Fantasy",
    "sff": "Science Fiction & Fantasy",
    "ya": "Young Adult",
    "teen and young adult": "Young Adult",
    "young adult fiction": "Young Adult",
    "nonfiction": "Nonfiction",
    "non fiction": "Nonfiction",
    "bio": "Biography",
    "biographies and memoirs": "Biography & Memoir",
    "biography and autobiography": "Biography & Memoir",
    "thrillers": "Thriller",
    "mysteries": "Mystery",
    "selfhelp": "Self-Help",
    "self help": "Self-Help",
    "children s": "Children",
    "childrens": "Children",
    "lit rpg": "LitRPG",
    "litrpg": "LitRPG",
}


def tidy_genres(value: FieldValue, called: Mapping[str, str], most: int) -> FieldValue:
    """The genres by their usual names, or by those that people have `called` them; the first `most`."""
    if not isinstance(value, tuple):
        return value
    own = {_key(name): other for name, other in called.items()}
    found: dict[str, str] = {}
    for part in _parts(value):
        name = own.get(_key(part), _CALLED.get(_key(part), part))
        if _key(name) and _key(name) not in _DROPPED:
            found.setdefault(_key(name), _cased(name))
    return tuple(found.values())[:most]


def _parts(value: tuple[str, ...] | tuple[SeriesPlace, ...]) -> Iterator[str]:
    for entry in value:
        if isinstance(entry, str):
            yield from filter(None, (part.strip() for part in _PARTS.split(entry)))


def _cased(name: str) -> str:
    """The name with capitals where it has none, or nothing else; otherwise as it is."""
    if name != name.lower() and (name != name.upper() or len(name) <= 4):
        return name
    pieces = name.lower().split()
    return " ".join(piece if place and piece in _SMALL else piece.capitalize() for place, piece in enumerate(pieces))


def _key(text: str) -> str:
    return " ".join(words(text))
