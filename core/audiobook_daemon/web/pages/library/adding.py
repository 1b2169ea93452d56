"""Writes down a book that one owns elsewhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import Outcome
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages

pages = Pages()
Text = Annotated[str, Field(min_length=1, max_length=200)]


class OwnedAsked(Asked):
    """The book, as far as one knows it."""

    title: Text
    author: Text | None = None
    narrator: Text | None = None
    series: Text | None = None
    series_number: Text | None = None
    isbn: Text | None = None
    asin: Text | None = None


@pages.does("/library")
async def add_owned(desk: Desk, asked: OwnedAsked) -> Done:
    """Let a book count as owned, so that it is never fetched."""
    outcome = await desk.act("add_book", **asked.model_dump(exclude_none=True))
    number = outcome.data.get("id") if isinstance(outcome.data, dict) else None
    return Done(sentence_of(outcome), f"/library/{number}" if number else None)


def sentence_of(outcome: Outcome) -> str:
    """Return what an action says it did, without its name before it."""
    action, colon, rest = outcome.summary.partition(": ")
    sentence = rest if colon and action.isidentifier() else outcome.summary
    return sentence[:1].upper() + sentence[1:]
