"""Whose turn it is, what a run does about silent sources and a library in trouble, and what it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import AudiobookDaemonError, AuthFailed, Refused, Unavailable

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Home

TITLE = "The Glass Orchard"


async def test_books_looked_after_lately_are_left_alone_unless_forced(home: Home) -> None:
    await home.own(TITLE)
    await home.correcting.metadata_full()
    again = await home.correcting.metadata_full()
    assert (again.processed, again.summary) == (0, "metadata_full: no book is due.")
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
    assert await home.database.attention.is_due(book.id, home.clock.now)
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 0, 0)
    assert "1 wait for audio, print" in outcome.summary


async def test_a_book_stays_due_while_the_one_source_that_may_know_it_is_silent(home: Home) -> None:
    book = await home.own(TITLE)
    home.audio.down = Unavailable("The site is down.")
    await home.correcting.metadata_full()
    assert await home.database.attention.is_due(book.id, home.clock.now)


async def test_a_source_that_waits_for_a_person_is_not_waited_for(home: Home) -> None:
    book = await home.own(TITLE)
    home.audio.down = AuthFailed("The token has expired.")
    outcome = await home.correcting.metadata_full()
    assert await home.correction(book) == "unknown"
    assert (outcome.succeeded, outcome.failed) == (1, 0)


async def test_books_tried_in_vain_let_all_others_go_first(home: Home) -> None:
    for number in range(3):
        await home.own(f"Book {number}", f"item {number}")
    home.print.says("Book 2", year=2000)
    home.audio.down = Unavailable("The site is down.")
    home.set(most=2)
    await home.correcting.metadata_full()
    await home.correcting.metadata_full()
    assert home.shelves.items["item 2"]["year"] == "2000"
    home.audio.down = None
    home.clock.pass_by(minutes=31)
    assert (await home.correcting.metadata_full()).succeeded == 2


async def test_what_was_shelved_is_tried_once_at_once_and_then_in_its_turn(home: Home) -> None:
    book = await home.own(TITLE)
    await home.shelved(book)
    home.audio.down = Unavailable("The site is down.")
    assert (await home.correcting.metadata_import()).processed == 1
    assert (await home.correcting.metadata_import()).processed == 0, "this is asked every minute"
    assert [one.id for one in await home.database.attention.due(home.clock.now, 9)] == [book.id]


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


async def test_where_all_is_a_rehearsal_what_was_shelved_is_rehearsed_once(home: Home) -> None:
    for number in range(3):
        await home.shelved(await home.own(f"Book {number}", f"item {number}"))
    home.world.settings = replace(home.world.settings, dry_run=True)
    assert [(await home.correcting.metadata_import(limit=2)).processed for _ in range(3)] == [2, 1, 0]
    assert (await home.correcting.metadata_import(dry_run=True)).processed == 3, "a person may ask again"
    assert home.shelves.updates == []


async def test_one_book_is_named_by_its_id_or_by_its_item(home: Home) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2000)
    assert (await home.correcting.correct(str(book.id))).processed == 1
    assert "short time ago" in (await home.correcting.correct("one")).summary
    with pytest.raises(AudiobookDaemonError, match="no book 'two'"):
        await home.correcting.correct("two")
