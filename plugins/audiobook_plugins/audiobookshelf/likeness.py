"""Pure: whether an item is the book in its folder, or an old one that the server took for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audiobook_plugins.audiobookshelf.records import AudioFile, Item, LibraryFile

_SAME_RUNTIME = 2.0
_LATER = 60_000
"""Milliseconds between an item and files that came to it later."""


@dataclass(frozen=True, slots=True)
class Before:
    """Where an item lay before the scan, how long it ran (seconds), and how large it was (bytes)."""

    path: str | None
    runtime: float | None
    size: int | None = None


def is_behind(item: Item, audio: Mapping[str, int]) -> bool:
    """Whether the server has not seen all of these files as they are; `audio` is on disk, with bytes."""
    if item.libraryFiles is None:
        return False
    known = {name: size for name, size in map(_named, item.libraryFiles) if name}
    return any(known.get(_folded(name)) != size for name, size in audio.items())


def unread(item: Item, audio: Iterable[str]) -> list[str]:
    """The files that the server has seen and could not read as audio."""
    if item.media.audioFiles is None:
        return []
    read = {name for name, _ in map(_named, item.media.audioFiles)}
    return [name for name in sorted(audio) if _folded(name) not in read]


def was_another_book(item: Item, before: Before | None) -> bool:
    """Whether the item was known before, at another place and with other audio.

    The same audio at a new path is only a renamed folder.
    """
    if before is None or before.path == item.path:
        return False
    runtime, size = item.media.duration, item.media.size
    longer = runtime is not None and before.runtime is not None and abs(runtime - before.runtime) > _SAME_RUNTIME
    return longer or (size is not None and before.size is not None and size != before.size)


def speaks_of_another_book(item: Item) -> bool:
    """Whether all audio came to the item later, and its title has no word in common with its folder.

    That is how an item looks whose number of the file system was given to a new folder before anybody watched; a
    proof it is not.
    """
    arrived = [file.addedAt for file in item.libraryFiles or () if file.addedAt is not None]
    if item.addedAt is None or not arrived or min(arrived) <= item.addedAt + _LATER:
        return False
    title, folder = _words(item.media.metadata.title or ""), _words((item.path or "").rpartition("/")[2])
    return bool(title) and not title & folder


def _named(file: AudioFile | LibraryFile) -> tuple[str | None, int | None]:
    if file.metadata is None or file.metadata.relPath is None:
        return None, None
    return _folded(file.metadata.relPath), file.metadata.size


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _words(text: str) -> set[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return set(re.findall(r"\w+", plain.casefold()))
