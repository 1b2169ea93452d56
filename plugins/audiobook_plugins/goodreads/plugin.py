"""Reads the shelves and turns them into wishes."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon import (
    Context,
    Finding,
    ImportList,
    Level,
    Plugin,
    PluginError,
    Quota,
    Unavailable,
    Wish,
    hookimpl,
)
from audiobook_plugins.goodreads.client import Client
from audiobook_plugins.goodreads.config import GoodreadsConfig
from audiobook_plugins.goodreads.parse import KEY_REMEDY, Entry


class Goodreads(Plugin[GoodreadsConfig], ImportList):
    """Wishes for the books of shelves, in the order of each shelf; owned ones are walked past until it is filled."""

    def __init__(self, config: GoodreadsConfig, context: Context) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)

    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        """Wish for the books of every shelf that can be read now; Unavailable if that is none."""
        found: list[Wish] = []
        faults: list[Unavailable] = []
        for shelf, count in self.config.shares():
            try:
                found += [
                    self._wish(entry, shelf, count, rank)
                    for rank, entry in enumerate(await self._client.read(shelf), 1)
                ]
            except Unavailable as error:
                faults.append(error)
        if len(faults) == len(self.config.shares()):
            raise faults[0]
        for fault in faults:
            self.context.log.warning("%s The other shelves were read.", fault)
        return found

    async def check(self) -> Sequence[Finding]:
        """Read the first page of every shelf."""
        return [await self._check(shelf) for shelf, _ in self.config.shares()]

    async def _check(self, shelf: str) -> Finding:
        try:
            entries = await self._client.read(shelf, pages=1)
        except PluginError as error:
            return Finding(Level.FAILURE, str(error), KEY_REMEDY)
        if not entries:
            return Finding(Level.WARNING, f"The shelf {shelf} at Goodreads is empty.", "Look at its name.")
        return Finding(Level.OK, f"The shelf {shelf} at Goodreads is read; the first book is {entries[0].book.title}.")

    def _wish(self, entry: Entry, shelf: str, count: int, rank: int) -> Wish:
        added = f", added {entry.added:%Y-%m-%d}" if entry.added else ""
        return Wish(
            entry.book,
            origin=self.context.name,
            languages=(self.config.language,) if self.config.language else (),
            quota=Quota(shelf, count),
            rank=rank,
            note=f"on the Goodreads shelf {shelf}{added}",
        )
