"""Pure translation of library items into our values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePosixPath

from audiobook_daemon import Book, LibraryItem, SeriesPlace
from audiobook_plugins.audiobookshelf.languages import code_of
from audiobook_plugins.audiobookshelf.paths import PathMap
from audiobook_plugins.audiobookshelf.records import Item, Media, Metadata

_AUDIO = frozenset({"m4b", "mp3", "m4a", "flac", "opus", "ogg", "oga", "mp4", "aac", "wma", "aiff", "wav"})
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_SUFFIX = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii|iv)\.?", re.IGNORECASE)
_PLACED = re.compile(r"(.*?)(?: #([^\s#]+))?")
_NUMBERED = re.compile(r" #[^\s#]+$")
_LAST_SECOND = 253_402_300_799


def library_item(instance: str, item: Item, paths: PathMap, folders: Iterable[str]) -> LibraryItem:
    """Turn an item into our value; a path outside the library's folders is not believed."""
    metadata = item.media.metadata
    path = item.path if item.path and any(_below(item.path, folder) for folder in folders) else None
    return LibraryItem(
        library=instance,
        id=item.id,
        book=Book(
            # The server allows items without a title and then shows the folder's name, as we do.
            title=_text(metadata.title) or PurePosixPath(item.path or "").name,
            authors=authors(metadata),
            subtitle=_text(metadata.subtitle),
            series=series(metadata),
            language=code_of(metadata.language),
            year=year(metadata.publishedYear) or year(metadata.publishedDate),
            isbn=_text(metadata.isbn),
            asin=_text(metadata.asin),
        ),
        narrators=narrators(metadata),
        runtime=item.media.duration or None,
        size=item.media.size,
        path=paths.local(path) if path else None,
        missing=item.isMissing,
        added=_moment(item.addedAt),
        # False is what the server says of every book nobody has looked at.
        abridged=True if metadata.abridged else None,
        publisher=_text(metadata.publisher),
        published=_text(metadata.publishedDate),
        description=_text(metadata.description),
        genres=_stated(metadata.genres or ()),
        tags=_stated(item.media.tags or ()),
        cover=item.media.coverPath is not None,
        chapters=item.media.numChapters,
        files=item.media.numAudioFiles,
        format=_format(item.media, item.path),
    )


def authors(metadata: Metadata) -> tuple[str, ...]:
    """The authors in their order."""
    if metadata.authors is None:
        return _names(metadata.authorName)
    return _stated(person.name for person in metadata.authors)


def narrators(metadata: Metadata) -> tuple[str, ...]:
    """The narrators in their order."""
    return _names(metadata.narratorName) if metadata.narrators is None else _stated(metadata.narrators)


def series(metadata: Metadata) -> tuple[SeriesPlace, ...]:
    """The series with the book's place in each."""
    if metadata.series is None:
        return _places(metadata.seriesName)
    listed = metadata.series if isinstance(metadata.series, list) else [metadata.series]
    return tuple(SeriesPlace(name, _text(place.sequence)) for place in listed if (name := _text(place.name)))


def is_ambiguous(metadata: Metadata) -> bool:
    """Tell whether joined names leave open where one ends: `Plato, Aristotle` is one or two, `A, B #1` as well."""
    joined = [text for text in (metadata.authorName, metadata.narratorName) if text and ", " in text]
    named = any(" " not in part and not _SUFFIX.fullmatch(part) for text in joined for part in text.split(", "))
    placed = metadata.seriesName.split(", ") if metadata.seriesName and ", " in metadata.seriesName else ()
    return (metadata.authors is None and named) or (
        metadata.series is None and not all(_NUMBERED.search(part) for part in placed)
    )


@lru_cache(maxsize=1000)
def year(text: str | None) -> int | None:
    """The year in a text such as `2020-02-03`."""
    found = _YEAR.search(text or "")
    return int(found[1]) if found else None


def _names(joined: str | None) -> tuple[str, ...]:
    """Part `A, B`; a `Jr.` after a comma belongs to the name before it."""
    if not joined or ", " not in joined:
        return (name,) if (name := _text(joined)) else ()
    names: list[str] = []
    for name in _stated((joined or "").split(", ")):
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f", {name}"
        else:
            names.append(name)
    return tuple(names)


def _places(joined: str | None) -> tuple[SeriesPlace, ...]:
    """Part `A #1, B`; a comma within a name parts it too, see `is_ambiguous`."""
    places = []
    for text in _stated((joined or "").split(", ")):
        found = _PLACED.fullmatch(text)
        if found and found[1]:
            places.append(SeriesPlace(found[1], found[2]))
    return tuple(places)


def _stated(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for raw in texts if (text := raw.strip()))


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _format(media: Media, path: str | None) -> str | None:
    """Name the format of the first audio file; the list tells it only of a book that is a single file."""
    for file in media.audioFiles or ():
        if file.metadata is not None and file.metadata.ext:
            return file.metadata.ext.lstrip(".").lower() or None
    extension = (path or "").rpartition(".")[2].lower()
    return extension if extension in _AUDIO else None


def _below(path: str, folder: str) -> bool:
    return path.startswith(f"{folder.rstrip('/')}/")


def _moment(milliseconds: int | None) -> datetime | None:
    if milliseconds is None or milliseconds / 1000 > _LAST_SECOND:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
