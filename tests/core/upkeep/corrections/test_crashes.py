"""Whenever the daemon ends, a correction is either not done or on record."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import CorrectionState

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Gate, Home

TITLE = "The Glass Orchard"


async def killed(home: Home, gate: Gate) -> None:
    """Run until the gate is reached, and end there."""
    run = asyncio.create_task(home.correcting.metadata_full())
    await gate.reached.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run


async def test_killed_before_the_library_was_told_it_never_happened_and_is_done_next_time(
    home: Home, gate: Gate
) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    home.shelves.before_update.append(gate)
    await killed(home, gate)
    (planned,) = await home.database.corrections.planned()
    assert (home.shelves.items["one"]["year"], await home.correction(book)) == (None, None)
    await home.correcting.metadata_full()
    states = {one.id: one.state for one in await home.database.corrections.history(book.id)}
    assert states.pop(planned.id) is CorrectionState.FAILED
    assert list(states.values()) == [CorrectionState.APPLIED]
    assert home.shelves.items["one"]["year"] == "2019"


async def test_killed_after_the_library_was_told_it_is_applied_and_can_be_undone(home: Home, gate: Gate) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    before = home.shelves.frozen()
    home.shelves.after_update.append(gate)
    await killed(home, gate)
    assert home.shelves.items["one"]["year"] == "2019"
    await home.correcting.metadata_full()
    (one,) = await home.database.corrections.history(book.id)
    assert (one.state, [change.field for change in one.changes]) == (CorrectionState.APPLIED, ["year"])
    assert not (await home.database.facts.fields_of(book.id))["year"].guarded, "our own writing is nobody's edit"
    await home.correcting.undo(book="one")
    assert home.shelves.frozen() == before


async def test_what_a_person_sets_after_a_crash_is_no_part_of_the_plan_that_it_left(home: Home, gate: Gate) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    home.shelves.before_update.append(gate)
    await killed(home, gate)
    home.shelves.items["one"]["year"] = "1912"
    await home.sync("one")
    home.clock.pass_by(days=40)
    await home.correcting.metadata_full()
    (one,) = await home.database.corrections.history(book.id)
    assert (one.state, one.changes) == (CorrectionState.FAILED, ())
    assert (await home.database.facts.fields_of(book.id))["year"].guarded
    assert home.shelves.items["one"]["year"] == "1912"


async def test_killed_in_the_midst_of_a_writing_only_what_was_written_is_a_change(home: Home, gate: Gate) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019, subtitle="A Novel")

    async def half() -> None:
        home.shelves.items["one"]["subtitle"] = "A Novel"
        await gate()

    home.shelves.before_update.append(half)
    await killed(home, gate)
    await home.correcting.undo(book="one", dry_run=False)
    assert home.shelves.items["one"]["subtitle"] is None
    (one,) = await home.database.corrections.history(book.id)
    assert [change.field for change in one.changes] == ["subtitle"]


async def test_killed_while_taking_back_it_is_taken_back_the_next_time(home: Home, gate: Gate) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    before = home.shelves.frozen()
    await home.correcting.metadata_full()
    home.shelves.after_restore.append(gate)
    run = asyncio.create_task(home.correcting.undo(book="one"))
    await gate.reached.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    outcome = await home.correcting.undo(book="one")
    assert (outcome.succeeded, outcome.failed, home.shelves.frozen()) == (1, 0, before)
    (one,) = await home.database.corrections.history(book.id)
    assert one.state is CorrectionState.UNDONE


async def test_a_library_that_breaks_off_leaves_a_plan_that_is_settled_when_it_answers_again(home: Home) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    home.shelves.after_update.append(Unavailable("The connection broke."))
    outcome = await home.correcting.metadata_full()
    assert "The connection broke." in outcome.summary
    assert len(await home.database.corrections.planned()) == 1
    home.clock.pass_by(days=1)
    await home.correcting.metadata_full()
    (one,) = await home.database.corrections.history(book.id)
    assert one.state is CorrectionState.APPLIED


async def test_an_item_edited_while_the_sources_are_asked_is_read_anew(home: Home) -> None:
    await home.own(TITLE)
    home.print.says(TITLE, year=2019)

    async def edit(_: object) -> None:
        home.shelves.items["one"]["year"] = "1912"

    home.print.before = edit
    await home.correcting.metadata_full()
    assert home.shelves.items["one"]["year"] == "1912"
    assert not home.shelves.updates


async def test_two_runs_at_once_correct_a_book_once(home: Home) -> None:
    book = await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    await asyncio.gather(home.correcting.metadata_full(), home.correcting.correct("one"))
    assert len(home.shelves.updates) == 1
    assert len(await home.database.corrections.history(book.id)) == 1
