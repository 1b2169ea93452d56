"""A library of four books that keeps in memory what it is told; the daemon finds it in its plugin folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from audiobook_daemon import (
    Book,
    Facts,
    Library,
    LibraryItem,
    LibraryPage,
    Plugin,
    PluginConfig,
    Refused,
    hookimpl,
)

_OF_BOOK = {"title", "subtitle", "authors", "series", "language", "year", "isbn", "asin"}
_OF_ITEM = {"narrators", "publisher", "published", "description", "genres", "tags", "abridged"}
_JPEG = b"\xff\xd8\xff\xe0" + bytes(60) + b"\xff\xd9"


class Shelf(Plugin[PluginConfig], Library):
    """Holds the items `a` to `d`; they are called by their ids."""

    async def start(self) -> None:
        """Put the books up."""
        self.said: dict[str, dict[str, Any]] = {item: {"title": item, "authors": ("Mira Holt",)} for item in "abcd"}

    @hookimpl
    async def page(self, cursor: str | None = None, known: str | None = None) -> LibraryPage:
        """List them all."""
        return LibraryPage(tuple(map(self._item, self.said)), total=len(self.said))

    @hookimpl
    async def read(self, ids: Sequence[str]) -> Sequence[LibraryItem]:
        """Return those that are there."""
        return [self._item(item) for item in ids if item in self.said]

    @hookimpl
    async def find(self, book: Book) -> Sequence[LibraryItem]:
        """Offer nothing."""
        return ()

    @hookimpl
    async def root(self) -> str:
        """There is no folder."""
        return "/nowhere"

    @hookimpl
    async def admit(self, folder: str) -> LibraryItem:
        """Take nothing in."""
        raise Refused("Nothing is taken in here.")

    @hookimpl
    async def cover(self, item: str, width: int) -> bytes | None:
        """Return the same picture for every book."""
        return _JPEG

    @hookimpl
    async def update(self, item: str, changes: Facts) -> LibraryItem:
        """Keep what is stated."""
        stated = {one.name: getattr(changes, one.name) for one in fields(Facts) if one.name in _OF_BOOK | _OF_ITEM}
        self._words(item).update({name: value for name, value in stated.items() if value is not None})
        return self._item(item)

    @hookimpl
    async def snapshot(self, item: str, *, cover: bool = False) -> Mapping[str, object]:
        """Return what is kept, with blanks."""
        blank: dict[str, object] = dict.fromkeys(sorted(_OF_BOOK | _OF_ITEM))
        return {name: _plain(value) for name, value in {**blank, **self._words(item)}.items()}

    @hookimpl
    async def restore(self, item: str, fields: Mapping[str, object]) -> LibraryItem:
        """Keep what a snapshot said."""
        kept = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
        self._words(item).update(kept)
        return self._item(item)

    def _words(self, item: str) -> dict[str, Any]:
        if item not in self.said:
            raise Refused(f"There is no item {item}.")
        return self.said[item]

    def _item(self, item: str) -> LibraryItem:
        words = {name: value for name, value in self._words(item).items() if value is not None}
        book = replace(Book(item), **{name: value for name, value in words.items() if name in _OF_BOOK})
        more = {name: value for name, value in words.items() if name in _OF_ITEM}
        return replace(LibraryItem(self.context.name, item, book, cover=True), **more)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
