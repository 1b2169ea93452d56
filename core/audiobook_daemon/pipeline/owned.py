"""Whether a wished book is there already: on a shelf, or on its way with another want."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.matching import GateRules, book_key, compare_books, gates, is_same_book
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity import read
from audiobook_daemon.models import Book, LibraryItem, Release, Want, WantState, Wish
from audiobook_daemon.pipeline.engine import next_candidate
from audiobook_daemon.pipeline.ladder import nobody
from audiobook_daemon.pipeline.marks import beginnings, id_marks, ids, title_marks
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.store import WantChanges, WantFields

ON_ITS_WAY = "on_its_way"
_ONE_WORK = frozenset({Likeness.SAME, Likeness.SAME_EDITION, Likeness.SAME_WORK})
_OTHER_EDITION = frozenset({"abridged", "derived", "dramatised", "language", "part"})
_WAY = (
    {WantState.WANTED, WantState.REVIEW},
    {WantState.CHOSEN},
    {WantState.DOWNLOADING},
    {WantState.DOWNLOADED},
    {WantState.VERIFIED},
)
"""How far a want has come."""
_PATIENCE = timedelta(days=1)


async def settled(world: World, want: Want) -> WantChanges | None:
    """What becomes of a want whose book is there already or on its way with another want; None if it is neither.

    The library itself is asked, for people add and remove books by hand. Raises Unavailable when it cannot answer and
    was never read: unknown is not "not owned".
    """
    if item := await in_library(world, want.wish, ask=True):
        return WantChanges(wish=want.wish, **owned(item), faults=0, next_try=None, release=None, proposals=())
    if other := await _ahead(world, want):
        reason = f"Want {other.id}, the same book, is {other.state.value}; it is looked at again when that has ended."
        changes = next_candidate(ON_ITS_WAY, reason)
        changes["next_try"] = world.now() + _PATIENCE
        return changes
    return None


def owned(item: LibraryItem) -> WantFields:
    """What is said of a want whose book is this item."""
    if not item.library:
        reason = "It was written down as owned elsewhere."
        return WantFields(state=WantState.OWNED, code="owned", reason=reason, library=None, item=None, folder=None)
    return WantFields(
        state=WantState.OWNED,
        code="owned",
        reason=f"{item.library} holds it already.",
        library=item.library,
        item=item.id,
        folder=item.path,
    )


async def in_library(world: World, wish: Wish, *, ask: bool = False) -> LibraryItem | None:
    """The library item that satisfies a wish, as far as was last read; with `ask`, as the libraries say now.

    What was last read counts only for a library that cannot answer, and what people have written down counts always.
    Raises Unavailable as `settled` does.
    """
    books = world.database.books
    marks = (*id_marks(wish.book), *title_marks(wish.book))
    held = [*await books.owned(beginnings(wish.book)), *await books.marked(marks)]
    if ask:
        answers = await world.host.ask(Library.find, book=wish.book)
        found = await _first(world, wish, (item for items in answers.values for item in items))
        if found is None:
            found = await _first(world, wish, (item for item in held if not item.library))
        if found or not answers.silent:
            return found
        if not await world.database.books.count():
            raise Unavailable(nobody(answers.silent))
    return await _first(world, wish, held)


async def known_want(world: World, book: Book, added: Iterable[Want] = ()) -> Want | None:
    """The want of the same work, whatever its state and under whatever spelling or id it came; `added` come first."""
    wants = world.database.wants
    found = (*added, *await wants.beginning(beginnings(book)), *await wants.with_ids(ids(book)))
    return next((want for want in found if same_wish(book, want.wish.book)), None)


def same_wish(one: Book, other: Book) -> bool:
    """Whether two records are surely one wish: the key or an id in common, or title and author under any title."""
    return book_key(one) == book_key(other) or is_same_book(one, other)


def satisfies(wish: Wish, item: LibraryItem, rules: GateRules) -> bool:
    """Whether an item is the wished work in an edition that would do: whole, as written, in the language."""
    book = item.book
    if compare_books(wish.book, book) not in _ONE_WORK and book_key(wish.book) != book_key(book):
        return False
    title = f"{book.title}: {book.subtitle}" if book.subtitle else book.title
    shown = Release(
        item.library,
        item.id,
        title,
        book.authors,
        item.narrators,
        book.series,
        book.language,
        abridged=item.abridged,
    )
    return not any(verdict.code in _OTHER_EDITION for verdict in gates(wish, read(shown), rules))


async def _ahead(world: World, want: Want) -> Want | None:
    """Another want of the same book that is further, or came earlier."""
    wants = world.database.wants
    book = want.wish.book
    for other in (*await wants.beginning(beginnings(book)), *await wants.with_ids(ids(book))):
        if _came(other) > _came(want) and _would_do(want.wish, other.wish):
            return other
    return None


def _came(want: Want) -> tuple[int, int]:
    """How far a want has come; of two that came equally far the older one is ahead."""
    return next((place for place, states in enumerate(_WAY) if want.state in states), -1), -want.id


def _would_do(wish: Wish, other: Wish) -> bool:
    """Whether what is brought for the other wish is surely welcome here."""
    laxer = (other.abridged and not wish.abridged) or (other.dramatised and not wish.dramatised)
    return not laxer and wish.languages == other.languages and same_wish(wish.book, other.book)


async def _first(world: World, wish: Wish, items: Iterable[LibraryItem]) -> LibraryItem | None:
    for item in items:
        if satisfies(wish, item, world.settings.rules.gates) and not await _was_taken_out(world, item):
            return item
    return None


async def _was_taken_out(world: World, item: LibraryItem) -> bool:
    """Whether a person took it out: a library keeps the items of folders that are gone."""
    if await world.database.trash.of_item(item.library, item.id) is None:
        return False
    return item.missing or item.path is None or not await asyncio.to_thread(Path(item.path).exists)
