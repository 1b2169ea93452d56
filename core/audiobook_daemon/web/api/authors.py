"""The authors: what there is of each, and how much of it is owned."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.matching import author_key
from audiobook_daemon.store import AuthorStanding, Completion, GapKind, Order
from audiobook_daemon.upkeep.completion.alone import Alone, author_alone
from audiobook_daemon.web.answers import MOST, Asked, Id, Nothing, Page, Paging
from audiobook_daemon.web.api.follow_values import FollowTold, follow_told
from audiobook_daemon.web.api.gap_values import OPEN, GapTold, gap_told
from audiobook_daemon.web.api.standings import (
    CompletionTold,
    OwnedBook,
    StandingTold,
    SummaryTold,
    book_told,
    completion_told,
    standing_values,
    summary_told,
)
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.words import Words

operations = Operations("authors", "/authors")


class AuthorTold(StandingTold):
    """An author, in a few words."""

    favourite: bool
    """Whether so much is owned that the author is looked after."""


class AuthorWhole(AuthorTold):
    """An author with the books that are owned, and those that are not."""

    books: list[OwnedBook]
    """By title."""
    missing_books: list[GapTold]
    """What is missing and not ignored, the most urgent first, 500 at most; `/api/gaps` has all."""
    follow: FollowTold | None
    """By which rule the author is followed, if so."""


class AuthorSummaryTold(SummaryTold):
    """All authors in numbers."""

    favourites: int
    """Authors of whom so much is owned that they are looked after."""


class AuthorListAsked(Paging):
    """Which authors."""

    completion_status: Completion | None = None
    search: Words | None = None
    """A part of the name."""
    order: Order = Order.MOST_OWNED


class FavouritesAsked(Paging):
    """From how many owned books on."""

    min_books: Annotated[int, Field(ge=1, le=2**31 - 1)] = 2


class AuthorAsked(Asked):
    """Which one."""

    author_id: Id


@operations.add("GET", "", number=20, example={"limit": 10})
async def list_authors(desk: Desk, asked: AuthorListAsked) -> Page[AuthorTold]:
    """List authors, those of whom most is owned first."""
    authors, statuses = desk.database.authors, [asked.completion_status] if asked.completion_status else None
    key = author_key(asked.search) if asked.search else None
    found = await authors.list(
        statuses, order=asked.order, limit=asked.limit, offset=asked.offset, name=asked.search, key=key
    )
    total = await authors.count(statuses, name=asked.search, key=key)
    return Page(list(map(author_told, found)), total, asked.limit, asked.offset)


@operations.add("GET", "/favorites", number=27, example={"min_books": 2})
async def list_favourite_authors(desk: Desk, asked: FavouritesAsked) -> Page[AuthorTold]:
    """List the authors of whom at least so many books are owned, the most owned first."""
    authors, least = desk.database.authors, asked.min_books
    found = await authors.list(order=Order.MOST_OWNED, limit=asked.limit, offset=asked.offset, owned=least)
    return Page(list(map(author_told, found)), await authors.count(owned=least), asked.limit, asked.offset)


@operations.add("GET", "/completion-summary", number=28)
async def summarise_authors(desk: Desk, asked: Nothing) -> AuthorSummaryTold:
    """Tell how complete all authors are together."""
    del asked
    authors, least = desk.database.authors, desk.lent.configuration().authors.least_owned
    told = summary_told(await authors.summary())
    return AuthorSummaryTold(**told.model_dump(), favourites=await authors.count(owned=least))


@operations.add("GET", "/{author_id}", number=21, errors=(404,), example={"author_id": 1})
async def get_author(desk: Desk, asked: AuthorAsked) -> AuthorWhole:
    """Tell everything about an author: the books that are owned, and those that are missing."""
    standing = await the_author(desk, asked.author_id)
    alone = await author_alone(desk.database, standing)
    missing = await desk.database.gaps.list(OPEN, kind=GapKind.AUTHOR, owner=standing.key, limit=MOST)
    follow = alone.subject.follow
    return AuthorWhole(
        **author_told(standing).model_dump(),
        books=_books(alone),
        missing_books=list(map(gap_told, missing)),
        follow=follow_told(follow) if follow else None,
    )


@operations.add("GET", "/{author_id}/books", number=25, errors=(404,), example={"author_id": 1})
async def list_books_of_author(desk: Desk, asked: AuthorAsked) -> list[OwnedBook]:
    """List the owned books of an author by title."""
    return _books(await author_alone(desk.database, await the_author(desk, asked.author_id)))


@operations.add("GET", "/{author_id}/completion", number=26, errors=(404,), example={"author_id": 1})
async def get_author_completion(desk: Desk, asked: AuthorAsked) -> CompletionTold:
    """Tell how much of an author is owned."""
    return completion_told(await the_author(desk, asked.author_id))


async def the_author(desk: Desk, author_id: int) -> AuthorStanding:
    """Return an author without the works; raises NotFound."""
    if found := await desk.database.authors.get(author_id, brief=True):
        return found
    raise NotFound(f"There is no author {author_id}.")


def author_told(one: AuthorStanding) -> AuthorTold:
    """Tell of an author in a few words."""
    return AuthorTold.model_validate({**standing_values(one), "favourite": one.favourite})


def _books(alone: Alone[AuthorStanding]) -> list[OwnedBook]:
    items = sorted(alone.subject.items, key=lambda item: (item.book.title.casefold(), item.library, item.id))
    return [book_told(item, alone.row(item)) for item in items]
