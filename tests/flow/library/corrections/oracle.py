"""A plugin file that says about books whatever a test wants; it is copied into a folder of plugins."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from audiobook_daemon import Book, Context, Facts, MetadataProvider, Plugin, PluginConfig, hookimpl


class Oracle(Plugin[PluginConfig], MetadataProvider):
    """States what it was told, unless it is `down`, or `slow` by so many seconds."""

    def __init__(self, config: PluginConfig, context: Context) -> None:
        super().__init__(config, context)
        self.records: dict[str, tuple[Facts, ...]] = {}
        self.down: BaseException | None = None
        self.slow = 0.0
        self.asked = 0

    @hookimpl
    async def describe(self, book: Book) -> Sequence[Facts]:
        """Say what is known of this title."""
        self.asked += 1
        await asyncio.sleep(self.slow)
        if self.down is not None:
            raise self.down
        return self.records.get(book.title, ())
