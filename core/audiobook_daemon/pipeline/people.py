"""What a person may say to a want: accept, reject, give up, drop, revive, search again; the person always wins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from audiobook_daemon.actions.kinds import Id, Words
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Book, Outcome, Release, Want, WantState, Wish
from audiobook_daemon.pipeline.blocked import blocked_among
from audiobook_daemon.pipeline.choose import MANUAL
from audiobook_daemon.pipeline.engine import REJECTED, entering, next_candidate, put_aside
from audiobook_daemon.pipeline.gather import want_book
from audiobook_daemon.pipeline.named import book_by_id, checked_ids
from audiobook_daemon.pipeline.possible import ACCEPTABLE, REJECTABLE, REVIVABLE, SEARCHABLE
from audiobook_daemon.pipeline.returning.standing import KEPT, where_it_was
from audiobook_daemon.pipeline.review import may_not_be_taken
from audiobook_daemon.pipeline.verify import RUNTIME_UNKNOWN
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import Candidate, Conflict, WantChanges

Candidacy = Annotated[int, Field(ge=1, le=1000)]
"""The number of a candidate."""
_TRIES = 5


class NotPossible(AudiobookDaemonError):
    """A want cannot do what is asked of it in its state; the text says why."""


class UnknownWant(NotPossible):
    """There is no want with this id."""


class People:
    """The commands for single wants; each returns an Outcome and raises NotPossible."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def want(
        self,
        title: Words,
        author: Words | None = None,
        asin: Words | None = None,
        isbn: Words | None = None,
        narrator: Words | None = None,
    ) -> Outcome:
        """Want a book by title and, better, author; it is searched at the next `choose`.

        The title may be empty if there is an ASIN or ISBN: the sources are asked then what it is.
        """
        book = await self._book(title, author or "", *checked_ids(asin, isbn))
        narrators = (narrator.strip(),) if narrator and narrator.strip() else ()
        want, created = await want_book(self._world, Wish(book, origin=MANUAL, narrators=narrators))
        title = book.title
        if created and want.state is WantState.OWNED:
            said = f"is owned already ({want.library})"
        else:
            said = "is wanted now" if created else f"is known already ({want.state})"
        wanted = created and want.state is WantState.WANTED
        return Outcome(f"{title} {said}, as want {want.id}.", 1, int(wanted), data={"id": want.id})

    async def _book(self, title: str, author: str, asin: str | None, isbn: str | None) -> Book:
        if title.strip():
            authors = (author.strip(),) if author.strip() else ()
            return Book(title.strip(), authors, isbn=isbn, asin=asin)
        if asin is None and isbn is None:
            raise NotPossible("A book needs a title.")
        return await book_by_id(self._world, asin, isbn)

    async def accept(self, want: Id, candidate: Candidacy | None = None) -> Outcome:
        """Take the release that is shown for review, or the candidate of this number, as `explain` counts them.

        What was downloaded already goes on to the shelf.
        """

        async def change(current: Want) -> WantChanges:
            meant = await self._meant(current, candidate, "accept", ACCEPTABLE)
            await self._refuse_forbidden(current, meant)
            reason = f"A person accepted {_offer(meant.release)}."
            shown = meant.release == current.release
            heard = shown and current.code == RUNTIME_UNKNOWN
            state = WantState.VERIFIED if heard else WantState.CHOSEN
            changes = entering(state, "accepted", reason) if shown else next_candidate("accepted", reason)
            changes["state"], changes["release"], changes["approved"] = state, meant.release, True
            return changes

        return await change_want(self._world, want, change, "is accepted")

    async def reject(self, want: Id, candidate: Candidacy | None = None) -> Outcome:
        """Refuse the release that is shown for review, or the candidate of this number; another one is looked for."""

        async def change(current: Want) -> WantChanges:
            release = (await self._meant(current, candidate, "reject", REJECTABLE)).release
            refused = current if release == current.release else replace(current, release=release, download=None)
            return await put_aside(self._world, refused, REJECTED, f"A person rejected {_offer(release)}.")

        return await change_want(self._world, want, change, "is rejected; another release is looked for")

    async def give_up(self, want: Id) -> Outcome:
        """Look for a book no longer; it stays on the list and can be revived."""

        async def change(current: Want) -> WantChanges:
            if current.state not in REJECTABLE:
                raise NotPossible(f"{name_of(current)} cannot be given up: it is {current.state}.")
            if current.replaces is not None:
                return where_it_was(current, KEPT, "A person called the search for a better edition off.")
            changes = next_candidate("given_up", "A person gave it up.")
            changes["state"] = WantState.GIVEN_UP
            return changes

        return await change_want(self._world, want, change, "is given up")

    async def drop(self, want: Id) -> Outcome:
        """Want a book no longer; a running download is left to its client."""

        async def change(current: Want) -> WantChanges:
            if current.state is WantState.SHELVED:
                raise NotPossible(
                    f"{name_of(current)} is on the shelf already; `undo --want {current.id}` takes it out again."
                )
            if current.replaces is not None:
                return where_it_was(current, KEPT, "A person called the search for a better edition off.")
            return entering(WantState.DROPPED, "dropped", "A person dropped it.")

        return await change_want(self._world, want, change, "is dropped")

    async def revive(self, want: Id) -> Outcome:
        """Want a book again, from the beginning, that was dropped, given up, owned, or is gone from the library."""

        async def change(current: Want) -> WantChanges:
            gone = current.state is WantState.SHELVED and await self._gone(current)
            if not gone and current.state not in REVIVABLE:
                raise NotPossible(f"{name_of(current)} needs no reviving: it is {current.state}.")
            changes = next_candidate("revived", "A person wants it again.")
            changes["attempts"], changes["library"], changes["item"] = 0, None, None
            changes["replaces"] = None  # any edition is welcome now, not just a better one
            return changes

        return await change_want(self._world, want, change, "is wanted again")

    async def search_again(self, want: Id) -> Outcome:
        """Search for a book at the next `choose`, whatever it was waiting for."""

        async def change(current: Want) -> WantChanges:
            if current.state not in SEARCHABLE:
                raise NotPossible(f"{name_of(current)} is past searching: it is {current.state}.")
            return next_candidate("search_again", "A person asked for a new search.")

        return await change_want(self._world, want, change, "is searched again")

    async def _meant(self, want: Want, number: int | None, verb: str, states: Collection[WantState]) -> Candidate:
        """The candidate a person means; without a number it is the release that is shown for review."""
        if number is None and want.state is WantState.REVIEW and want.release is not None:
            return Candidate(want.release)
        if number is None or want.state not in states:
            raise NotPossible(f"{name_of(want)} has nothing to {verb}: it is {want.state}.")
        decisions = await self._world.database.decisions.for_want(want.id, limit=1)
        candidates = decisions[0].candidates if decisions else ()
        if number > len(candidates):
            has = f"candidates 1 to {len(candidates)}" if candidates else "no candidates"
            raise NotPossible(f"{name_of(want)} has {has}; `audiobook-daemon explain {want.id}` lists them.")
        return candidates[number - 1]

    async def _refuse_forbidden(self, want: Want, candidate: Candidate) -> None:
        """A person may take what the rules would not, but nothing that failed before and nothing without sound."""
        forbidden = may_not_be_taken(candidate)
        known = await self._world.database.blocklist.for_want(want.id)
        for blocked in blocked_among((candidate.release,), known).values():
            forbidden = f"it was tried before: {blocked.reason.rstrip('.')}"
        if forbidden:
            raise NotPossible(f"{_offer(candidate.release)} cannot be taken: {forbidden}.")

    async def _gone(self, want: Want) -> bool:
        """Whether the library no longer holds what was shelved."""
        item = await self._world.database.books.get(want.library or "", want.item or "")
        return item is None or item.missing


async def change_want(
    world: World, want_id: int, change: Callable[[Want], Awaitable[WantChanges]], said: str
) -> Outcome:
    """Change a want on a person's word, who wins over whatever works on it; `change` is asked anew if it was faster.

    Raises UnknownWant, and what `change` raises.
    """
    for attempt in range(_TRIES):
        current = await world.database.wants.get(want_id)
        if current is None:
            raise UnknownWant(f"There is no want {want_id}; `audiobook-daemon wants` lists them.")
        try:
            changed = await world.database.wants.change(current, **await change(current))
        except Conflict:
            if attempt == _TRIES - 1:
                raise
            continue
        world.tell(changed, current.state)
        break
    return Outcome(f"{name_of(changed)} {said}.", 1, 1, data={"id": want_id, "state": changed.state.value})


def _offer(release: Release) -> str:
    return f"{release.title!r} ({release.source} {release.key})"


def name_of(want: Want) -> str:
    """How a want is called where a person reads it."""
    return f"{want.wish.book.title!r} (want {want.id})"
