"""Corrections are taken back word for word, unless somebody has changed the field since."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import AudiobookDaemonError, Unavailable
from audiobook_daemon.models import PERSON, CorrectionState, SeriesPlace

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Home

    from audiobook_daemon.store import BookRef

TITLE = "The Glass Orchard"


@pytest.fixture
async def book(home: Home) -> BookRef:
    """A book of which two fields are empty, and a source that knows them."""
    book = await home.own(TITLE, year=None, description="  Mine, with blanks around it. ", language="English")
    home.print.says(TITLE, year=2019, series=(SeriesPlace("Panes", "2"),), subtitle="A Novel")
    return book


async def newest(home: Home) -> int:
    return (await home.database.corrections.latest(1))[0].id


async def test_a_correction_is_taken_back_to_the_librarys_own_words(home: Home, book: BookRef) -> None:
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    assert home.shelves.frozen() != before
    outcome = await home.correcting.undo(correction=await newest(home))
    assert home.shelves.frozen() == before
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 1, 0)
    (one,) = await home.database.corrections.history(book.id)
    assert one.state is CorrectionState.UNDONE


async def test_what_was_taken_back_is_not_corrected_again(home: Home, book: BookRef) -> None:
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    await home.correcting.undo(book=str(book.id))
    home.clock.pass_by(days=100)
    await home.correcting.metadata_full()
    assert home.shelves.frozen() == before
    assert {field.source for field in (await home.database.facts.fields_of(book.id)).values() if field.guarded} == {
        PERSON
    }


async def test_an_unlocked_field_may_be_corrected_again(home: Home, book: BookRef) -> None:
    await home.correcting.metadata_full()
    await home.correcting.undo(book=str(book.id))
    await home.correcting.unlock(str(book.id), "year")
    home.clock.pass_by(days=100)
    await home.correcting.metadata_full()
    assert (home.shelves.items["one"]["year"], home.shelves.items["one"]["subtitle"]) == ("2019", None)


async def test_a_field_that_somebody_has_changed_since_stays_and_is_named(home: Home, book: BookRef) -> None:
    await home.correcting.metadata_full()
    home.shelves.items["one"]["year"] = "1912"
    outcome = await home.correcting.undo(correction=await newest(home))
    assert (home.shelves.items["one"]["year"], home.shelves.items["one"]["subtitle"]) == ("1912", None)
    assert isinstance(outcome.data, list)
    assert outcome.data[0]["changed since"] == "year"
    (one,) = await home.database.corrections.history(book.id)
    assert (one.state, one.reason) == (CorrectionState.PARTLY_UNDONE, "Changed since: year.")


async def test_a_dry_run_takes_nothing_back(home: Home, book: BookRef) -> None:
    await home.correcting.metadata_full()
    corrected = home.shelves.frozen()
    outcome = await home.correcting.undo(book=str(book.id), dry_run=True)
    assert home.shelves.frozen() == corrected
    assert isinstance(outcome.data, list)
    assert outcome.data[0]["restored"] == "subtitle, series, year"
    assert (await home.database.corrections.latest(1))[0].state is CorrectionState.APPLIED


async def test_a_run_is_taken_back_as_a_whole_the_newest_first(home: Home) -> None:
    for number in range(3):
        await home.own(f"Book {number}", f"item {number}")
        home.print.says(f"Book {number}", year=2000 + number)
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    run = (await home.database.corrections.latest(1))[0].run
    outcome = await home.correcting.undo(run=run)
    assert (outcome.succeeded, home.shelves.frozen()) == (3, before)
    assert (await home.correcting.undo(run=run)).processed == 0


async def test_several_corrections_of_one_field_are_taken_back_one_upon_the_other(home: Home) -> None:
    home.set(correct=("series",), drift="1d", pause="1d")
    book = await home.own(TITLE)
    before = home.shelves.frozen()
    for position in ("1", "2"):
        for source in (home.audio, home.print):
            source.records.clear()
            source.says(TITLE, series=(SeriesPlace("Panes" if position == "1" else "Orchards", position),))
        await home.correcting.metadata_full()
        home.clock.pass_by(days=3)
    first, second = sorted(one.id for one in await home.database.corrections.history(book.id))
    outcome = await home.correcting.undo(correction=first)
    assert "changed by others since" in outcome.summary, "a newer correction lies upon it"
    await home.correcting.undo(correction=second)
    await home.correcting.undo(correction=first)
    assert home.shelves.frozen() == before


async def test_a_library_that_is_down_leaves_the_correction_to_be_undone_later(home: Home, book: BookRef) -> None:
    await home.correcting.metadata_full()
    home.shelves.down = Unavailable("The library is down.")
    with pytest.raises(Unavailable):
        await home.correcting.undo(book=str(book.id))
    assert (await home.database.corrections.latest(1))[0].state is CorrectionState.APPLIED


@pytest.mark.parametrize("arguments", [{}, {"run": "a", "book": "b"}])
async def test_exactly_one_thing_is_taken_back(home: Home, arguments: dict[str, str]) -> None:
    with pytest.raises(AudiobookDaemonError, match="one of --correction, --run, --book or --want"):
        await home.correcting.undo(run=arguments.get("run"), book=arguments.get("book"))


async def test_an_unknown_or_undone_correction_is_told_as_such(home: Home, book: BookRef) -> None:
    with pytest.raises(AudiobookDaemonError, match="There is no correction 77"):
        await home.correcting.undo(correction=77)
    await home.correcting.metadata_full()
    made = await newest(home)
    await home.correcting.undo(correction=made)
    with pytest.raises(AudiobookDaemonError, match="is undone; there is nothing to take back"):
        await home.correcting.undo(correction=made)


def png(width: int, height: int) -> str:
    """The words of the library for a picture."""
    header = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return base64.b64encode(header).decode()


@pytest.mark.parametrize(("size", "taken"), [(600, True), (500, False), (100, False)])
async def test_a_cover_takes_the_place_of_another_only_if_it_is_larger(home: Home, size: int, taken: bool) -> None:
    home.set(covers="larger")
    book = await home.own(TITLE, cover=png(500, 500))
    home.print.says(TITLE, cover="https://covers.example/1.png", year=2019)
    home.shelves.pictures["https://covers.example/1.png"] = png(size, size)
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["cover"] == png(size if taken else 500, size if taken else 500)
    (one,) = await home.database.corrections.history(book.id)
    assert {change.field for change in one.changes} == ({"year", "cover"} if taken else {"year"})
    home.clock.pass_by(days=60)
    await home.correcting.metadata_full()
    assert len(home.shelves.updates) == 1, "the same picture is not fetched again"
    await home.correcting.undo(book="one")
    assert home.shelves.frozen() == before


async def test_an_undone_cover_is_the_one_of_before(home: Home) -> None:
    home.set(covers="missing")
    book = await home.own(TITLE)
    home.print.says(TITLE, cover="https://covers.example/1.jpg")
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    (one,) = await home.database.corrections.history(book.id)
    assert str((one.after or {})["cover"]).startswith("sha256:"), "a picture is remembered by its mark alone"
    await home.correcting.undo(book="one")
    assert home.shelves.frozen() == before


async def test_a_run_that_left_nothing_to_take_back_is_told(home: Home) -> None:
    told = await home.correcting.undo(run="nothing")
    assert told.processed == 0
    assert told.summary == "undo: nothing stands that could be taken back; `history BOOK` tells what was corrected."
