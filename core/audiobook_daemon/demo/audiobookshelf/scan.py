"""The scan: what lies in the library folder becomes items, and items whose files are gone are marked missing."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.demo.audiobookshelf.audio import chapters_of, embedded_picture, read_audio_files, read_tags
from audiobook_daemon.demo.audiobookshelf.folders import FoundBook, file_signature, find_books, is_open
from audiobook_daemon.demo.audiobookshelf.names import read_folder
from audiobook_daemon.demo.audiobookshelf.records import (
    TEXT_KEYS,
    AudioFile,
    Item,
    LibraryFile,
    SeriesPlace,
    Shelf,
    new_id,
    now,
)
from audiobook_daemon.demo.audiobookshelf.sidecars import read_metadata_json, read_sidecars
from audiobook_daemon.demo.audiobookshelf.stated import Stated, lay_over


@dataclass(slots=True)
class ScanCounts:
    """What one scan of the library did, in items."""

    added: int = 0
    updated: int = 0
    missing: int = 0


class Scanner:
    """Scans one library folder into one shelf; `seconds_per_book` is the time each new book takes."""

    def __init__(self, folder: Path, seconds_per_book: float, changed: Callable[[], None]) -> None:
        self._folder = folder
        self._seconds_per_book = seconds_per_book
        self._changed = changed
        self.other_user = False
        """Whether the server runs as a user of its own, who may read what everybody may and nothing else."""
        self.reuses_inodes = False
        """Whether a new folder has the inode of one that is gone, as on ext4 it often has."""

    async def library(self, shelf: Shelf) -> ScanCounts:
        """Scan the whole folder. Books are found again by path, else by inode, as the real server does.

        An inode that was freed and given to another folder makes the server take the new book for the old one.
        """
        counts = ScanCounts()
        found = await asyncio.to_thread(find_books, self._folder, other_user=self.other_user)
        by_path = {book.rel_path: book for book in found}
        if self.reuses_inodes:
            _give_freed_inodes(shelf, by_path)
        for item in list(shelf.items.values()):
            book = by_path.get(item.rel_path) or next((one for one in by_path.values() if one.ino == item.ino), None)
            if book is None:
                counts.missing += self._miss(item)
                continue
            del by_path[book.rel_path]
            counts.updated += await self.refresh(shelf, item, book)
        for book in by_path.values():
            await asyncio.sleep(self._seconds_per_book)
            audio = await asyncio.to_thread(read_audio_files, self._open(book.files))
            if audio or any(file["fileType"] == "ebook" for file in book.files):
                add_item(shelf, book, audio)
                counts.added += 1
                if counts.added % 10 == 0:
                    self._changed()
        shelf.drop_emptied()
        shelf.last_scan = now()
        shelf.last_update = shelf.last_scan
        self._changed()
        return counts

    async def one(self, shelf: Shelf, item: Item) -> str:
        """Scan one item again and say what came of it: UPDATED, UPTODATE or NOTHING."""
        found = await asyncio.to_thread(find_books, self._folder, other_user=self.other_user)
        book = next((book for book in found if book.rel_path == item.rel_path), None)
        if book is None:
            return "NOTHING"
        updated = await self.refresh(shelf, item, book)
        shelf.drop_emptied()
        self._changed()
        return "UPDATED" if updated else "UPTODATE"

    async def refresh(self, shelf: Shelf, item: Item, book: FoundBook) -> bool:
        """Bring a known item up to date with its files; True if anything changed."""
        moved = item.rel_path != book.rel_path
        if not moved and not item.is_missing and file_signature(item.library_files) == book.signature():
            item.last_scan = now()
            return False
        audio = await asyncio.to_thread(read_audio_files, self._open(book.files))
        _take_place(item, book)
        item.is_missing = False
        _take_files(item, book.files, audio)
        # The server's own stored copy of the metadata outranks tags and folder names; a metadata.json in the
        # folder outranks the stored copy.
        stored = stored_copy(shelf, item)
        describe(shelf, item, lay_over([*_sources(book, audio), _filled(read_metadata_json(book.files) or stored)]))
        item.touch()
        return True

    def _open(self, files: list[LibraryFile]) -> list[LibraryFile]:
        return [file for file in files if is_open(file["metadata"]["path"])] if self.other_user else files

    def _miss(self, item: Item) -> bool:
        if item.is_missing:
            return False
        item.is_missing = True
        item.touch()
        return True


def _give_freed_inodes(shelf: Shelf, by_path: dict[str, FoundBook]) -> None:
    known = {item.rel_path for item in shelf.items.values()}
    gone = [item for item in shelf.items.values() if item.rel_path not in by_path and not item.is_missing]
    new = [book for book in by_path.values() if book.rel_path not in known]
    for item, book in zip(gone, new, strict=False):
        book.ino = item.ino


def add_item(shelf: Shelf, book: FoundBook, audio: list[AudioFile]) -> Item:
    """Make a new item of a folder; authors new to the library come before those already known."""
    item = Item(new_id(), new_id(), book.ino, book.rel_path, book.is_file, 0, 0, 0, now(), now(), now())
    _take_place(item, book)
    _take_files(item, book.files, audio)
    sources = _sources(book, audio)
    if (document := read_metadata_json(book.files)) is not None:
        sources.append(document)
    stated = lay_over(sources)
    stated.authors = sorted(stated.authors or [], key=lambda name: shelf.author_known(name) is not None)
    describe(shelf, item, stated)
    shelf.items[item.id] = item
    return item


def _sources(book: FoundBook, audio: list[AudioFile]) -> list[Stated]:
    """Read the sources that the precedence puts below `metadata.json`, the weakest first."""
    folder = read_folder(book.rel_path.rpartition(".")[0] if book.is_file else book.rel_path)
    tags = [read_tags(audio[0])] if audio else []
    return [folder, *tags, *read_sidecars(book.files)]


def _filled(stated: Stated) -> Stated:
    """Leave out empty lists, which change nothing on a second scan."""
    stated.narrators = stated.narrators or None
    stated.series = stated.series or None
    return stated


def stored_copy(shelf: Shelf, item: Item) -> Stated:
    """Give what the server's own `metadata.json` of this item says."""
    return Stated(
        texts={key: text for key, text in item.texts.items() if text},
        authors=shelf.author_names(item),
        narrators=list(item.narrators),
        series=[(shelf.series[place.id].name, place.sequence) for place in item.series],
        genres=list(item.genres),
        tags=list(item.tags),
        explicit=item.explicit,
        abridged=item.abridged,
        chapters=list(item.chapters),
    )


def describe(shelf: Shelf, item: Item, stated: Stated) -> None:
    """Write the combined statements into the item."""
    item.texts = {key: stated.texts.get(key) for key in TEXT_KEYS}
    item.authors = [shelf.author_named(name).id for name in stated.authors or ()]
    item.series = [SeriesPlace(shelf.series_named(name).id, number) for name, number in stated.series or ()]
    item.narrators = stated.narrators or []
    item.genres = stated.genres or []
    item.tags = stated.tags or []
    item.explicit = bool(stated.explicit)
    item.abridged = bool(stated.abridged)
    item.chapters = stated.chapters or chapters_of(item.audio_files, item.texts["title"])


def _take_place(item: Item, book: FoundBook) -> None:
    item.rel_path, item.ino, item.is_file = book.rel_path, book.ino, book.is_file
    item.mtime_ms, item.ctime_ms = book.mtime_ms, book.ctime_ms
    item.birthtime_ms = min(book.mtime_ms, book.ctime_ms)
    item.last_scan = now()


def _take_files(item: Item, files: list[LibraryFile], audio: list[AudioFile]) -> None:
    item.library_files, item.audio_files = files, audio
    images = [file["metadata"]["path"] for file in files if file["fileType"] == "image"]
    if item.cover_image is None:
        named = [path for path in images if Path(path).stem == "cover"]
        item.cover = next(iter(named or images), None)
    if item.cover is None and (picture := embedded_picture(audio)) is not None:
        keep_picture(item, picture, ".jpg")


def keep_picture(item: Item, picture: bytes, extension: str) -> None:
    """Keep a picture that does not lie in the item's folder, as the server does in its metadata folder."""
    item.cover = f"/metadata/items/{item.id}/cover{extension}"
    item.cover_image = base64.b64encode(picture).decode()
