"""Which book some files are: a wanted one, or one that names, tags and sources agree on; nothing is guessed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching import Likeness, choose, compare_titles, words
from audiobook_daemon.models import Book, Release, Want, WantState, Wish
from audiobook_daemon.pipeline.adopting.reading import Told, wish_of
from audiobook_daemon.pipeline.describe import is_this
from audiobook_daemon.pipeline.owned import in_library, known_want
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import MetadataProvider

TAKEN_UP = frozenset({WantState.WANTED, WantState.REVIEW, WantState.CHOSEN, WantState.GIVEN_UP, WantState.DROPPED})
"""A want in one of these states, without a download, can be given what a person has."""
_LOOKED_FOR = (WantState.WANTED, WantState.REVIEW, WantState.CHOSEN, WantState.GIVEN_UP)
_MOST_WANTS = 1_000_000
_HOW = "Say which book it is: --title and --author, or --want with its number."


@dataclass(frozen=True, slots=True)
class Recognised:
    """The book, the want of it if there is one already, and why it is this one."""

    wish: Wish
    want: Want | None
    why: str
    by_person: bool = False
    """Whether a person said so; then doubts are theirs."""


async def named(
    world: World, want: int | None, title: str | None, author: str | None, told: Told | None = None
) -> Recognised | None:
    """The book that a person named; None if nothing was said. Raises NotPossible for what cannot be taken up."""
    if want is not None:
        if title or author:
            raise NotPossible("Name a want, or a title with its author, but not both.")
        found = await world.database.wants.get(want)
        if found is None:
            raise NotPossible(f"There is no want {want}; `audiobook-daemon wants` lists them.")
        refuse_busy(found)
        return Recognised(found.wish, found, "a person said so", by_person=True)
    if not title or not title.strip():
        if author:
            raise NotPossible("An author alone names no book; give the title too.")
        return None
    book = Book(title.strip(), (author.strip(),) if author and author.strip() else ())
    if told and not book.authors and told.book and compare_titles(told.book.title, book.title) is Likeness.SAME:
        book = replace(book, authors=told.authors)
    release = told.release("") if told else Release("", "", book.title)
    return await _of_book(world, book, release, "a person said so", by_person=True)


async def open_wants(world: World) -> list[Want]:
    """The wants that may be given something, of which there may be thousands."""
    return list(await world.database.wants.list(_LOOKED_FOR, limit=_MOST_WANTS))


async def recognise(world: World, told: Told, release: Release, wanted: Sequence[Want] | None = None) -> Recognised:
    """Find the book by itself; raises NotPossible with what was read if it is not certain.

    Certain is: the rules would take the release for an open want; or title and author are told, nothing tells of
    another book, and a second witness agrees: the names with the tags, or a source that knows the book. `wanted` are
    the open wants, for whoever asks about many books.
    """
    if told.others:
        raise NotPossible(f"The files are not one book: one says {told.others[0]!r}. {told.sentence()} {_HOW}")
    if found := await _wanted(world, release, await open_wants(world) if wanted is None else wanted):
        if other := told.other_title(found.wish.book):
            raise NotPossible(f"It may be {found.wish.book.title!r}, but the tags say {other!r}. {_HOW}")
        return found
    book = told.book
    if book is None:
        raise NotPossible(f"It is not certain which book this is. {told.sentence()} {_HOW}")
    if other := told.contradiction(book):
        raise NotPossible(f"The names say {other!r}, and the tags {book.title!r}. {_HOW}")
    if why := _names_agree(world, told, book) or await _source_agrees(world, book):
        return await _of_book(world, book, release, why)
    raise NotPossible(f"Only one witness tells which book this is. {told.sentence()} {_HOW}")


def refuse_busy(want: Want) -> None:
    """Raise NotPossible for a want that has its book, or is about to."""
    name = f"{want.wish.book.title!r} (want {want.id})"
    if want.state in {WantState.OWNED, WantState.SHELVED}:
        raise NotPossible(f"{name} is in the library already; `do revive {want.id}` wants it once more.")
    if want.state not in TAKEN_UP or (want.download and want.state is not WantState.DROPPED):
        raise NotPossible(f"{name} has a download already: it is {want.state}. Reject or drop it first.")
    if want.replaces is not None:
        raise NotPossible(
            f"{name} is in the library already, and a better edition is looked for; `do give_up {want.id}` ends that."
        )


async def _wanted(world: World, release: Release, wanted: Sequence[Want]) -> Recognised | None:
    """The open want that the rules would take the release for."""
    said = {word for text in (release.title, *release.authors) for word in words(text)}
    wants = [want for want in wanted if {*words(want.wish.book.title.partition(":")[0])} <= said]
    fitting = await asyncio.to_thread(_fitting, world, wants, release)
    if len(fitting) > 1:
        numbers = " and ".join(str(want.id) for want in fitting)
        raise NotPossible(f"It fits the wants {numbers} equally well. {_HOW}")
    if not fitting:
        return None
    refuse_busy(fitting[0])
    return Recognised(fitting[0].wish, fitting[0], "it is wanted, and names or tags say that it is this book")


def _fitting(world: World, wants: Sequence[Want], release: Release) -> list[Want]:
    rules = world.settings.rules
    return [want for want in wants if choose(want.wish, (_bare(release),), rules).chosen is not None]


def _bare(release: Release) -> Release:
    """What is there already is not judged by its size."""
    return replace(release, size=None)


def _names_agree(world: World, told: Told, book: Book) -> str | None:
    """Whether the names alone would do for the book that the tags tell of, by the rules for releases."""
    if told.said is None or not told.said.claims.title:
        return None
    release = Told(told.name, told.claims).release("")
    wish = wish_of(book, told.release(""))
    chosen = choose(wish, (replace(release, audio=True),), world.settings.rules).chosen
    return "names and tags agree" if chosen else None


async def _source_agrees(world: World, book: Book) -> str | None:
    """Whether a source knows a book of this title by this author."""
    answers = await world.host.ask(MetadataProvider.describe, book=book)
    for given in answers.given:
        if any(is_this(book, facts) for facts in given.value):
            return f"{given.instance} knows it"
    return None


async def _of_book(world: World, book: Book, release: Release, why: str, *, by_person: bool = False) -> Recognised:
    wish = wish_of(book, release)
    if known := await known_want(world, book):
        if not by_person and known.state is WantState.DROPPED:
            raise NotPossible(
                f"{book.title!r} was dropped (want {known.id}); name the want to take it in all the same."
            )
        refuse_busy(known)
        if not by_person and not _fitting(world, [known], release):
            choice = choose(known.wish, (_bare(release),), world.settings.rules)
            raise NotPossible(f"It may be want {known.id}, but: {choice.reason} Name the want to take it all the same.")
        return Recognised(known.wish, known, why, by_person=by_person)
    if item := await in_library(world, wish):
        where = f"is in the library already ({item.library}, {item.path or item.id})" if item.library else "is owned"
        raise NotPossible(f"{book.title!r} {where}.")
    return Recognised(wish, None, why, by_person=by_person)
