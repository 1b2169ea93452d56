"""What a person does about a book: changes a field, locks it, takes a correction back, has it looked up again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from audiobook_daemon.models import BookStatus, Outcome
from audiobook_daemon.web.answers import Id
from audiobook_daemon.web.api.beginning import TRIGGER
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.library.adding import sentence_of
from audiobook_daemon.web.pages.library.book import BookAsked

pages = Pages()


class FieldAsked(BookAsked):
    """Which of its fields."""

    field: Annotated[str, Field(max_length=40)]


class ValueAsked(FieldAsked):
    """What the field is to hold."""

    value: Annotated[str, Field(max_length=20_000)] = ""


class SourceAsked(FieldAsked):
    """Whose statement about it."""

    source: Annotated[str, Field(min_length=1, max_length=200)]


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


@pages.does("/library/{book_id}/source")
async def choose_source(desk: Desk, asked: SourceAsked) -> Done:
    """Let the statement of one source count for a field."""
    return await _do(desk, "choose_source", asked, field=asked.field, source=asked.source)


@pages.does("/library/{book_id}/archive")
async def archive_book(desk: Desk, asked: BookAsked) -> Done:
    """Take a book out of lists and sums; it stays owned."""
    return await _do(desk, "archive_book", asked)


@pages.does("/library/{book_id}/restore")
async def restore_book(desk: Desk, asked: BookAsked) -> Done:
    """Let a book stand in lists and sums again."""
    return await _do(desk, "edit_book", asked, status=BookStatus.ACTIVE.value)


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
    return Done(sentence_of(outcome))
