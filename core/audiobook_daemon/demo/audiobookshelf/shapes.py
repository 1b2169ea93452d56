"""The JSON that Audiobookshelf 2.36.0 answers with, key by key as recorded from the real server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from audiobook_daemon.demo.audiobookshelf.edit import plain_description
from audiobook_daemon.demo.audiobookshelf.names import last_first, without_prefix
from audiobook_daemon.demo.audiobookshelf.records import TEXT_KEYS, Author, Item, Series, Shelf, number

VERSION = "2.36.0"
JsonObject = dict[str, object]


class Shapes:
    """Writes the records of one shelf as JSON; `folder` is the library folder the server reports."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self._shelf = shelf
        self._folder = folder

    def minified(self, item: Item) -> JsonObject:
        """Write an item as lists hold it: names as text, no ids of authors or series."""
        metadata = {
            "title": item.texts["title"],
            "titleIgnorePrefix": without_prefix(item.texts["title"]),
            **_texts(item, "title"),
            **self._name_texts(item),
            "genres": item.genres,
            **_flags(item),
        }
        media = {
            "id": item.media_id,
            "metadata": metadata,
            "coverPath": item.cover,
            "tags": item.tags,
            **self._counts(item),
        }
        return {**self._head(item), "media": media, "numFiles": len(item.library_files), "size": item.size()}

    def plain(self, item: Item) -> JsonObject:
        """Write the older shape: lists of objects, but no counts and no durations."""
        media = {
            "id": item.media_id,
            "libraryItemId": item.id,
            "metadata": self._metadata(item),
            "coverPath": item.cover,
            "tags": item.tags,
            "audioFiles": item.audio_files,
            "chapters": item.chapters,
            "ebookFile": _ebook(item),
        }
        return {**self._head(item), **_scanned(item), "media": media, "libraryFiles": item.library_files}

    def expanded(self, item: Item, *, authors_turned: bool = False) -> JsonObject:
        """Write everything. In search results the order of authors is not dependable: `authors_turned`."""
        names = self._shelf.author_names(item)
        metadata = {
            **self._metadata(item),
            "titleIgnorePrefix": without_prefix(item.texts["title"]),
            **self._name_texts(item),
            "descriptionPlain": plain_description(item.texts["description"]),
        }
        if authors_turned:
            metadata["authors"] = cast(list[object], metadata["authors"])[::-1]
            metadata["authorName"] = ", ".join(names[::-1])
            metadata["authorNameLF"] = ", ".join(map(last_first, names[::-1]))
        media = {
            "id": item.media_id,
            "metadata": metadata,
            "coverPath": item.cover,
            "tags": item.tags,
            **self._counts(item),
            "libraryItemId": item.id,
            "audioFiles": item.audio_files,
            "chapters": item.chapters,
            "ebookFile": _ebook(item),
            "tracks": _tracks(item),
        }
        return {
            **self._head(item),
            "media": media,
            "numFiles": len(item.library_files),
            "size": item.size(),
            **_scanned(item),
            "libraryFiles": item.library_files,
        }

    def author(self, author: Author) -> JsonObject:
        """Write an author as lists and searches hold it."""
        return {
            "id": author.id,
            "asin": None,
            "name": author.name,
            "description": None,
            "imagePath": None,
            "libraryId": self._shelf.library_id,
            "addedAt": author.added_at,
            "updatedAt": author.updated_at,
            "numBooks": len(list(self._shelf.items_by(author.id))),
            "lastFirst": last_first(author.name),
        }

    def series(self, series: Series) -> JsonObject:
        """Write a series as searches hold it."""
        return {
            "id": series.id,
            "name": series.name,
            "nameIgnorePrefix": without_prefix(series.name),
            "description": None,
            "addedAt": series.added_at,
            "updatedAt": series.updated_at,
            "libraryId": self._shelf.library_id,
        }

    def _head(self, item: Item) -> JsonObject:
        return {
            "id": item.id,
            "ino": item.ino,
            "oldLibraryItemId": None,
            "libraryId": self._shelf.library_id,
            "folderId": self._shelf.folder_id,
            "path": str(self._folder / item.rel_path),
            "relPath": item.rel_path,
            "isFile": item.is_file,
            "mtimeMs": item.mtime_ms,
            "ctimeMs": item.ctime_ms,
            "birthtimeMs": item.birthtime_ms,
            "addedAt": item.added_at,
            "updatedAt": item.updated_at,
            "isMissing": item.is_missing,
            "isInvalid": False,
            "mediaType": "book",
        }

    def _metadata(self, item: Item) -> JsonObject:
        texts = _texts(item, "title")
        return {
            "title": item.texts["title"],
            "subtitle": texts.pop("subtitle"),
            "authors": [{"id": author, "name": self._shelf.authors[author].name} for author in item.authors],
            "narrators": item.narrators,
            "series": [
                {"id": place.id, "name": self._shelf.series[place.id].name, "sequence": place.sequence}
                for place in item.series
            ],
            "genres": item.genres,
            **texts,
            **_flags(item),
        }

    def _name_texts(self, item: Item) -> JsonObject:
        names = self._shelf.author_names(item)
        places = [(self._shelf.series[place.id].name, place.sequence) for place in item.series]
        return {
            "authorName": ", ".join(names),
            "authorNameLF": ", ".join(map(last_first, names)),
            "narratorName": ", ".join(item.narrators),
            "seriesName": ", ".join(f"{name} #{number}" if number else name for name, number in places),
        }

    def _counts(self, item: Item) -> JsonObject:
        ebook = _ebook(item)
        media = sum(file["metadata"]["size"] for file in item.library_files if file["fileType"] in {"audio", "ebook"})
        counts: JsonObject = {
            "numTracks": len(item.audio_files),
            "numAudioFiles": len(item.audio_files),
            "numChapters": len(item.chapters),
            "duration": number(item.duration()),
            "size": media,
        }
        return counts if ebook is None else {**counts, "ebookFormat": ebook["ebookFormat"]}


def _texts(item: Item, *without: str) -> JsonObject:
    return {key: item.texts[key] for key in TEXT_KEYS if key not in without}


def _flags(item: Item) -> JsonObject:
    return {"explicit": item.explicit, "abridged": item.abridged}


def _scanned(item: Item) -> JsonObject:
    return {"lastScan": item.last_scan, "scanVersion": VERSION}


def _ebook(item: Item) -> Mapping[str, object] | None:
    for file in item.library_files:
        if file["fileType"] == "ebook":
            return {**file, "isSupplementary": None, "ebookFormat": file["metadata"]["ext"][1:].lower()}
    return None


def _tracks(item: Item) -> list[JsonObject]:
    tracks: list[JsonObject] = []
    start = 0.0
    for file in item.audio_files:
        address = f"/api/items/{item.id}/file/{file['ino']}"
        extra: JsonObject = {
            "title": file["metadata"]["filename"],
            "startOffset": number(start),
            "contentUrl": address,
        }
        tracks.append({**file, **extra})
        start += file["duration"]
    return tracks
