"""Reads the lists and turns them into wishes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon import (
    Context,
    Finding,
    ImportList,
    Level,
    Plugin,
    Quota,
    Unavailable,
    Wish,
    hookimpl,
)
from audiobook_plugins.book_list.config import BookListConfig, Listing
from audiobook_plugins.book_list.entries import Contents, Entry, Mistake
from audiobook_plugins.book_list.files import fetch, read_file
from audiobook_plugins.book_list.lookup import Lookup
from audiobook_plugins.book_list.reading import read_list

_PACE = 3.0
"""Seconds between the starts of two requests."""
_MOST_NAMED = 20
"""So many mistakes of one list are named in the log; a list of a thousand is another kind of file."""


class BookList(Plugin[BookListConfig], ImportList):
    """Wishes for the books of lists, in the order of each list; owned ones are walked past until it is filled."""

    def __init__(self, config: BookListConfig, context: Context) -> None:
        super().__init__(config, context)
        self._lookup = Lookup(context)
        context.http.pace(_PACE, one_at_a_time=True)

    @hookimpl
    async def wishes(self) -> Sequence[Wish]:
        """Wish for the books of every list that can be read now; Unavailable if that is none."""
        self._lookup.begin()
        found: list[Wish] = []
        faults: list[Unavailable] = []
        for listing in self.config.files:
            try:
                contents = await self._contents(listing)
            except Unavailable as error:
                faults.append(error)
                continue
            found += await self._wishes(listing, contents)
        if len(faults) == len(self.config.files):
            raise faults[0]
        for fault in faults:
            self.context.log.warning("%s The other lists were read.", fault)
        return found

    async def check(self) -> Sequence[Finding]:
        """Read every list."""
        return [await self._check(listing) for listing in self.config.files]

    async def _check(self, listing: Listing) -> Finding:
        try:
            contents = await self._contents(listing)
        except Unavailable as error:
            return Finding(Level.FAILURE, str(error), f"Look at the list {listing.called}.")
        meant = _on_shelf(contents.entries, listing.shelf)
        told = (
            f"The list {listing.called} ({contents.kind}) has {len(contents.entries)} books, {len(meant)} of them meant"
        )
        if contents.mistakes:
            lines = ", ".join(str(mistake.line) for mistake in contents.mistakes[:_MOST_NAMED])
            return Finding(Level.WARNING, f"{told}; no book is named in line {lines}.", "Correct these lines.")
        if not meant:
            return Finding(Level.WARNING, f"{told}.", f"Look at `shelf`: {_shelves_of(contents)}.")
        return Finding(Level.OK, f"{told}.")

    async def _contents(self, listing: Listing) -> Contents:
        if listing.file is not None:
            content = await asyncio.to_thread(read_file, listing.file)
        else:
            content = await fetch(self.context.http, listing)
        return await asyncio.to_thread(read_list, content, listing.called)

    async def _wishes(self, listing: Listing, contents: Contents) -> list[Wish]:
        meant = _on_shelf(contents.entries, listing.shelf)
        if contents.entries and not meant:
            self.context.log.warning(
                "The list %s has no books on the shelf %s: %s.", listing.called, listing.shelf, _shelves_of(contents)
            )
        named = [await self._named(entry) for entry in meant[: self.config.walk]]
        self._name(listing, [*contents.mistakes, *(one for one in named if isinstance(one, Mistake))])
        return [self._wish(listing, one, rank) for rank, one in enumerate(named, 1) if isinstance(one, Entry)]

    def _wish(self, listing: Listing, entry: Entry, rank: int) -> Wish:
        language = listing.language or self.config.language
        added = f", added {entry.added}" if entry.added else ""
        return Wish(
            entry.book,
            origin=self.context.name,
            languages=(language,) if language else (),
            quota=Quota(listing.called, listing.count or self.config.count),
            rank=rank,
            note=f"on the list {listing.called}{added}",
        )

    async def _named(self, entry: Entry) -> Entry | Mistake:
        """The entry with its title; a mistake if it is a number that nobody can name now."""
        if entry.book.title:
            return entry
        number = entry.book.isbn or entry.book.asin
        try:
            book = await self._lookup.book(entry.book)
        except Unavailable as error:
            return Mistake(entry.line, f"{number} cannot be looked up now: {error}")
        if book is None:
            return Mistake(entry.line, f"nobody knows a book with the number {number}")
        return replace(entry, book=book)

    def _name(self, listing: Listing, mistakes: Sequence[Mistake]) -> None:
        where = listing.file or listing.called
        for mistake in mistakes[:_MOST_NAMED]:
            self.context.log.warning("%s:%d: %s.", where, mistake.line, mistake.reason.rstrip("."))
        if len(mistakes) > _MOST_NAMED:
            self.context.log.warning("%s: %d more lines name no book.", where, len(mistakes) - _MOST_NAMED)


def _on_shelf(entries: Sequence[Entry], shelf: str | None) -> list[Entry]:
    """The books of a shelf; all of them if no shelf is meant, or the list knows no shelves."""
    if shelf is None or not any(entry.shelves for entry in entries):
        return list(entries)
    return [entry for entry in entries if shelf.casefold() in {name.casefold() for name in entry.shelves}]


def _shelves_of(contents: Contents) -> str:
    shelves = dict.fromkeys(name for entry in contents.entries for name in entry.shelves)
    return f"it has {', '.join(list(shelves)[:_MOST_NAMED]) or 'no shelves'}"
