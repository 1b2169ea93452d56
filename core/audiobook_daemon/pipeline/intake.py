"""Writes down what the pages of a library bring, several pages at a time: each writing waits for the disk."""

from __future__ import annotations

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import LibraryItem, LibraryPage
from audiobook_daemon.pipeline.keys import keys_of
from audiobook_daemon.pipeline.presence import Presence
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import SeenPage

_TOGETHER = 7000
"""Items that are kept in memory before they are written; with fewer, an SD card wears out sooner."""

_FORM = "2 "
"""Begins every mark; another one lets all pages be read and all keys be made anew, when these are made otherwise."""


class Intake:
    """Takes in the pages of one library; what was not written when the reading breaks off comes with the next."""

    def __init__(self, world: World, library: str, presence: Presence) -> None:
        self._world = world
        self._library = library
        self._presence = presence
        self._begun = world.now()
        self._renew = False
        self._items: list[LibraryItem] = []
        self._pages: list[SeenPage] = []
        self.new = 0
        self.changed = 0
        self.damaged = 0
        """Items that are there but could not be read."""

    async def marks(self) -> dict[str, str]:
        """Return the marks of the known pages, by cursor; none if what is written down is of another form."""
        marks = await self._world.database.pages.marks(self._library)
        self._renew = any(not mark.startswith(_FORM) for mark in marks.values())
        return {} if self._renew else {cursor: mark.removeprefix(_FORM) for cursor, mark in marks.items()}

    async def take(self, cursor: str, page: LibraryPage) -> None:
        """Take in a page. Raises Unavailable if it is said to be unchanged and was never seen."""
        if page.unchanged:
            held = await self._world.database.pages.get(self._library, cursor)
            if held is None:
                raise Unavailable(f"{self._library} takes an unknown page for an unchanged one.")
            self._presence.see(held.ids, held.missing)
            return
        ids = tuple([item.id for item in page.items])
        missing = tuple([item.id for item in page.items if item.missing])
        self._presence.see((*ids, *page.damaged), missing)
        self.damaged += len(page.damaged)
        self._items += page.items
        mark = None if page.mark is None else _FORM + page.mark
        self._pages.append(SeenPage(self._library, cursor, mark, ids, missing))
        if len(self._items) >= _TOGETHER:
            await self.write()

    async def write(self) -> None:
        """Write down what is kept in memory, and tell whom it concerns what has been edited."""
        items, pages, self._items, self._pages = self._items, self._pages, [], []
        books = self._world.database.books
        keyed = [(item, keys_of) for item in items]
        changes = await books.upsert(keyed, pages, renew=self._renew, read=self._begun)
        self.new += sum(change.is_new for change in changes)
        self.changed += sum(not change.is_new and change.item.id not in self._presence.gone for change in changes)
        # Where everything is read anew, another way of reading would look like edits of all books.
        if edited := [change for change in changes if change.fields and not self._renew]:
            await self._world.edited(edited)
