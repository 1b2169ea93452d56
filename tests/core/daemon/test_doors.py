"""What is asked through a door is done, or refused in the words of that door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon.actions import BadArguments
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.doors import BookWish, Conflict, Misconfigured, NotFound, Repeated
from audiobook_daemon.errors import AudiobookDaemonError, Unavailable
from audiobook_daemon.models import Book, Health, Outcome, Release, RunOutcome, WantState, Wish

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
    over = asyncio.Event()

    async def linger() -> Outcome:
        await over.wait()
        return Outcome("done")

    for name in ("watch", "sync"):
        daemon.actions.remove(name)
        daemon.actions.add(name, linger)
    job, action = await daemon.doors.run_job("tend", "mqtt"), await daemon.doors.run_action("sync", {}, "mqtt")
    assert daemon.runner.running == {"tend", "sync"}
    with pytest.raises(Conflict, match=r"tend is running already\."):
        await daemon.doors.run_job("tend", "mqtt")
    with pytest.raises(Conflict, match=r"sync is running already\."):
        await daemon.doors.run_action("sync", {}, "mqtt")
    over.set()
    await until_idle(daemon)
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
    await daemon.doors.request_book(BookWish("Persuasion", "Jane Austen"))
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
    await asyncio.gather(told, doors.approve(number), doors.request_book(BookWish("Persuasion")))
    assert [run.outcome for run, _ in told.result()] == [RunOutcome.SUCCESS] * 5
    assert sum((await daemon.database.wants.counts()).values()) == 7


async def test_a_book_is_requested_once(daemon: Daemon) -> None:
    first = await daemon.doors.request_book(BookWish("Emma", "Jane Austen"))
    assert (await daemon.doors.request_book(BookWish(" Emma ", "Austen, Jane "))).id == first.id
    assert (await daemon.doors.request_book(BookWish("Persuasion"))).id != first.id
    with pytest.raises(AudiobookDaemonError, match=r"A book needs a title\."):
        await daemon.doors.request_book(BookWish("  "))
    assert sum((await daemon.database.wants.counts()).values()) == 2


async def test_a_book_is_requested_by_number(daemon: Daemon, world: DemoWorld) -> None:
    book = next(book for book in world.catalogue.books if book.asin)
    want = await daemon.doors.request_book(BookWish(asin=book.asin, narrator="Any Body"))
    assert (want.wish.book.title, want.wish.book.asin, want.wish.narrators) == (book.title, book.asin, ("Any Body",))
    with pytest.raises(AudiobookDaemonError, match="No source knows a book with the ASIN B0XXXXXXXX"):
        await daemon.doors.request_book(BookWish(asin="B0XXXXXXXX"))
    with pytest.raises(AudiobookDaemonError, match="'12345' is no ISBN"):
        await daemon.doors.request_book(BookWish("Emma", isbn="12345"))


async def until_idle(daemon: Daemon) -> None:
    async with asyncio.timeout(60):
        while daemon.runner.running:
            await asyncio.sleep(0.01)


async def test_with_a_key_a_run_begins_once_however_often_and_whenever_it_is_asked_for(daemon: Daemon) -> None:
    doors = daemon.doors
    asked = await asyncio.gather(
        *(doors.run_action("sync", {}, "mqtt", key="k1") for _ in range(5)), return_exceptions=True
    )
    begun = [one for one in asked if isinstance(one, str)]
    assert len(begun) == 1
    assert {one.run.id for one in asked if isinstance(one, Repeated)} == set(begun)
    await until_idle(daemon)
    with pytest.raises(Repeated) as again:
        await doors.run_action("sync", {}, "mqtt", key="k1")
    assert (again.value.run.id, again.value.run.outcome) == (begun[0], RunOutcome.SUCCESS)
    assert [run.id for run in await daemon.database.runs.latest()] == begun


async def test_a_key_counts_after_a_restart_too(world: DemoWorld) -> None:
    async with Daemon.assembled(world.config, {"TZ": "UTC", "SECRET": "x"}) as first:
        await first.plan()
        begun = await first.doors.run_job("tend", "mqtt", key="k1")
        await until_idle(first)
    async with Daemon.assembled(world.config, {"TZ": "UTC", "SECRET": "x"}) as second:
        await second.plan()
        with pytest.raises(Repeated) as again:
            await second.doors.run_job("tend", "mqtt", key="k1")
        assert again.value.run.id == begun


@pytest.mark.parametrize(
    ("action", "arguments"), [("choose", {"limit": 6}), ("choose", {}), ("sync", {}), ("choose", {"limit": "5"})]
)
async def test_a_key_stands_for_one_thing(daemon: Daemon, action: str, arguments: dict[str, object]) -> None:
    await daemon.doors.run_action("choose", {"limit": 5, "dry_run": True}, "mqtt", key="k1")
    await until_idle(daemon)
    with pytest.raises(Conflict, match="This key was used for something else"):
        await daemon.doors.run_action(action, arguments, "mqtt", key="k1")
    with pytest.raises(Conflict, match="This key was used for something else"):
        await daemon.doors.run_job("hunt", "mqtt", key="k1")


async def test_what_never_began_does_not_use_a_key_up(daemon: Daemon, endless: asyncio.Event) -> None:
    with pytest.raises(BadArguments):
        await daemon.doors.run_action("choose", {"limt": 5}, "mqtt", key="k1")
    with pytest.raises(NotFound):
        await daemon.doors.run_action("snyc", {}, "mqtt", key="k1")
    begun = await daemon.doors.run_action("endless", {}, "mqtt", key="k1")
    with pytest.raises(Conflict, match="running already"):
        await daemon.doors.run_action("endless", {}, "mqtt", key="k2")
    await endless.wait()
    await daemon.doors.cancel_run(begun)
    await until_idle(daemon)
    await daemon.doors.run_action("endless", {}, "mqtt", key="k2")


async def test_an_approval_with_a_key_is_given_once(daemon: Daemon) -> None:
    number = await want(daemon, WantState.REVIEW)
    await daemon.doors.approve(number, key="k1")
    with pytest.raises(Repeated) as again:
        await daemon.doors.approve(number, key="k1")
    assert again.value.want
    assert (again.value.run.outcome, again.value.want.state) == (RunOutcome.SUCCESS, WantState.CHOSEN)
    with pytest.raises(Conflict):
        await daemon.doors.reject(number, key="k1")


@pytest.fixture
def endless(daemon: Daemon) -> asyncio.Event:
    """An action that never ends by itself; the event tells that it began."""
    begun = asyncio.Event()

    async def endless() -> Outcome:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    daemon.actions.add("endless", endless)
    return begun


async def test_a_run_is_shown_and_called_off(daemon: Daemon, endless: asyncio.Event) -> None:
    run_id = await daemon.doors.run_action("endless", {}, "mqtt")
    await endless.wait()
    assert (await daemon.doors.show_run(run_id)).outcome is RunOutcome.RUNNING
    assert (await daemon.doors.cancel_run(run_id)).id == run_id
    await until_idle(daemon)
    ended = await daemon.doors.show_run(run_id)
    assert (ended.outcome, ended.error) == (RunOutcome.CANCELLED, "It was called off.")
    with pytest.raises(Conflict, match="has ended: cancelled"):
        await daemon.doors.cancel_run(run_id)
    with pytest.raises(NotFound, match="There is no run 'nobody'"):
        await daemon.doors.cancel_run("nobody")


async def test_a_run_that_is_called_off_before_it_began_does_nothing(daemon: Daemon, endless: asyncio.Event) -> None:
    run_id = await daemon.doors.run_action("endless", {}, "mqtt")
    await daemon.doors.cancel_run(run_id)
    await until_idle(daemon)
    assert not endless.is_set()
    assert (await daemon.doors.show_run(run_id)).outcome is RunOutcome.CANCELLED


async def test_the_run_of_a_job_is_called_off_and_the_job_shows_it(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def hang(*_: object, **__: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(daemon.host, "ask", hang)
    number, _ = await daemon.database.wants.add("emma", Wish(Book("Emma"), "top10"))
    with pytest.raises(Conflict, match="hunt is not running"):
        await daemon.doors.cancel_job("hunt")
    await daemon.doors.run_job("hunt", "mqtt")
    await begun.wait()
    await daemon.doors.cancel_job("hunt")
    await until_idle(daemon)
    (last,) = [job.last_run for job in daemon.scheduler.statuses() if job.name == "hunt"]
    assert last
    assert last.outcome is RunOutcome.CANCELLED
    kept = await daemon.database.wants.get(number.id)
    assert kept
    assert (kept.state, kept.version, kept.faults) == (WantState.WANTED, number.version, 0)


async def test_a_configuration_with_mistakes_is_named_by_file_and_line(
    daemon: Daemon, edit: Callable[[str, str], None], world: DemoWorld
) -> None:
    edit("timezone:", "timezzone:")
    with pytest.raises(Misconfigured) as told:
        await daemon.doors.reload()
    (mistake, *_) = told.value.mistakes
    assert mistake.path == "timezzone"
    assert mistake.message.startswith(f"{world.config.name}:") or str(world.config) in mistake.message


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
        async with asyncio.timeout(60):
            while daemon.runner.running:
                await asyncio.sleep(0.01)
        (run, *_) = await daemon.database.runs.latest("adopt_folder")
        assert words in (run.error or "")
