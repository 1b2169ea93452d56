"""The metadata of a whole library is corrected through the daemon, and taken back to the last letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import FieldChange, Outcome, SeriesPlace

if TYPE_CHECKING:
    from tests.flow.library.corrections.conftest import Furnish, Library

MANY = 75


def fields(outcome: Outcome) -> dict[str, set[str]]:
    """What was changed, by title."""
    assert isinstance(outcome.data, list)
    found: dict[str, set[str]] = {}
    for line in outcome.data:
        found.setdefault(line["book"], set()).add(line["field"])
    return found


def known(library: Library, title: str, number: int = 1) -> None:
    """Let the oracle know everything about a book."""
    library.says(
        "audio",
        title,
        asin=f"B00TEST{number:03d}",
        narrators=("Una Grey", "Tom Bexley"),
        series=(SeriesPlace("Panes", str(number)),),
        publisher="Larkspur Audio",
        description=f"<div>A <b>field</b> of {number} panes.<script>steal()</script></div>",
        language="en",
        year=2000,
        genres=("Fantasy / Epic", "audiobook"),
    )


async def test_five_hundred_corrections_come_undone_to_the_last_letter(furnish: Furnish) -> None:
    async with furnish() as library:
        for number in range(MANY):
            library.put(
                f"Pane {number}",
                texts={"asin": f"B00TEST{number:03d}", "publishedYear": "199x" if number % 3 else None},
                authors=["Zeno Late", "Ada Merrow"] if number % 2 else ["Ada Merrow"],
                series=[("A Shelf of My Own", "4a")] if number % 5 == 0 else [],
                genres=["sci-fi", "sci-fi", "Mine"],
                tags=["kept"],
            )
            known(library, f"Pane {number}", number)
        before = library.frozen()
        await library.do("sync")
        rehearsed = await library.do("metadata_full", dry_run=True)
        assert library.frozen() == before
        done = await library.do("metadata_full")
        assert fields(done) == fields(rehearsed)
        assert (done.processed, done.failed) == (len(library.shelf.items), 0)
        run = (await library.daemon.database.corrections.latest(1))[0].run
        written = await library.daemon.database.corrections.of_run(run or "")
        assert sum(len(one.changes) for one in written) >= 500
        assert library.frozen() != before
        undone = await library.do("undo", run=run)
        assert (undone.processed, undone.failed) == (len(written), 0)
        assert library.frozen() == before


async def test_books_are_corrected_all_or_new_or_one_and_none_twice_in_a_week(furnish: Furnish) -> None:
    moment = datetime.now(UTC)
    async with furnish(clock=lambda: moment) as library:
        first, second = library.put("Pane 1"), library.put("Pane 2")
        second.added_at = int((moment - timedelta(days=400)).timestamp() * 1000)
        for number in (1, 2):
            library.says("paper", f"Pane {number}", year=2000 + number)
        await library.do("sync")
        assert fields(await library.do("metadata_new")) == {"Pane 1": {"year"}}
        assert fields(await library.do("correct", book=second.id)) == {"Pane 2": {"year"}}
        assert fields(await library.do("metadata_full")) == {}
        assert (first.texts["publishedYear"], second.texts["publishedYear"]) == ("2001", "2002")


async def test_a_source_that_lies_changes_nothing(furnish: Furnish) -> None:
    async with furnish() as library:
        library.put("Pane 1", texts={"asin": "B00TEST001"}, narrators=["Una Grey"])
        lie = {"asin": "B00TEST001", "runtime": 1e15, "narrators": ("",), "series": (SeriesPlace(""),), "year": -1}
        library.says("audio", "Pane 1", title="Wholly Different", authors=("Nobody Known",), **lie)
        library.says("paper", "Pane 1", title="Pane 2", description="<p>" * 60_000)
        before = library.frozen()
        await library.do("sync")
        assert fields(await library.do("metadata_full")) == {}
        assert library.frozen() == before


async def test_a_source_that_is_down_for_the_whole_run_leaves_its_books_due(furnish: Furnish) -> None:
    async with furnish() as library:
        item = library.put("Pane 1")
        library.oracle("audio").down = Unavailable("The site is closed.", 1.0)
        await library.do("sync")
        outcome = await library.do("metadata_full")
        assert outcome.succeeded == 0
        assert "wait for audio" in outcome.summary
        library.oracle("audio").down = None
        known(library, "Pane 1")
        await library.daemon.host.retry("audio")
        assert "year" in fields(await library.do("metadata_full"))["Pane 1"]
        assert item.texts["publishedYear"] == "2000"


async def test_a_source_that_is_slow_is_waited_for_once_and_nobody_loses_by_it(furnish: Furnish) -> None:
    async with furnish() as library:
        for number in range(12):
            library.put(f"Pane {number}")
            library.says("paper", f"Pane {number}", year=2000)
        library.oracle("audio").slow = 0.05
        await library.do("sync")
        outcome = await library.do("metadata_full")
        assert fields(outcome) == {f"Pane {number}": {"year"} for number in range(12)}
        assert library.oracle("audio").asked >= 12


async def test_what_people_have_set_or_locked_stays(furnish: Furnish) -> None:
    moment = [datetime.now(UTC)]
    async with furnish(clock=lambda: moment[0]) as library:
        item = library.put("Pane 1", texts={"asin": "B00TEST001"})
        await library.do("sync")
        await library.do("lock", book=item.id, field="year")
        await library.do("set_field", book=item.id, field="publisher", value="My Own Press")
        known(library, "Pane 1")
        await library.do("metadata_full")
        assert (item.texts["publishedYear"], item.texts["publisher"]) == (None, "My Own Press")
        item.texts["description"] = "My own words."
        item.narrators = []
        item.touch()
        moment[0] += timedelta(days=60)
        await library.do("metadata_full")
        assert (item.texts["description"], item.narrators) == ("My own words.", [])


async def test_a_shelved_book_is_looked_after_at_once(furnish: Furnish) -> None:
    async with furnish() as library:
        daemon, (book,) = library.daemon, library.household.books
        library.oracle("paper").records[book.title] = ()
        library.says(
            "paper", book.title, authors=book.authors, year=1871, description="About it.", language=book.language
        )
        await library.do("gather")
        for _ in range(200):
            for verb in ("choose", "grab", "watch", "verify", "shelve"):
                await library.do(verb)
            outcome = await library.do("metadata_import")
            if outcome.processed:
                break
        (want,) = await daemon.database.wants.list()
        assert want.item
        assert want.release
        stated = {
            (one.field, one.source)
            for one in await daemon.database.facts.of_book((await daemon.database.attention.named(want.item))[0].id)
        }
        assert ("narrators", want.release.source) in stated, "what the tracker says is on record"
        assert ("description", "paper") in stated
        assert (await library.do("metadata_import")).processed == 0


@pytest.mark.parametrize("told", [False, True])
async def test_killed_between_plan_and_outcome_nothing_is_lost_and_nothing_done_twice(
    furnish: Furnish, told: bool
) -> None:
    async with furnish() as library:
        item = library.put("Pane 1")
        library.says("paper", "Pane 1", year=2000)
        await library.do("sync")
        book = await library.book(item)
        before = library.frozen()
        change = FieldChange("year", None, 2000, "paper", "It was empty.")
        await library.daemon.database.corrections.plan(book.id, "full", "dead", {"year": None}, [change])
        if told:
            item.texts["publishedYear"] = "2000"
        await library.do("metadata_full")
        assert item.texts["publishedYear"] == "2000"
        applied = await library.daemon.database.corrections.applied_to(book.id)
        assert len(applied) == 1
        await library.do("undo", book=item.id)
        assert library.frozen() == before
