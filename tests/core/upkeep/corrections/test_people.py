"""What people set stays, whether they set it here or in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import LIBRARY, PERSON, SeriesPlace

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
