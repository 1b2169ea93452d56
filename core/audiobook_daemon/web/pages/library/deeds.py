"""What a person does about a book: changes a field, locks it, takes a correction back, has it looked up again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import Outcome
from audiobook_daemon.web.answers import Id
from audiobook_daemon.web.api.beginning import TRIGGER
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.library.book import BookAsked

pages = Pages()


class FieldAsked(BookAsked):
    """Which of its fields."""

    field: Annotated[str, Field(max_length=40)]


class ValueAsked(FieldAsked):
    """What the field is to hold."""

    value: Annotated[str, Field(max_length=20_000)] = ""


class CorrectionAsked(BookAsked):
    """Which correction of the book."""

    correction: Id


@pages.does("/library/{book_id}/set")
async def set_field(desk: Desk, asked: ValueAsked) -> Done:
    """Write a value of a person into the library, and lock it."""
    return await _do(desk, "set_field", asked, field=asked.field, value=asked.value)


@pages.does("/library/{book_id}/lock")
async def lock_field(desk: Desk, asked: FieldAsked) -> Done:
    """Let nobody but a person change a field."""
    return await _do(desk, "lock", asked, field=asked.field)


@pages.does("/library/{book_id}/unlock")
async def unlock_field(desk: Desk, asked: FieldAsked) -> Done:
    """Let a field be corrected again."""
    return await _do(desk, "unlock", asked, field=asked.field)


@pages.does("/library/{book_id}/correct")
async def correct_book(desk: Desk, asked: BookAsked) -> Done:
    """Ask the sources about a book now."""
    arguments = {"book": str(asked.book_id), "force": True}
    run = await desk.doors.run_action("correct", arguments, TRIGGER)
    return Done(f"The sources are asked about it now, as run {run}.")


@pages.does("/library/{book_id}/undo")
async def undo_correction(desk: Desk, asked: CorrectionAsked) -> Done:
    """Take a correction back."""
    return _told(await desk.act("undo", correction=asked.correction))


async def _do(desk: Desk, action: str, asked: BookAsked, **more: object) -> Done:
    return _told(await desk.act(action, book=str(asked.book_id), **more))


def _told(outcome: Outcome) -> Done:
    """The sentence of an action, without its name before it."""
    action, colon, rest = outcome.summary.partition(": ")
    sentence = rest if colon and action.isidentifier() else outcome.summary
    return Done(sentence[:1].upper() + sentence[1:])
