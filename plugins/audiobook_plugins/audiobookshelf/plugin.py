"""The library: translates between our values and Audiobookshelf's."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from audiobook_daemon import (
    Book,
    Context,
    Facts,
    Finding,
    Level,
    Library,
    LibraryItem,
    LibraryPage,
    Plugin,
    Refused,
    Unavailable,
    hookimpl,
)
from audiobook_plugins.audiobookshelf import changes as changing
from audiobook_plugins.audiobookshelf import examine, snapshots
from audiobook_plugins.audiobookshelf.admission import Admission
from audiobook_plugins.audiobookshelf.arrivals import Arrival
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.covers import Covers
from audiobook_plugins.audiobookshelf.departure import Departure
from audiobook_plugins.audiobookshelf.hints import Hints
from audiobook_plugins.audiobookshelf.libraries import Libraries
from audiobook_plugins.audiobookshelf.paths import PathMap, relative_to
from audiobook_plugins.audiobookshelf.reading import Reading
from audiobook_plugins.audiobookshelf.records import Item, LibraryRecord


class Audiobookshelf(Plugin[AudiobookshelfConfig], Library):
    """The book libraries of an Audiobookshelf server; new books go into the first folder of one of them."""

    def __init__(self, config: AudiobookshelfConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._paths = PathMap((pair.remote, pair.local) for pair in config.paths)
        self._libraries = Libraries(self._client, config.library)
        self._reading = Reading(self._client, self._libraries, self._paths, context)
        self._covers = Covers(self._client, context)
        self._hints = Hints(config.url, self._client, context)
        self._admission = Admission(self._client, config, context)
        self._departure = Departure(self._client, config)

    async def start(self) -> None:
        """Read the version and see that the library is there."""
        self.service_version = (await self._client.status()).serverVersion
        await self._libraries.all()
        if self.config.hints:
            self._hints.start()

    async def stop(self) -> None:
        """Hang up."""
        await self._hints.stop()
        await self._admission.stop()

    async def check(self) -> Sequence[Finding]:
        """Look at server, key, rights, library and folder."""
        status = await self._client.status()
        self.service_version = status.serverVersion
        findings = examine.judge_server(status, self.config.url)
        findings += examine.judge_account(await self._client.account())
        try:
            findings.append(examine.judge_root(await self._root_of(await self._libraries.one())))
        except Unavailable as error:
            findings.append(Finding(Level.FAILURE, str(error)))
        return findings

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        """List 500 books in the order of their arrival; an unchanged page is known by its bytes, unread."""
        return await self._reading.page(cursor, known)

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        """Return the items with exact names, a hundred a call."""
        return await self._reading.read(ids)

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        """Return what the item says of its book, `explicit` too."""
        await self._libraries.all()
        taken = snapshots.snapshot_of(await self._client.item(item))
        if cover:
            taken[snapshots.COVER] = snapshots.stored_picture(await self._client.cover(item))
        return taken

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        """Write what a snapshot said and look whether it was kept; Refused for a field no snapshot has."""
        libraries = await self._libraries.all()
        present = await self._client.item(item)
        if body := snapshots.body_to_restore(present, fields):
            present = await self._written(item, body, "authors", "series")
            self._complain(item, snapshots.differing(present, fields))
        if snapshots.COVER in fields:
            await self._covers.restore(item, snapshots.picture_of(fields[snapshots.COVER]))
            present = await self._client.item(item)
        return self._translated(present, libraries)

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        """Search by ASIN, ISBN and title; what is found by the surer word comes first."""
        libraries = await self._libraries.all()
        found: dict[str, LibraryItem] = {}
        for text in dict.fromkeys((book.asin, book.isbn, book.title)):
            for library in libraries if (words := _searchable(text)) else ():
                items = await self._client.search(library.id, words)
                for item in self._reading.translated(items, library):
                    found.setdefault(item.id, item)
        return list(found.values())

    @hookimpl
    async def root(self) -> str:
        """Return the library's first folder as this machine names it; Unavailable if it cannot be used here."""
        return await self._root_of(await self._libraries.one())

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        """Scan until the folder's item is there; it is found by its exact path, never by its title."""
        library = await self._libraries.one()
        root = await self._root_of(library)
        relative = relative_to(root, folder)
        if relative is None:
            raise Refused(f"{folder} does not lie below the library's folder {root}.", "outside_library")
        if any(part.startswith(".") for part in relative.split("/")):
            raise Refused(f"Audiobookshelf ignores {folder}, for a name in it begins with a dot.", "ignored_folder")
        if not await asyncio.to_thread(_is_folder, folder):
            raise Unavailable(f"There is no folder {folder} to take into the library.")
        arrival = Arrival(library.id, library.folders[0].fullPath, relative, Path(root))
        return self._reading.translated([await self._admission.admit(arrival)], library)[0]

    @hookimpl
    async def dismiss(self, folder: str) -> None:
        """Scan if the folder's item is not missing yet; it is never removed, for people's progress is in it."""
        library = await self._libraries.one()
        relative = relative_to(await self._root_of(library), folder)
        if relative is not None:
            await self._departure.dismiss(library.id, f"{library.folders[0].fullPath.rstrip('/')}/{relative}")

    @hookimpl
    async def cover(self, item: str, width: int) -> bytes | None:
        """Let the server make the cover small; Refused if it cannot."""
        return await self._covers.shown(item, width)

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        """Write what is stated and differs, look whether it was kept, and return the item as it now is."""
        libraries = await self._libraries.all()
        present = await self._client.item(item)
        if body := changing.body_for(present, changes):
            present = await self._written(item, body, "authors")
            self._complain(item, changing.not_kept(present, body))
        if changes.cover:
            if await self._covers.fetch(item, changes.cover):
                present = await self._client.item(item)
            else:
                self.context.log.warning(
                    "%s: neither Audiobookshelf nor we could fetch a cover for %s.", self.context.name, item
                )
        return self._translated(present, libraries)

    async def _written(self, item: str, body: changing.Body, *ordered: str) -> Item:
        """Write a change and return the item as it then is; the names of the `ordered` fields also get their order."""
        present = await self._client.change(item, body)
        for step in changing.reordering(present, body, ordered):
            await self._client.change(item, {"metadata": step})
        return await self._client.item(item)

    def _complain(self, item: str, wrong: Sequence[str]) -> None:
        if wrong:
            self.context.log.warning(
                "%s: Audiobookshelf did not keep %s of item %s as it was sent.",
                self.context.name,
                ", ".join(wrong),
                item,
            )

    async def _root_of(self, library: LibraryRecord) -> str:
        remote = library.folders[0].fullPath
        root = self._paths.local(remote)
        known = remote if root == remote else f"{remote}, here {root}"
        missing = Unavailable(
            f"The folder of the library {library.name!r} is {known}: there is no such folder on this machine. "
            "Mount it, or tell with `paths` what it is called here."
        )
        if root is None:
            raise missing
        try:
            empty = await asyncio.to_thread(_is_empty, root)
        except (FileNotFoundError, NotADirectoryError):
            raise missing from None
        except OSError as error:
            raise Unavailable(f"The library's folder {root} cannot be read: {error.strerror}.") from error
        if empty and await self._client.count(library.id):
            raise Unavailable(
                f"The library's folder {root} is empty, but Audiobookshelf holds books in it. Is it mounted here?"
            )
        return root

    def _translated(self, item: Item, libraries: Sequence[LibraryRecord]) -> LibraryItem:
        library = next((one for one in libraries if one.id == item.libraryId), libraries[0])
        return self._reading.translated([item], library)[0]


def _searchable(text: str | None) -> str:
    """Make a text that can stand in an address."""
    return (text or "").encode("utf-8", "replace").decode().strip()


def _is_empty(folder: str) -> bool:
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def _is_folder(folder: str) -> bool:
    try:
        return Path(folder).is_dir()
    except OSError as error:  # a disk that fails, or a mount that has gone stale
        raise Unavailable(f"{folder} cannot be looked at: {error.strerror}.") from error
