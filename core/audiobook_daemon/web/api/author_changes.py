"""What people say of authors: they write them down, correct them, count them anew, delete them."""

from __future__ import annotations

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked
from audiobook_daemon.web.api.authors import AuthorAsked, AuthorTold, author_told, the_author
from audiobook_daemon.web.api.beginning import TRIGGER, Begun, begun
from audiobook_daemon.web.api.changing import (
    DifferenceTold,
    ForgottenTold,
    Total,
    changes_between,
    number_in,
    statements,
)
from audiobook_daemon.web.api.standings import CompletionTold, completion_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.words import Title, Word

operations = Operations("authors", "/authors")
_SAID = {"name": "name", "goodreads_id": "goodreads", "google_books_id": "google_books", "total_books": "total"}


class AuthorAdded(Asked):
    """An author as a person knows the name."""

    name: Title
    goodreads_id: Word | None = None
    google_books_id: Word | None = None
    total_books: Total | None = None


class AuthorCorrected(AuthorAsked):
    """What a person knows better; null takes back what was said before."""

    name: Title | None = None
    goodreads_id: Word | None = None
    google_books_id: Word | None = None
    total_books: Total | None = None


class AuthorCorrectedTold(Answered):
    """What has changed, and how the author stands."""

    changes: list[DifferenceTold]
    author: AuthorTold


@operations.add(
    "POST",
    "",
    scope=Scope.ACT,
    status=201,
    number=22,
    errors=(409,),
    example={"name": "L. Frank Baum", "total_books": 60},
)
async def add_author(desk: Desk, asked: AuthorAdded) -> AuthorTold:
    """Write down an author; what is owned is counted at once."""
    outcome = await desk.act(
        "add_author",
        name=asked.name,
        total=asked.total_books,
        goodreads=asked.goodreads_id,
        google_books=asked.google_books_id,
    )
    return author_told(await the_author(desk, number_in(outcome)))


@operations.add(
    "PUT",
    "/{author_id}",
    scope=Scope.ACT,
    number=23,
    errors=(404, 409),
    example={"author_id": 1, "total_books": 60},
)
async def correct_author(desk: Desk, asked: AuthorCorrected) -> AuthorCorrectedTold:
    """Say what you know better of an author; it is counted anew, and outlasts every recount."""
    said = statements(asked, _SAID)
    before = await the_author(desk, asked.author_id)
    await desk.act("correct_author", author=asked.author_id, **said)
    after = await the_author(desk, asked.author_id)
    return AuthorCorrectedTold(changes=changes_between(before, after, _SAID), author=author_told(after))


@operations.add("DELETE", "/{author_id}", scope=Scope.ADMIN, number=24, errors=(404, 409), example={"author_id": 1})
async def forget_author(desk: Desk, asked: AuthorAsked) -> ForgottenTold:
    """Delete an author with all that was said of the name and of missing books; owned books bring it back."""
    found = await the_author(desk, asked.author_id)
    follows = await desk.database.follows.all()
    followed = any(one.kind == "author" and one.key == found.key for one in follows)
    await desk.act("forget_author", author=asked.author_id)
    return ForgottenTold(id=asked.author_id, name=found.name, comes_back=found.owned > 0 or followed)


@operations.add(
    "PUT",
    "/{author_id}/recalculate-completion",
    scope=Scope.ACT,
    number=29,
    errors=(404, 409),
    example={"author_id": 1},
)
async def recount_author(desk: Desk, asked: AuthorAsked) -> CompletionTold:
    """Count an author anew by what is owned and known, and tell the new figures."""
    await the_author(desk, asked.author_id)
    await desk.act("recount_author", author=asked.author_id)
    return completion_told(await the_author(desk, asked.author_id))


@operations.add(
    "POST", "/{author_id}/look-up", scope=Scope.ACT, status=202, errors=(404, 409), example={"author_id": 1}
)
async def look_up_author(desk: Desk, asked: AuthorAsked) -> Begun:
    """Begin to ask the sources what an author has written, and to want what is missing as the rules say."""
    found = await the_author(desk, asked.author_id)
    name, arguments = "author_completion", {"author": found.key}
    return await begun(name, desk.doors.run_action(name, arguments, TRIGGER, key=desk.key))
