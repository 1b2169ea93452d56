"""What a person may say to a want: each is an action of the one table, and a run of the history."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

from pydantic import Field

from audiobook_daemon.doors import BookWish, Repeated
from audiobook_daemon.models import Want
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.api.wants import WantAsked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import BadRequest
from audiobook_daemon.web.told.wants import WantTold, want_told
from audiobook_daemon.web.words import Title, Word

operations = Operations("wants", "/wants")
_ONE = {"want_id": 1}


class BookAsked(Asked):
    """A book, by its title or by an ASIN or ISBN alone."""

    title: Title | None = None
    author: Title | None = None
    narrator: Title | None = None
    """The reader that is liked best."""
    asin: Word | None = None
    isbn: Word | None = None


class CandidateAsked(WantAsked):
    """Which want, and which of its candidates."""

    candidate: Annotated[int, Field(ge=1, le=1000)] | None = None
    """The number that the explanation gives it; without one the release that is shown for review."""


@operations.add(
    "POST",
    "",
    scope=Scope.ACT,
    status=201,
    errors=(409,),
    example={"title": "Persuasion", "author": "Jane Austen"},
)
async def add_want(desk: Desk, asked: BookAsked) -> WantTold:
    """Want a book; one that is known already is told as it stands, and nothing is doubled."""
    if not (asked.title or asked.asin or asked.isbn):
        raise BadRequest("A book needs a title, or an ASIN or ISBN.")
    wish = BookWish(asked.title, asked.author, asked.narrator, asked.asin, asked.isbn)
    try:
        want = await desk.doors.request_book(wish, key=desk.key)
    except Repeated:
        want = await desk.doors.request_book(wish)  # it is known by now, and told as it stands
    return want_told(want)


@operations.add("POST", "/{want_id}/accept", scope=Scope.ACT, errors=(404, 409), example={**_ONE, "candidate": 1})
async def accept_release(desk: Desk, asked: CandidateAsked) -> WantTold:
    """Take the release that is shown for review, or one of the candidates."""
    return await _as_it_stands(desk.doors.approve(asked.want_id, asked.candidate, key=desk.key))


@operations.add("POST", "/{want_id}/reject", scope=Scope.ACT, errors=(404, 409), example={**_ONE, "candidate": 2})
async def reject_release(desk: Desk, asked: CandidateAsked) -> WantTold:
    """Refuse the release that is shown for review, or one of the candidates; another one is looked for."""
    return await _as_it_stands(desk.doors.reject(asked.want_id, asked.candidate, key=desk.key))


@operations.add("POST", "/{want_id}/search", scope=Scope.ACT, errors=(404, 409), example=_ONE)
async def search_want(desk: Desk, asked: WantAsked) -> WantTold:
    """Search for a book at the next choosing, whatever it waits for."""
    return await _as_it_stands(desk.doors.search_want(asked.want_id, key=desk.key))


@operations.add("POST", "/{want_id}/give-up", scope=Scope.ACT, errors=(404, 409), example=_ONE)
async def give_up_want(desk: Desk, asked: WantAsked) -> WantTold:
    """Look for a book no longer; it stays on the list and can be revived."""
    return await _as_it_stands(desk.doors.give_up_want(asked.want_id, key=desk.key))


@operations.add("POST", "/{want_id}/drop", scope=Scope.ACT, errors=(404, 409), example=_ONE)
async def drop_want(desk: Desk, asked: WantAsked) -> WantTold:
    """Want a book no longer; no list brings it back, and a running download is left to its client."""
    return await _as_it_stands(desk.doors.drop_want(asked.want_id, key=desk.key))


@operations.add("POST", "/{want_id}/revive", scope=Scope.ACT, errors=(404, 409), example={"want_id": 6})
async def revive_want(desk: Desk, asked: WantAsked) -> WantTold:
    """Want a book again, from the beginning, that was dropped, given up, owned, or is gone from the library."""
    return await _as_it_stands(desk.doors.revive_want(asked.want_id, key=desk.key))


async def _as_it_stands(answer: Awaitable[Want]) -> WantTold:
    """What came of a command; asked for again with its key it is not done again, and the want is told all the same."""
    try:
        return want_told(await answer)
    except Repeated as error:
        if error.want is None:
            raise
        return want_told(error.want)
