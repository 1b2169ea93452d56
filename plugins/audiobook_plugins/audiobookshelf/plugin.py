"""The library: translates between our values and Audiobookshelf's."""

from __future__ import annotations

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
from audiobook_plugins.audiobookshelf import examine, parse
from audiobook_plugins.audiobookshelf.admission import Admission
from audiobook_plugins.audiobookshelf.client import Client
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.paths import PathMap, relative_to
from audiobook_plugins.audiobookshelf.records import Item, LibraryRecord


class Audiobookshelf(Plugin[AudiobookshelfConfig], Library):
    """One book library of an Audiobookshelf server; new books go into its first folder."""

    def __init__(self, config: AudiobookshelfConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._paths = PathMap((pair.remote, pair.local) for pair in config.paths)
        self._admission = Admission(self._client, config, context)

    async def start(self) -> None:
        """Read the version and see that the library is there."""
        self.service_version = (await self._client.status()).serverVersion
        await self._library()

    async def check(self) -> Sequence[Finding]:
        """Look at server, key, rights, library and folder."""
        status = await self._client.status()
        self.service_version = status.serverVersion
        findings = examine.judge_server(status, self.config.url)
        findings += examine.judge_account(await self._client.account())
        try:
            findings.append(examine.judge_root(await self._root_of(await self._library())))
        except Unavailable as error:
            findings.append(Finding(Level.FAILURE, str(error)))
        return findings

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        """List every book of the library."""
        del cursor, known
        library = await self._library()
        return LibraryPage(tuple([self._translated(item, library) async for item in self._client.items(library.id)]))

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        """Return the items one by one."""
        library = await self._library()
        return [self._translated(await self._client.item(one), library) for one in ids]

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        """Return what the item says of its book, in the server's own words."""
        raise NotImplementedError

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        """Set fields to what a snapshot said."""
        raise NotImplementedError

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        """Search by ASIN, ISBN and title; what is found by the surer word comes first."""
        library = await self._library()
        found: dict[str, Item] = {}
        for text in dict.fromkeys((book.asin, book.isbn, book.title)):
            if words := _searchable(text):
                for item in await self._client.search(library.id, words):
                    found.setdefault(item.id, item)
        return [self._translated(item, library) for item in found.values()]

    @hookimpl
    async def root(self) -> str:
        """Return the library's first folder as this machine names it; Unavailable if it cannot be used here."""
        return await self._root_of(await self._library())

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        """Scan until the folder's item is there; it is found by its exact path, never by its title."""
        library = await self._library()
        root = await self._root_of(library)
        relative = relative_to(root, folder)
        if relative is None:
            raise Refused(f"{folder} does not lie below the library's folder {root}.", "outside_library")
        if any(part.startswith(".") for part in relative.split("/")):
            raise Refused(f"Audiobookshelf ignores {folder}, for a name in it begins with a dot.", "ignored_folder")
        if not Path(folder).is_dir():
            raise Unavailable(f"There is no folder {folder} to take into the library.")
        remote = f"{library.folders[0].fullPath.rstrip('/')}/{relative}"
        return self._translated(await self._admission.admit(library.id, remote), library)

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        """Write what is stated and differs, look whether it was kept, and return the item as it now is."""
        library = await self._library()
        present = await self._client.item(item)
        if body := changing.body_for(present, changes):
            present = await self._client.change(item, body)
            if front := changing.front_authors(present, wanted := changing.wanted_authors(changes)):
                for names in (front, wanted):
                    await self._client.change(item, {"metadata": {"authors": changing.author_objects(names)}})
            present = await self._client.item(item)
            if wrong := changing.not_kept(present, body):
                self.context.log.warning(
                    "%s: Audiobookshelf did not keep %s of item %s as it was sent.",
                    self.context.name,
                    ", ".join(wrong),
                    item,
                )
        if changes.cover and not await self._client.fetch_cover(item, changes.cover):
            self.context.log.warning("%s: Audiobookshelf could not fetch a cover for %s.", self.context.name, item)
        return self._translated(present, library)

    async def _library(self) -> LibraryRecord:
        """Find the configured library; raises Unavailable with the names there are."""
        books = [library for library in await self._client.libraries() if library.mediaType == "book"]
        wanted = self.config.library
        if wanted is None:
            fitting = books
        else:
            fitting = [one for one in books if one.id == wanted] or [
                one for one in books if one.name.strip().casefold() == wanted.strip().casefold()
            ]
        if len(fitting) == 1 and fitting[0].folders:
            return fitting[0]
        names = ", ".join(repr(library.name) for library in books) or "none"
        if wanted is not None and not fitting:
            raise Unavailable(f"Audiobookshelf has no book library {wanted!r}; there are: {names}.")
        if not fitting:
            raise Unavailable("Audiobookshelf has no book library that this API key may see.")
        if len(fitting) > 1:
            raise Unavailable(f"Audiobookshelf has several book libraries; name one with `library`: {names}.")
        raise Unavailable(f"The Audiobookshelf library {fitting[0].name!r} has no folder.")

    async def _root_of(self, library: LibraryRecord) -> str:
        remote = library.folders[0].fullPath
        root = self._paths.local(remote)
        known = remote if root == remote else f"{remote}, here {root}"
        if root is None or not Path(root).is_dir():
            raise Unavailable(
                f"The folder of the library {library.name!r} is {known}: there is no such folder on this machine. "
                "Mount it, or tell with `paths` what it is called here."
            )
        try:
            with os.scandir(root) as entries:
                empty = next(entries, None) is None
        except OSError as error:
            raise Unavailable(f"The library's folder {root} cannot be read: {error.strerror}.") from error
        if empty and await self._client.count(library.id):
            raise Unavailable(
                f"The library's folder {root} is empty, but Audiobookshelf holds books in it. Is it mounted here?"
            )
        return root

    def _translated(self, item: Item, library: LibraryRecord) -> LibraryItem:
        return parse.library_item(self.context.name, item, self._paths, [folder.fullPath for folder in library.folders])


def _searchable(text: str | None) -> str:
    """Make a text that can stand in an address."""
    return (text or "").encode("utf-8", "replace").decode().strip()
