"""One author: the books that are owned, and those that are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from audiobook_daemon.store import Stated
from audiobook_daemon.web.api.authors import AuthorAsked, AuthorWhole, get_author, the_author
from audiobook_daemon.web.api.beginning import TRIGGER
from audiobook_daemon.web.api.changing import Total
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.cards import Card, card
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.words import Word

pages = Pages()
_WORDS: Final = ("total", "goodreads", "google_books")


class StatedAsked(AuthorAsked):
    """What a person says of an author."""

    total: Total | None = None
    goodreads: Word | None = None
    google_books: Word | None = None


@dataclass(frozen=True, slots=True)
class AuthorView:
    """All that the page shows."""

    author: AuthorWhole
    stated: Stated
    """What a person says of the author."""
    cards: tuple[Card, ...]
    """The owned books by title."""


@pages.shows("/authors/{author_id}", template="author.html.j2", title="Author")
async def show_author(desk: Desk, asked: AuthorAsked) -> Mapping[str, object]:
    """Show an author's books."""
    whole = await get_author(desk, asked)
    books = await desk.database.book_lists.some([book.id for book in whole.books])
    stated = (await the_author(desk, asked.author_id)).stated
    return {"title": whole.name, "view": AuthorView(whole, stated, tuple(map(card, books)))}


@pages.does("/authors/{author_id}/complete")
async def complete_author(desk: Desk, asked: AuthorAsked) -> Done:
    """Ask the sources what an author has written, and want what is missing."""
    author = await the_author(desk, asked.author_id)
    run = await desk.doors.run_action("author_completion", {"author": author.key}, TRIGGER)
    return Done(f"{author.name} is looked up now, as run {run}.")


@pages.does("/authors/{author_id}/stated")
async def state_of_author(desk: Desk, asked: StatedAsked) -> Done:
    """Say how many books there are and who the author is elsewhere; an empty field takes back what was said in it."""
    said = {word: getattr(asked, word) for word in _WORDS}
    given = {word: value for word, value in said.items() if value is not None}
    forget = [word for word in _WORDS if word not in given]
    outcome = await desk.act("correct_author", author=asked.author_id, **given, forget=forget)
    return Done(outcome.summary)


@pages.does("/authors/{author_id}/follow")
async def follow_author(desk: Desk, asked: AuthorAsked) -> Done:
    """Want every book of an author from now on."""
    author = await the_author(desk, asked.author_id)
    return Done((await desk.act("follow", author=author.name)).summary)


@pages.does("/authors/{author_id}/unfollow")
async def unfollow_author(desk: Desk, asked: AuthorAsked) -> Done:
    """Follow an author no longer."""
    author = await the_author(desk, asked.author_id)
    return Done((await desk.act("unfollow", name=author.name)).summary)
