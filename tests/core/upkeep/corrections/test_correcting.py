"""Books get what the sources agree on, nothing is blanked, and what is in doubt stays as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.errors import AudiobookDaemonError, Refused, Unavailable
from audiobook_daemon.models import Outcome, SeriesPlace

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Home

TITLE = "The Glass Orchard"


def fields(outcome: Outcome) -> set[str]:
    assert isinstance(outcome.data, list)
    return {line["field"] for line in outcome.data}


async def test_empty_fields_are_filled_from_a_record_that_is_surely_this_book(home: Home) -> None:
    book = await home.own(TITLE, asin="B00GLASS01")
    home.audio.says(
        TITLE,
        asin="B00GLASS01",
        narrators=("Tom Bexley",),
        runtime=36_000.0,
        series=(SeriesPlace("Panes", "2"),),
        publisher="Larkspur Audio",
        description="<p>A gardener inherits a field of panes.</p>",
        language="en",
        year=2019,
    )
    outcome = await home.correcting.metadata_full()
    words = home.shelves.items["one"]
    assert words["narrators"] == ["Tom Bexley"]
    assert words["series"] == [{"name": "Panes", "position": "2"}]
    assert (words["publisher"], words["language"], words["year"]) == ("Larkspur Audio", "English", "2019")
    assert words["description"] == "<p>A gardener inherits a field of panes.</p>"
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 1, 0)
    assert await home.correction(book) == "corrected"
    facts = {one.field: one for one in await home.database.facts.of_book(book.id)}
    assert (facts["narrators"].value, facts["narrators"].source, facts["narrators"].weight) == (
        ("Tom Bexley",),
        "audio",
        1.0,
    )


async def test_a_dry_run_shows_the_changes_and_writes_nothing_anywhere(home: Home) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, description="A field of panes.", year=2019)
    before = home.shelves.frozen()
    outcome = await home.correcting.metadata_full(dry_run=True)
    assert home.shelves.frozen() == before
    assert not home.shelves.updates
    assert await home.database.facts.of_book(book.id) == ()
    assert await home.database.corrections.latest() == ()
    assert await home.correction(book) is None
    assert outcome.data == [
        {
            "book": TITLE,
            "id": book.id,
            "field": "year",
            "before": None,
            "after": "2019",
            "source": "print",
            "why": "It was empty; print says so (80% sure).",
        },
        {
            "book": TITLE,
            "id": book.id,
            "field": "description",
            "before": None,
            "after": "A field of panes.",
            "source": "print",
            "why": "It was empty; print says so (80% sure).",
        },
    ]


async def test_what_is_heard_comes_from_no_printed_record_and_from_no_other_recording(home: Home) -> None:
    await home.own(TITLE, runtime=36_000.0)
    home.print.says(TITLE, publisher="Paper House", asin="B00PAPER01", year=1999)
    home.audio.says(TITLE, asin="B00OTHER01", narrators=("Somebody Else",), runtime=20_000.0, publisher="Other Audio")
    outcome = await home.correcting.metadata_full()
    assert fields(outcome) == {"year"}
    assert home.shelves.items["one"]["narrators"] == []


async def test_recordings_of_one_length_with_different_readers_tell_nothing(home: Home) -> None:
    await home.own(TITLE, runtime=36_000.0)
    home.audio.says(TITLE, narrators=("Tom Bexley",), runtime=36_010.0)
    home.audio.says(TITLE, narrators=("Una Grey",), runtime=35_990.0)
    assert fields(await home.correcting.metadata_full()) == set()


async def test_the_running_time_tells_the_recording_where_nothing_else_does(home: Home) -> None:
    await home.own(TITLE, runtime=36_000.0)
    home.audio.says(TITLE, narrators=("Tom Bexley",), runtime=36_010.0, asin="B00GLASS01")
    assert fields(await home.correcting.metadata_full()) == {"narrators", "asin"}


LIES: list[dict[str, Any]] = [
    {"title": "Another Book Entirely", "authors": ("Somebody Else",), "asin": "B00GLASS01", "year": 1900},
    {"title": "The Glass Orchard 2", "year": 1900, "description": "Another volume."},
    {"title": TITLE, "authors": ("Somebody Else",), "description": "A namesake."},
    {"title": TITLE, "narrators": ("Liar",), "runtime": 1e12},
    {"title": TITLE, "narrators": ("Liar",), "runtime": float("nan")},
    {"title": TITLE, "description": "", "authors": (), "publisher": " ", "genres": ("", " ")},
    {"title": TITLE, "description": "<script>" + "x" * 100 + "</script>"},
    {"title": TITLE, "description": "<b>" * 50_000},
    {"title": TITLE, "year": -5, "language": "klingonese of mars", "isbn": "123", "cover": "javascript:alert(1)"},
    {"title": TITLE, "score": 0.1, "description": "A record that its source does not believe in."},
]


@pytest.mark.parametrize("lie", LIES, ids=range(len(LIES)))
async def test_a_source_that_lies_changes_nothing(home: Home, lie: dict[str, Any]) -> None:
    await home.own(TITLE, asin="B00GLASS01", runtime=36_000.0)
    home.audio.says(TITLE, **lie)
    before = home.shelves.frozen()
    outcome = await home.correcting.metadata_full()
    assert home.shelves.frozen() == before
    assert (outcome.processed, outcome.failed) == (1, 0)


async def test_a_source_that_breaks_its_word_about_types_changes_nothing(home: Home) -> None:
    await home.own(TITLE)
    home.audio.says(TITLE, year="1999", series=("no place",), genres="Fantasy", description=7, narrators=(3,))
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    assert home.shelves.frozen() == before


async def test_one_source_alone_changes_no_value_that_is_there(home: Home) -> None:
    await home.own(TITLE, authors=["Ada Merrow"], narrators=["Tom Bexley"], series=[{"name": "Panes", "position": "2"}])
    home.print.says(TITLE, series=(SeriesPlace("Panes", "3"),), authors=("Ada Merrow", "Ghost Writer"))
    assert fields(await home.correcting.metadata_full()) == set()


async def test_sources_that_agree_mend_a_position_and_keep_the_other_series(home: Home) -> None:
    places = [{"name": "Panes", "position": "3"}, {"name": "All the Glass", "position": None}]
    await home.own(TITLE, series=places, language="English")
    # A series with another position would part the two books if the title were not the same to the letter.
    for source in (home.audio, home.print):
        source.says(TITLE, series=(SeriesPlace("Panes"), SeriesPlace("All the Glass", "7")), asin=None)
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["series"] == [
        {"name": "Panes", "position": "3"},
        {"name": "All the Glass", "position": "7"},
    ]


async def test_differences_of_case_accents_and_punctuation_are_none(home: Home) -> None:
    await home.own("The Glass Orchard!", authors=["Adá Merrow"], series=[{"name": "Panes", "position": "02"}])
    for source in (home.audio, home.print):
        source.says("The Glass Orchard!", title="the glass orchard", series=(SeriesPlace("The Panes Series", "2"),))
    assert fields(await home.correcting.metadata_full()) == set()


async def test_a_longer_description_is_never_replaced_by_a_shorter_one(home: Home) -> None:
    home.set(correct=("description",), fill=())
    await home.own(TITLE, description="A long and loving description of a gardener and his panes.")
    for source in (home.audio, home.print):
        source.says(TITLE, description="Short.")
    assert fields(await home.correcting.metadata_full()) == set()
    for source in (home.audio, home.print):
        source.records.clear()
        source.says(TITLE, description="A much longer and even more loving description of a gardener and his panes.")
    home.clock.pass_by(days=1)
    await home.correcting.metadata_full(force=True)
    assert home.shelves.items["one"]["description"].startswith("A much longer")


async def test_a_cover_is_fetched_only_where_there_is_none(home: Home) -> None:
    home.print.says(TITLE, cover="https://covers.example/one.jpg")
    await home.own(TITLE, cover="mine")
    assert fields(await home.correcting.metadata_full()) == set()
    home.shelves.items["one"]["cover"] = None
    home.clock.pass_by(days=1)
    await home.correcting.metadata_full(force=True)
    assert home.shelves.items["one"]["cover"] == "picture of https://covers.example/one.jpg"


async def test_a_cover_that_could_not_be_fetched_is_tried_again(home: Home) -> None:
    await home.own(TITLE)
    home.print.says(TITLE, cover="https://covers.example/one.jpg")
    home.shelves.pictures["https://covers.example/one.jpg"] = None
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["cover"] is None
    home.shelves.pictures.clear()
    home.clock.pass_by(days=40)
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["cover"] == "picture of https://covers.example/one.jpg"


async def test_a_corrected_value_stays_for_a_month_whatever_the_sources_say_then(home: Home) -> None:
    home.set(correct=("series",))
    await home.own(TITLE)
    home.audio.says(TITLE, series=(SeriesPlace("Panes", "2"),))
    await home.correcting.metadata_full()
    for source in (home.audio, home.print):
        source.records.clear()
        source.says(TITLE, series=(SeriesPlace("Orchards", "9"),))
    home.clock.pass_by(days=20)
    assert fields(await home.correcting.metadata_full()) == set()
    home.clock.pass_by(days=20)
    assert fields(await home.correcting.metadata_full()) == {"series"}


async def test_books_looked_after_lately_are_left_alone_unless_forced(home: Home) -> None:
    await home.own(TITLE)
    await home.correcting.metadata_full()
    assert (await home.correcting.metadata_full()).processed == 0
    assert (await home.correcting.metadata_full(force=True)).processed == 0, "not even forced twice in one moment"
    home.clock.pass_by(seconds=1)
    assert (await home.correcting.metadata_full(force=True)).processed == 1
    home.clock.pass_by(days=8)
    assert (await home.correcting.metadata_full()).processed == 1


async def test_the_longest_untouched_come_first_and_not_more_than_the_cap(home: Home) -> None:
    for number in range(5):
        await home.own(f"Book {number}", f"item {number}")
    home.set(most=2, batch=1)
    for expected in ({"Book 0", "Book 1"}, {"Book 2", "Book 3"}, {"Book 4"}):
        home.print.asked.clear()
        await home.correcting.metadata_full()
        assert set(home.print.asked) == expected
        home.clock.pass_by(hours=1)


async def test_new_books_are_those_that_came_in_the_last_days(home: Home) -> None:
    home.shelves.added = home.clock.now - timedelta(days=300)
    await home.own("Old Wine", "old")
    home.shelves.added = home.clock.now
    await home.own("New Wine", "new")
    await home.correcting.metadata_new()
    assert home.print.asked == ["New Wine"], "the old one was only seen for the first time"
    home.clock.pass_by(days=8)
    assert (await home.correcting.metadata_new()).processed == 0


async def test_a_book_whose_sources_were_all_silent_stays_due(home: Home) -> None:
    book = await home.own(TITLE)
    home.audio.down = home.print.down = Unavailable("The site is down.")
    outcome = await home.correcting.metadata_full()
    assert await home.correction(book) is None
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 0, 0)
    assert "1 wait for audio, print" in outcome.summary


async def test_a_book_stays_due_while_the_one_source_that_may_know_it_is_silent(home: Home) -> None:
    book = await home.own(TITLE)
    home.audio.down = Unavailable("The site is down.")
    await home.correcting.metadata_full()
    assert await home.correction(book) is None


async def test_what_a_silent_source_said_before_still_counts(home: Home) -> None:
    book = await home.own(TITLE, asin="B00GLASS01")
    home.audio.says(TITLE, asin="B00GLASS01", narrators=("Tom",), publisher="Larkspur Audio", year=2019)
    home.set(fill=("year",))
    await home.correcting.metadata_full()
    home.set(fill=("year", "publisher"))
    home.audio.down = Unavailable("The site is down.")
    home.print.says(TITLE, year=2019)
    home.clock.pass_by(days=10)
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["publisher"] == "Larkspur Audio"
    assert {one.source for one in await home.database.facts.of_book(book.id)} == {"audio", "print"}


async def test_a_library_that_does_not_answer_ends_the_run_and_marks_no_book(home: Home) -> None:
    book = await home.own(TITLE)
    home.shelves.down = Unavailable("The library is down.")
    outcome = await home.correcting.metadata_full()
    assert await home.correction(book) is None
    assert outcome.failed == 1
    assert "The library is down." in outcome.summary


async def test_a_refusal_of_the_library_is_a_failure_of_that_book_alone(home: Home) -> None:
    for number in (1, 2):
        await home.own(f"Book {number}", f"item {number}")
        home.print.says(f"Book {number}", year=2000)
    home.shelves.before_update.append(Refused("This item is sealed."))
    outcome = await home.correcting.metadata_full()
    assert (outcome.processed, outcome.failed) == (2, 1)
    (failure,) = await home.database.failed_attempts.newest(5)
    assert (failure.task, failure.reason) == ("metadata_full", "This item is sealed.")
    assert home.shelves.items["item 2"]["year"] == "2000"


async def test_one_book_is_named_by_its_id_or_by_its_item(home: Home) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2000)
    assert (await home.correcting.correct(str(book.id))).processed == 1
    assert "short time ago" in (await home.correcting.correct("one")).summary
    with pytest.raises(AudiobookDaemonError, match="no book 'two'"):
        await home.correcting.correct("two")


async def test_titles_and_names_are_put_into_their_form(home: Home) -> None:
    await home.own(
        f"{TITLE} (Panes, Book 2) [Unabridged]", authors=["Merrow, Ada"], genres=["sci-fi", "Sci-Fi / Fantasy"]
    )
    await home.correcting.metadata_full()
    words = home.shelves.items["one"]
    assert (words["title"], words["authors"]) == (TITLE, ["Ada Merrow"])
    assert words["series"] == [{"name": "Panes", "position": "2"}]
    assert words["genres"] == ["Science Fiction", "Fantasy"]


async def test_steps_that_are_off_change_nothing(home: Home) -> None:
    home.set(steps=())
    await home.own(f"{TITLE} (Panes, Book 2) [Unabridged]", authors=["Merrow, Ada"], genres=["sci-fi"])
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    assert home.shelves.frozen() == before
