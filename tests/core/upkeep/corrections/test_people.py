"""What people set stays, whether they set it here or in the library."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import LIBRARY, PERSON, FieldChange, SeriesPlace

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Home

TITLE = "The Glass Orchard"


def agree(home: Home, **fields: object) -> None:
    for source in (home.audio, home.print):
        source.records.clear()
        source.says(TITLE, **fields)


async def test_a_locked_field_stays_even_when_empty(home: Home) -> None:
    await home.own(TITLE)
    agree(home, year=2019, subtitle="A Novel")
    await home.correcting.lock("one", "year")
    await home.correcting.metadata_full()
    assert (home.shelves.items["one"]["year"], home.shelves.items["one"]["subtitle"]) == (None, "A Novel")


async def test_an_edit_in_the_library_is_seen_as_a_persons_and_stays(home: Home) -> None:
    book = await home.own(TITLE, series=[{"name": "Panes", "position": "1"}])
    await home.correcting.metadata_full()
    home.shelves.items["one"]["series"] = [{"name": "Panes of Glass", "position": "9"}]
    agree(home, series=(SeriesPlace("Orchards", "2"),))
    home.clock.pass_by(days=40)
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["series"] == [{"name": "Panes of Glass", "position": "9"}]
    fields = await home.database.facts.fields_of(book.id)
    assert (fields["series"].source, fields["title"].source) == (PERSON, LIBRARY)


async def test_an_empty_field_that_a_person_fills_is_theirs(home: Home) -> None:
    await home.own(TITLE)
    await home.correcting.metadata_full()
    home.shelves.items["one"]["series"] = [{"name": "Panes of Glass", "position": "9"}]
    agree(home, series=(SeriesPlace("Orchards", "2"),))
    home.clock.pass_by(days=40)
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["series"] == [{"name": "Panes of Glass", "position": "9"}]


async def test_an_edit_of_a_book_that_was_never_looked_after_stays(home: Home) -> None:
    book = await home.own(TITLE, series=[{"name": "Panes", "position": "1"}])
    home.shelves.items["one"]["series"] = [{"name": "Panes of Glass", "position": "9"}]
    await home.sync("one")
    assert (await home.database.facts.fields_of(book.id)).keys() == {"series"}
    agree(home, series=(SeriesPlace("Orchards", "2"),))
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["series"] == [{"name": "Panes of Glass", "position": "9"}]


async def test_what_we_wrote_is_no_edit_when_the_library_is_read_before_it_is_on_record(home: Home) -> None:
    book = await home.own(TITLE)
    agree(home, year=2019)

    async def read_meanwhile() -> None:
        home.shelves.items["one"]["year"] = "2019"
        home.reading = asyncio.create_task(home.sync("one"))
        await asyncio.sleep(0)

    home.shelves.before_update.append(read_meanwhile)
    await home.correcting.metadata_full()
    await home.reading
    assert (await home.database.facts.fields_of(book.id))["year"].source != PERSON


async def test_a_crash_in_the_midst_of_a_writing_makes_no_edit_of_it(home: Home) -> None:
    book = await home.own(TITLE)
    change = FieldChange("year", None, 2019, "audio", "It was empty.")
    await home.database.corrections.plan(book.id, "full", None, {"year": None}, [change])
    home.shelves.items["one"]["year"] = "2019"
    await home.sync("one")
    assert await home.database.facts.fields_of(book.id) == {}


async def test_a_value_that_a_person_took_out_again_is_not_written_again(home: Home) -> None:
    await home.own(TITLE)
    agree(home, subtitle="A Novel")
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["subtitle"] == "A Novel"
    home.shelves.items["one"]["subtitle"] = None
    home.clock.pass_by(days=40)
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["subtitle"] is None


async def test_our_own_corrections_are_no_edits_of_people(home: Home) -> None:
    book = await home.own(TITLE, language="English")
    agree(home, year=2019, description="  <p>A <b>field</b> of panes. </p> ", language="en")
    for _ in range(3):
        await home.correcting.metadata_full()
        home.clock.pass_by(days=40)
    assert not any(field.guarded for field in (await home.database.facts.fields_of(book.id)).values())
    assert len(home.shelves.updates) == 1


async def test_a_persons_value_is_written_locked_and_undoable(home: Home) -> None:
    book = await home.own(TITLE)
    before = home.shelves.frozen()
    outcome = await home.correcting.set_field("one", "series", "Panes #2.5; All the Glass")
    assert home.shelves.items["one"]["series"] == [
        {"name": "Panes", "position": "2.5"},
        {"name": "All the Glass", "position": None},
    ]
    assert outcome.summary == f"set_field: series of {TITLE} is set and locked."
    field = (await home.database.facts.fields_of(book.id))["series"]
    assert (field.source, field.locked) == (PERSON, True)
    agree(home, series=(SeriesPlace("Orchards", "2"),))
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["series"][0]["name"] == "Panes"
    await home.correcting.undo(book="one")
    assert home.shelves.frozen() == before


async def test_a_dry_run_sets_nothing(home: Home) -> None:
    book = await home.own(TITLE)
    await home.correcting.set_field("one", "year", "1912", dry_run=True)
    assert home.shelves.items["one"]["year"] is None
    assert await home.database.facts.fields_of(book.id) == {}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("colour", "blue", "no field 'colour'"),
        ("year", "soon", "'soon' is no year"),
        ("asin", "nonsense", "'nonsense' is no ASIN"),
        ("isbn", "123", "'123' is no ISBN"),
        ("language", "klingonese of mars", "is no language"),
        ("abridged", "perhaps", "abridged is yes or no"),
        ("series", "#2", "names no series"),
        ("title", "  ", "needs a value"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_with_a_sentence(home: Home, field: str, value: str, says: str) -> None:
    await home.own(TITLE)
    before = home.shelves.frozen()
    with pytest.raises(AudiobookDaemonError, match=says):
        await home.correcting.set_field("one", field, value)
    assert home.shelves.frozen() == before
