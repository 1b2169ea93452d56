"""Gather: wishes become wants, unless the book is owned or on its way."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching import book_key, no_single_book
from audiobook_daemon.models import Outcome, Want, WantState, Wish
from audiobook_daemon.pipeline.owned import in_library, known_want, owned
from audiobook_daemon.pipeline.sync import read_library
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import ImportList
from audiobook_daemon.store import WantFields

_log = logging.getLogger(__name__)


class UnknownList(AudiobookDaemonError):
    """No import list has this name."""


@dataclass(slots=True)
class Tally:
    """What gathering has found, counted as it goes."""

    added: dict[str, Want] = field(default_factory=dict)
    """By their keys."""
    owned: int = 0
    known: int = 0
    unfit: int = 0
    beyond: int = 0
    taken: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """The keys of the books that fill the quota of a list; one that is listed twice fills one place."""


async def gather(
    world: World, only: Collection[str] = (), without: Collection[str] = (), *, dry_run: bool = False
) -> Outcome:
    """Ask the import lists and turn what is new into wants.

    A list with a quota is walked down, past owned books, until its quota is filled; a book that is already on its way
    fills a place, so that gathering twice wants nothing twice. Collections, summaries and dramatisations rank high in
    such lists and are passed over.
    """
    lists = world.host.playing(ImportList)
    if unknown := sorted(set(only) - set(lists)):
        raise UnknownList(f"{', '.join(unknown)} is no import list. Import lists: {', '.join(lists) or 'none'}.")
    await read_library(world)
    asked = [name for name in lists if name not in without and (not only or name in only)]
    answers = await world.host.ask_among(asked, ImportList.wishes)
    tally = Tally()
    for given in answers.given:
        await _take(world, given.instance, given.value, tally, dry_run=dry_run)
    silent = answers.silent
    for item in silent:
        _log.warning("%s could not say what it wishes: %s", item.instance, item.reason)
    verb = "would be wanted" if dry_run else "wanted"
    parts = [f"{len(tally.added)} new books {verb}", f"{tally.owned} owned", f"{tally.known} already known"]
    if tally.unfit:
        parts.append(f"{tally.unfit} passed over as collection, summary or dramatisation")
    if silent:
        parts.append(f"{', '.join(item.instance for item in silent)} could not answer")
    return Outcome(
        summary=f"gather: {', '.join(parts)}.",
        processed=len(tally.added) + tally.owned + tally.known,
        succeeded=len(tally.added),
        failed=len(silent),
        data=[
            {"title": want.wish.book.title, "authors": list(want.wish.book.authors)} for want in tally.added.values()
        ],
    )


async def want_book(world: World, wish: Wish) -> tuple[Want, bool]:
    """Want one book that a person asked for; returns the want and whether it is new.

    A book that the library holds, as far as was last read, becomes a want that is OWNED: it can be revived.
    """
    if known := await known_want(world, wish.book):
        return known, False
    item = await in_library(world, wish)
    more = owned(item) if item else WantFields()
    want, created = await world.database.wants.add(book_key(wish.book), wish, **more)
    if created:
        world.tell(want, None)
    return want, created


async def _take(world: World, origin: str, wishes: Sequence[Wish], tally: Tally, *, dry_run: bool) -> None:
    for given in wishes:
        wish = replace(given, origin=origin)
        place = (origin, wish.quota.name) if wish.quota else None
        if wish.quota and place and len(tally.taken[place]) >= wish.quota.count:
            tally.beyond += 1
            continue
        if wish.quota and no_single_book(wish.book):
            tally.unfit += 1
            continue
        if known := await known_want(world, wish.book, tally.added.values()):
            tally.known += 1
            if place and known.state.open:
                tally.taken[place].add(known.key)
            continue
        if await in_library(world, wish):
            tally.owned += 1
            continue
        key = book_key(wish.book)
        if dry_run:
            want = Want(0, key, wish, WantState.WANTED, 0)
        else:
            want, _ = await world.database.wants.add(key, wish)
            world.tell(want, None)
        tally.added[key] = want
        if place:
            tally.taken[place].add(key)
