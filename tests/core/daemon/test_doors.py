"""What is asked through a door is done, or refused in the words of that door."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from audiobook_daemon.actions import BadArguments
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.errors import AudiobookDaemonError, Unavailable
from audiobook_daemon.models import Book, Health, Release, RunOutcome, WantState, Wish
from audiobook_daemon.mqtt import Conflict, NotFound

RELEASE = Release("mam", "1", "Emma")


async def want(daemon: Daemon, state: WantState) -> int:
    added, _ = await daemon.database.wants.add("emma", Wish(Book("Emma"), "top10"), state=state, release=RELEASE)
    return added.id


async def test_an_action_runs_and_its_outcome_is_told(daemon: Daemon) -> None:
    run, outcome = await daemon.doors.do("sync", {}, "cli")
    assert (run.name, run.trigger, run.outcome, run.processed) == ("sync", "cli", RunOutcome.SUCCESS, 1)
    assert outcome
    assert outcome.summary == "sync: audiobookshelf: 1 book, 1 new."
    assert (await daemon.database.runs.latest("sync"))[0] == run


async def test_a_job_runs(daemon: Daemon) -> None:
    run, _ = await daemon.doors.do_job("hunt", "cli")
    assert (run.name, run.outcome, run.scheduled) == ("hunt", RunOutcome.SUCCESS, None)


async def test_started_and_not_waited_for(daemon: Daemon) -> None:
    job, action = await daemon.doors.run_job("tend", "mqtt"), await daemon.doors.run_action("sync", {}, "mqtt")
    assert daemon.runner.running == {"tend", "sync"}
    with pytest.raises(Conflict, match=r"tend is running already\."):
        await daemon.doors.run_job("tend", "mqtt")
    with pytest.raises(Conflict, match=r"sync is running already\."):
        await daemon.doors.run_action("sync", {}, "mqtt")
    async with asyncio.timeout(60):
        while daemon.runner.running:
            await asyncio.sleep(0.01)
    assert {run.id for run in await daemon.database.runs.latest()} == {job, action}


async def test_what_there_is_not(daemon: Daemon) -> None:
    doors = daemon.doors
    with pytest.raises(NotFound, match=r"There is no job called 'hnut'\. Jobs: hunt, tend, top10\."):
        await doors.run_job("hnut", "mqtt")
    with pytest.raises(NotFound, match=r"There is no job called 'hnut'"):
        await doors.set_job_enabled("hnut", False)
    with pytest.raises(NotFound, match=r"There is no action called 'snyc'\. Did you mean sync\?"):
        await doors.run_action("snyc", {}, "mqtt")
    with pytest.raises(NotFound, match=r"There is no instance called 'nobody'"):
        await doors.check_instance("nobody")
    with pytest.raises(
        AudiobookDaemonError, match=r"There is no instance called 'nobody'\. Instances: mam, prowlarr, "
    ):
        await doors.retry("nobody")
    with pytest.raises(BadArguments, match="unknown argument limt, did you mean limit"):
        await doors.run_action("choose", {"limt": 5}, "mqtt")
    assert await daemon.database.runs.latest() == ()


@pytest.mark.parametrize("command", ["approve", "reject", "give_up_want", "drop_want", "revive_want", "search_want"])
@pytest.mark.parametrize("number", [99, 0, -1, 10**30])
async def test_there_is_no_such_want(daemon: Daemon, command: str, number: int) -> None:
    with pytest.raises(NotFound, match=f"There is no want {number}"):
        await getattr(daemon.doors, command)(number)


@pytest.mark.parametrize(
    ("command", "state", "words"),
    [
        ("approve", WantState.WANTED, "has nothing to accept: it is wanted"),
        ("reject", WantState.DOWNLOADING, "has nothing to reject: it is downloading"),
        ("give_up_want", WantState.SHELVED, "cannot be given up: it is shelved"),
        ("drop_want", WantState.SHELVED, "is on the shelf already"),
        ("revive_want", WantState.WANTED, "needs no reviving: it is wanted"),
        ("search_want", WantState.DOWNLOADED, "is past searching: it is downloaded"),
    ],
)
async def test_a_want_that_stands_elsewhere(daemon: Daemon, command: str, state: WantState, words: str) -> None:
    number = await want(daemon, state)
    with pytest.raises(Conflict, match=words):
        await getattr(daemon.doors, command)(number)
    kept = await daemon.database.wants.get(number)
    assert kept
    assert (kept.state, kept.version) == (state, 1)


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        ("approve", WantState.REVIEW, WantState.CHOSEN),
        ("reject", WantState.REVIEW, WantState.WANTED),
        ("give_up_want", WantState.REVIEW, WantState.GIVEN_UP),
        ("drop_want", WantState.DOWNLOADING, WantState.DROPPED),
        ("revive_want", WantState.GIVEN_UP, WantState.WANTED),
        ("search_want", WantState.REVIEW, WantState.WANTED),
    ],
)
async def test_a_person_moves_a_want(daemon: Daemon, command: str, before: WantState, after: WantState) -> None:
    number = await want(daemon, before)
    told = await getattr(daemon.doors, command)(number)
    assert (told.id, told.state) == (number, after)
    assert await daemon.database.wants.get(number) == told
    assert (told.release is None) is (after in {WantState.WANTED, WantState.GIVEN_UP})
    assert [one.key for one in await daemon.database.blocklist.for_want(number)] == (
        ["1"] if command == "reject" else []
    )


async def test_what_a_person_says_by_mqtt_stands_in_the_history(daemon: Daemon) -> None:
    number = await want(daemon, WantState.REVIEW)
    await daemon.doors.approve(number)
    await daemon.doors.request_book("Persuasion", "Jane Austen")
    with pytest.raises(Conflict):
        await daemon.doors.approve(number)
    told = [(run.name, run.trigger, run.outcome) for run in await daemon.database.runs.latest()]
    failed, well = RunOutcome.FAILED, RunOutcome.SUCCESS
    assert sorted(told) == sorted([("accept", "mqtt", failed), ("want", "mqtt", well), ("accept", "mqtt", well)])


async def test_several_people_at_once(daemon: Daemon) -> None:
    number = await want(daemon, WantState.REVIEW)
    doors = daemon.doors
    asked = [doors.do("want", {"title": f"Book {count}"}, "cli") for count in range(5)]
    told = asyncio.gather(*asked)
    await asyncio.gather(told, doors.approve(number), doors.request_book("Persuasion", None))
    assert [run.outcome for run, _ in told.result()] == [RunOutcome.SUCCESS] * 5
    assert sum((await daemon.database.wants.counts()).values()) == 7


async def test_a_book_is_requested_once(daemon: Daemon) -> None:
    first = await daemon.doors.request_book("Emma", "Jane Austen")
    assert await daemon.doors.request_book(" Emma ", "Austen, Jane ") == first
    assert await daemon.doors.request_book("Persuasion", None) != first
    with pytest.raises(AudiobookDaemonError, match=r"A book needs a title\."):
        await daemon.doors.request_book("  ", None)
    assert sum((await daemon.database.wants.counts()).values()) == 2


async def test_jobs_are_paused_and_resumed(daemon: Daemon) -> None:
    for enabled in (False, True):
        await daemon.doors.set_job_enabled("hunt", enabled)
        assert {job.name: job.paused for job in daemon.scheduler.statuses()}["hunt"] is not enabled
        assert (await daemon.database.jobs.pauses())["hunt"] is None or enabled
    told = [(run.name, run.trigger, run.summary) for run in await daemon.database.runs.latest()]
    assert sorted(told) == [("pause", "mqtt", "hunt is paused."), ("resume", "mqtt", "hunt is resumed.")]


async def test_an_instance_is_checked(daemon: Daemon, world: DemoWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await daemon.doors.check_instance("qbittorrent")).health is Health.READY
    await world.stop("qbittorrent")
    with pytest.raises(Unavailable, match="cannot be reached: Connection refused"):
        await daemon.doors.check_instance("qbittorrent")

    async def stumble() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(daemon.host.instances["mam"].plugin, "check", stumble)
    with pytest.raises(Unavailable, match=r"mam failed in check \(ZeroDivisionError: division by zero\)"):
        await daemon.doors.check_instance("mam")


async def test_an_instance_is_tried_again(daemon: Daemon, world: DemoWorld) -> None:
    await world.stop("audiobookshelf")
    run, _ = await daemon.doors.do("sync", {}, "cli")
    assert "audiobookshelf: cannot be read" in (run.error or "")
    instance = daemon.host.instances["audiobookshelf"]
    assert instance.status().health is Health.RESTING
    await world.start("audiobookshelf")
    await daemon.doors.retry("audiobookshelf")
    assert instance.status().health is Health.READY
    assert (await daemon.doors.do("sync", {}, "cli"))[0].outcome is RunOutcome.SUCCESS


async def test_over_a_network_nobody_names_files_the_daemon_has_no_business_with(
    daemon: Daemon, tmp_path: Path
) -> None:
    (tmp_path / "secret").mkdir()
    for begin, words in (
        (daemon.doors.run_action, "does not lie below a folder the daemon works with"),
        (daemon.doors.do, "holds no audio"),
    ):
        await begin("adopt_folder", {"path": str(tmp_path / "secret")}, "mqtt")
        async with asyncio.timeout(10):
            while daemon.runner.running:
                await asyncio.sleep(0.01)
        (run, *_) = await daemon.database.runs.latest("adopt_folder")
        assert words in (run.error or "")
