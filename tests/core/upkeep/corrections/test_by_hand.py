"""Books that were written down by hand are changed with a way back, whenever the daemon ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.models import PERSON, CorrectionState, LibraryItem
from audiobook_daemon.store import BookRef
from audiobook_daemon.upkeep.corrections.writing import settle_open
from audiobook_daemon.upkeep.owning import Owning

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Home

TITLE = "The Glass Orchard"
EDIT: dict[str, Any] = {
    "title": "The Glass Orchard, Restored",
    "subtitle": "A Novel",
    "author": "Ada Merrow; Jo Quill",
    "narrator": "Ida Voice",
    "series": "Panes",
    "series_number": "2.5",
    "isbn": "9780306406157",
    "year": 2019,
    "language": "de",
    "genres": "Fantasy; Gardens",
    "duration": 3600.5,
    "description": "Glass grows.",
}


class Killed(BaseException):
    """The daemon ends here."""


@pytest.fixture
def owning(home: Home) -> Owning:
    return Owning(home.house)


@pytest.fixture
async def book(home: Home, owning: Owning) -> BookRef:
    """A book written down by hand, with few words about it."""
    await owning.add_book(TITLE, author="Ada Merrow", year=2001, duration=7200.0)
    (ref,) = await home.database.attention.named(TITLE)
    return ref


async def held(home: Home, book: BookRef) -> LibraryItem:
    owned = await home.database.book_lists.get(book.id)
    assert owned is not None
    return owned.item


async def test_an_edit_is_one_correction_by_a_person_and_taken_back_to_the_letter(
    home: Home, owning: Owning, book: BookRef
) -> None:
    before = await held(home, book)
    outcome = await owning.edit_book(str(book.id), **EDIT)
    assert await held(home, book) != before
    (correction,) = await home.database.corrections.applied_to(book.id)
    assert (correction.occasion, {one.source for one in correction.changes}) == (PERSON, {PERSON})
    # Series and the place in it are one field.
    assert len(correction.changes) == len(EDIT) - 1
    assert isinstance(outcome.data, list)
    assert {line["correction"] for line in outcome.data} == {correction.id}
    told = await home.correcting.undo(correction=correction.id)
    assert "1 of 1 corrections wholly taken back" in told.summary
    assert await held(home, book) == before
    (undone,) = await home.database.corrections.history(book.id)
    assert (undone.state, await home.database.corrections.applied_to(book.id)) == (CorrectionState.UNDONE, ())


async def test_all_edits_of_a_book_are_taken_back_the_newest_first(home: Home, owning: Owning, book: BookRef) -> None:
    before = await held(home, book)
    for year in (2002, 2003, 2004):
        await owning.edit_book(str(book.id), year=year)
    await home.correcting.set_field(str(book.id), "publisher", "Harbour Press")
    assert (await home.correcting.undo(book=str(book.id))).processed == 4
    assert await held(home, book) == before


async def test_what_was_changed_since_stays_and_is_named(home: Home, owning: Owning, book: BookRef) -> None:
    await owning.edit_book(str(book.id), year=2002, subtitle="A Novel")
    (first,) = await home.database.corrections.applied_to(book.id)
    await owning.edit_book(str(book.id), year=2003)
    rehearsed = await home.correcting.undo(correction=first.id, dry_run=True)
    assert "1 fields were changed" in rehearsed.summary
    assert (await held(home, book)).book.subtitle == "A Novel"
    await home.correcting.undo(correction=first.id)
    item = await held(home, book)
    assert (item.book.year, item.book.subtitle) == (2003, None)
    undone = await home.database.corrections.get(first.id)
    assert undone is not None
    assert (undone.state, undone.reason) == (CorrectionState.PARTLY_UNDONE, "Changed since: year.")


async def test_what_is_so_already_is_no_correction_and_a_rehearsal_writes_none(
    home: Home, owning: Owning, book: BookRef
) -> None:
    await owning.edit_book(str(book.id), year=2001, duration=7200.0)
    await owning.edit_book(str(book.id), year=1999, dry_run=True)
    assert await home.database.corrections.history(book.id) == ()


@pytest.mark.parametrize("again", [True, False])
async def test_killed_after_the_book_was_written_the_edit_can_be_taken_back_all_the_same(
    home: Home, owning: Owning, book: BookRef, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    before = await held(home, book)

    async def end(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(home.database.corrections, "applied", end)
        with pytest.raises(Killed):
            await owning.edit_book(str(book.id), year=2002)
    if again:
        # What is changed next must not make the one before look as if it never was.
        await owning.edit_book(str(book.id), year=2003)
    await home.correcting.undo(book=str(book.id))
    assert await held(home, book) == before
    states = [one.state for one in await home.database.corrections.history(book.id)]
    assert states == [CorrectionState.UNDONE] * (2 if again else 1)


async def test_killed_before_the_book_was_written_the_edit_never_happened(
    home: Home, owning: Owning, book: BookRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await held(home, book)

    async def end(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(home.database.books, "upsert", end)
        with pytest.raises(Killed):
            await owning.edit_book(str(book.id), year=2002)
    assert await settle_open(home.house) == 1
    (one,) = await home.database.corrections.history(book.id)
    assert (one.state, one.changes, await held(home, book)) == (CorrectionState.FAILED, (), before)
