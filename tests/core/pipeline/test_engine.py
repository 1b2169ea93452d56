"""What holds for every stage: waiting, the right of people, and who is told."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import AuthFailed, Unavailable
from audiobook_daemon.actions import reporting
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.pipeline import World
from audiobook_daemon.pipeline.engine import Stage, entering, run_stage, save
from audiobook_daemon.store import WantChanges

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import Pause, SmallWorld

MINUTE = timedelta(minutes=1)


def failing(error: Exception, title: str = "") -> Stage:
    async def stage(_: World, want: Want) -> WantChanges | None:
        if title in want.wish.book.title:
            raise error
        return entering(WantState.CHOSEN, "chosen", "It was found.")

    return stage


async def run(world: SmallWorld, stage: Stage, *, together: int = 1) -> Outcome:
    return await run_stage(world.around, WantState.WANTED, stage, limit=9, together=together, verb="try")


async def test_waits_double_from_a_minute_up_to_the_longest(world: SmallWorld) -> None:
    want = await world.want()
    waits = []
    for _ in range(7):
        await run(world, failing(Unavailable("Down.")))
        want = await world.now(want)
        assert want.next_try is not None
        waits.append((want.next_try - world.clock.now) / MINUTE)
        world.clock.now = want.next_try
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert (want.faults, want.attempts) == (7, 0)
    assert (want.code, want.reason) == ("unavailable", "Down.")


@pytest.mark.parametrize(("asked", "waited"), [(2.0, 60), (600.0, 600), (1e9, 86_400)])
async def test_what_the_other_side_asks_for_is_waited_within_a_minute_and_a_day(
    world: SmallWorld, asked: float, waited: int
) -> None:
    want = await world.want(faults=4)
    await run(world, failing(Unavailable("Busy.", retry_after=asked)))
    assert (await world.now(want)).next_try == world.clock.now + timedelta(seconds=waited)


async def test_a_want_that_waits_is_left_alone_until_its_time(world: SmallWorld) -> None:
    await world.want()
    await run(world, failing(Unavailable("Down.")))
    world.clock.pass_by(seconds=59)
    assert (await run(world, failing(Unavailable("Down.")))).summary == "try: nothing to do."
    world.clock.pass_by(seconds=1)
    assert (await run(world, failing(Unavailable("Down.")))).processed == 1


async def test_refused_credentials_are_told_as_work_for_a_person(world: SmallWorld) -> None:
    want = await world.want()
    await run(world, failing(AuthFailed("The password is wrong.")))
    want = await world.now(want)
    assert (want.code, want.reason, want.faults) == ("needs_person", "The password is wrong.", 1)


async def test_a_disk_that_does_not_answer_is_a_fault_that_passes(world: SmallWorld) -> None:
    want = await world.want()
    await run(world, failing(OSError(5, "Input/output error", "/books")))
    want = await world.now(want)
    assert (want.code, want.reason, want.faults) == ("unavailable", "/books: Input/output error.", 1)


@pytest.mark.parametrize("error", [Unavailable("Down."), OSError("stale"), ZeroDivisionError("a bug")])
@pytest.mark.parametrize("together", [1, 3])
async def test_one_that_fails_does_not_stop_the_others(world: SmallWorld, error: Exception, together: int) -> None:
    wants = [await world.want(title) for title in ("Emma", "Persuasion", "Lady Susan")]
    outcome = await run(world, failing(error, "Persuasion"), together=together)
    states = [(await world.now(want)).state for want in wants]
    assert states == [WantState.CHOSEN, WantState.WANTED, WantState.CHOSEN]
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (3, 2, 1)
    assert outcome.summary == "try: 3 due, 2 moved on, 1 wait for a service."


async def test_a_mistake_of_the_program_is_logged_and_shown(
    world: SmallWorld, caplog: pytest.LogCaptureFixture
) -> None:
    want = await world.want()
    with caplog.at_level(logging.ERROR):
        await run(world, failing(ZeroDivisionError("by zero")))
    want = await world.now(want)
    assert (want.code, want.reason) == ("mistake", "A mistake in the program: ZeroDivisionError: by zero")
    assert want.next_try == world.clock.now + MINUTE
    assert "ZeroDivisionError" in caplog.text


async def test_a_database_that_fails_stops_the_run_with_its_own_sentence(world: SmallWorld) -> None:
    await world.want()
    with pytest.raises(DatabaseError, match="The disk is full"):
        await run(world, failing(DatabaseError("The disk is full.")))


async def test_no_more_are_worked_on_together_than_allowed(world: SmallWorld) -> None:
    for title in ("Emma", "Persuasion", "Lady Susan", "Sanditon"):
        await world.want(title)
    present = most = 0

    async def stage(_: World, want: Want) -> None:
        nonlocal present, most
        present += 1
        most = max(most, present)
        await asyncio.sleep(0)
        present -= 1

    await run(world, stage, together=2)
    assert most == 2


@pytest.mark.parametrize("saves_midway", [False, True])
async def test_a_person_who_drops_while_a_stage_waits_wins(world: SmallWorld, pause: Pause, saves_midway: bool) -> None:
    want = await world.want()

    async def stage(around: World, current: Want) -> WantChanges | None:
        if saves_midway:
            assert await save(around, current, WantChanges(client="qbittorrent"))
        await pause()
        return entering(WantState.CHOSEN, "chosen", "It was found.")

    running = asyncio.create_task(run(world, stage))
    await pause.reached.wait()
    await world.people.drop(want.id)
    pause.over.set()
    outcome = await running
    want = await world.now(want)
    assert (want.state, want.code) == (WantState.DROPPED, "dropped")
    assert outcome.succeeded == 0
    assert [told.want.state for told in world.told()][-1] is WantState.DROPPED


async def test_a_person_who_drops_before_a_stage_saves_midway_wins(world: SmallWorld) -> None:
    want = await world.want()
    told = []

    async def stage(around: World, current: Want) -> WantChanges | None:
        await world.people.drop(want.id)
        told.append(await save(around, current, WantChanges(client="qbittorrent")))
        return None

    await run(world, stage)
    assert told == [None]
    want = await world.now(want)
    assert (want.state, want.client) == (WantState.DROPPED, None)


async def test_a_person_who_drops_while_a_stage_fails_wins(world: SmallWorld) -> None:
    want = await world.want()

    async def stage(_: World, __: Want) -> WantChanges | None:
        await world.people.drop(want.id)
        raise Unavailable("Down.")

    outcome = await run(world, stage)
    want = await world.now(want)
    assert (want.state, want.faults, want.next_try) == (WantState.DROPPED, 0, None)
    assert outcome.failed == 0


@pytest.mark.parametrize("ends_well", [True, False])
async def test_a_stage_does_not_conflict_with_what_it_saved_midway(world: SmallWorld, ends_well: bool) -> None:
    want = await world.want()

    async def stage(around: World, current: Want) -> WantChanges | None:
        assert await save(around, current, WantChanges(client="qbittorrent"))
        if not ends_well:
            raise Unavailable("Down.")
        return entering(WantState.CHOSEN, "chosen", "It was found.")

    await run(world, stage)
    want = await world.now(want)
    assert want.client == "qbittorrent"
    assert want.state is (WantState.CHOSEN if ends_well else WantState.WANTED)
    assert want.faults == (0 if ends_well else 1)


async def test_every_change_is_told_once_in_order_after_it_is_on_disk(world: SmallWorld) -> None:
    world.mam.offers = [world.offer()]
    await world.people.want("Emma", "Jane Austen")
    on_disk = []

    async def look() -> None:
        on_disk.append((await world.now(world.told()[-1].want)).version == world.told()[-1].want.version)

    world.qbittorrent.before("add", look)
    await world.pipeline.choose()
    await world.pipeline.grab()
    told = world.told()
    assert [(event.before, event.want.state) for event in told] == [
        (None, WantState.WANTED),
        (WantState.WANTED, WantState.CHOSEN),
        (WantState.CHOSEN, WantState.CHOSEN),
        (WantState.CHOSEN, WantState.DOWNLOADING),
    ]
    assert [event.want.version for event in told] == [1, 2, 3, 4]
    assert on_disk == [True]
    logged = await world.database.events.newest(10)
    moved = [event.want.state for event in told if event.want.state is not event.before]
    assert [event.after for event in reversed(logged)] == moved, "that it is about to be added is no news"


async def test_entering_a_state_ends_the_waiting(world: SmallWorld) -> None:
    want = await world.want(faults=3, next_try=world.clock.now, code="unavailable", reason="Down.")
    await run(world, failing(Unavailable("Down."), "nothing of this name"))
    want = await world.now(want)
    assert (want.state, want.faults, want.next_try) == (WantState.CHOSEN, 0, None)
    assert (want.code, want.reason) == ("chosen", "It was found.")


async def test_progress_is_reported_book_by_book(world: SmallWorld) -> None:
    for title in ("Emma", "Persuasion"):
        await world.want(title)
    heard = []
    with reporting(lambda done, total, text: heard.append((done, total, text))):
        await run(world, failing(Unavailable("Down.")))
    assert heard[0] == (0, 2, "try Emma")
    assert heard[-1] == (2, 2, "try Persuasion")
