"""The daemon as a process: its one database, its configuration while it runs, its memory of jobs, its deaths."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.conftest import Command, DaemonProcess, RunDaemon

KEY = "a-key-of-audiobookshelf"
FILE = """\
database: sqlite://state.db
timezone: UTC
plugins:
  audiobookshelf: {{url: "{url}", token: {key}, library: Audiobooks}}
jobs:
  tidy: {{at: "0 {hour} * * *", do: [cleanup]}}
  read: {{at: "30 {hour} * * *", do: [sync]}}
"""
HOUR = (datetime.now(UTC).hour + 12) % 24
"""Half a day away, so that no job comes by itself."""
BAD = """\
database: sqlite://state.db
timezone: Europe/Atlantis
plugins:
  audiobookshelf: {url: somewhere, tokn: secret-of-mine}
  qbittorent: {}
jobs:
  tidy: {at: "61 4 * * *", do: [cleanupp]}
"""
MISTAKES = (
    "2:11: timezone",
    "4:25: plugins.audiobookshelf.url",
    "4:36: plugins.audiobookshelf.tokn",
    "5:3: plugins.qbittorent",
    "7:14: jobs.tidy.at",
    "7:33: jobs.tidy.do[0]",
)
"""Line, column and place of each."""


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[AudiobookshelfStandIn]:
    (tmp_path / "library").mkdir()
    async with AudiobookshelfStandIn(tmp_path / "library", KEY) as library:
        yield library


@pytest.fixture
def config(tmp_path: Path, library: AudiobookshelfStandIn) -> Path:
    path = tmp_path / "daemon" / "audiobook-daemon.yaml"
    path.parent.mkdir()
    path.write_text(FILE.format(url=library.url, key=KEY, hour=HOUR))
    return path


async def jobs(command: Command, config: Path) -> dict[str, dict[str, object]]:
    told = await command("-c", config, "jobs", "--json")
    assert told.status == 0, told.errors
    return {job["name"]: job for job in json.loads(told.output)}


async def ran(daemon: DaemonProcess, job: str, trigger: str | None = None) -> Run:
    """Wait for the end of a job's last run, which was begun by a trigger if one is named."""
    async with asyncio.timeout(60), Database.open(f"sqlite://{daemon.database}", exclusive=False) as database:
        while True:
            for run in await database.runs.latest(job, 1):
                if run.finished is not None and trigger in {None, run.trigger}:
                    return run
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("same_file", [True, False])
async def test_a_second_daemon_on_one_database_is_refused(
    config: Path, run_daemon: RunDaemon, command: Command, *, same_file: bool
) -> None:
    other = config if same_file else config.with_name("other.yaml")
    other.write_text(config.read_text())
    async with run_daemon(config) as first:
        second = await command("-c", other, "run")
        assert second.status == 1
        taken = str(config if same_file else first.database)
        assert f"{taken} is in use by another audiobook-daemon, process {first.pid}." in second.errors
        assert "Traceback" not in second.errors
        answer = await first.ask(action="cleanup")
        assert answer["outcome"] == "success", "the first one is not disturbed"


async def test_a_stop_is_clean_and_the_next_start_finds_all_in_order(config: Path, run_daemon: RunDaemon) -> None:
    async with run_daemon(config) as daemon:
        assert await daemon.stop() == 0
        assert daemon.log[-1].endswith("audiobook-daemon stops.")
        await daemon.start()
        await daemon.ask(action="sync")
        assert not any("interrupted" in line for line in daemon.log)


async def test_a_killed_daemon_says_what_it_was_doing_and_goes_on(
    config: Path, run_daemon: RunDaemon, library: AudiobookshelfStandIn
) -> None:
    async with run_daemon(config) as daemon:
        library.faults.always(Fault.DRIP, "/api")
        asked = len(library.requests)
        waiting = asyncio.create_task(daemon.ask(job="read"))
        async with asyncio.timeout(60), Database.open(f"sqlite://{daemon.database}", exclusive=False) as database:
            while not await database.runs.latest("read", 1):
                await asyncio.sleep(0.02)
        await daemon.kill()
        with pytest.raises((AudiobookDaemonError, ConnectionError)):
            await waiting
        library.faults.clear()
        await daemon.start()
        await daemon.said("read was interrupted when the daemon last ended.")
        assert (await ran(daemon, "read")).outcome is RunOutcome.INTERRUPTED
        assert (await daemon.ask(job="read"))["outcome"] == "success"
        assert len(library.requests) > asked
        assert not any("Traceback" in line for line in daemon.log)


async def test_every_mistake_of_a_file_has_its_line(tmp_path: Path, command: Command, command_here: Command) -> None:
    path = tmp_path / "audiobook-daemon.yaml"
    path.write_text(BAD)
    for word, ask in (("check", command_here), ("run", command), ("wants", command_here)):
        told = await ask("-c", path, word)
        said = told.output + told.errors
        assert told.status == 1
        for mistake in MISTAKES:
            assert f"{path}:{mistake}" in said
        assert "did you mean qbittorrent" in said
        assert "secret-of-mine" not in said
        assert "Traceback" not in said
    assert not (tmp_path / "state.db").exists()


async def test_a_reload_with_a_bad_file_changes_nothing_and_with_a_good_one_only_what_differs(
    config: Path, run_daemon: RunDaemon, command_here: Command, library: AudiobookshelfStandIn
) -> None:
    good = config.read_text()
    async with run_daemon(config) as daemon:
        config.write_text(good + '  broken: {at: "99 * * * *", do: [cleanup]}\n')
        daemon.send(signal.SIGHUP)
        await daemon.said("The configuration was not taken over")
        await daemon.said(f"{config}:8:16: jobs.broken.at")
        assert (await daemon.ask(job="tidy"))["outcome"] == "success"
        with pytest.raises(AudiobookDaemonError, match="no job called 'broken'"):
            await daemon.ask(job="broken")
        await daemon.ask(action="sync")  # which waits until the instance has started
        asked = sum(request.path == "/status" for request in library.requests)
        config.write_text(f'{good}  new: {{at: "15 {HOUR} * * *", do: [cleanup]}}\n')
        daemon.send(signal.SIGHUP)
        assert "job new new" in await daemon.said("Configuration read again.")
        assert (await daemon.ask(job="new"))["outcome"] == "success"
        assert sum(request.path == "/status" for request in library.requests) == asked, "the instance was left alone"
        told = await command_here("-c", config, "reload")
        assert (told.status, told.output) == (0, "Nothing has changed.\n")


async def test_an_instance_that_changes_is_swapped_under_way(
    config: Path, run_daemon: RunDaemon, library: AudiobookshelfStandIn
) -> None:
    good = config.read_text()
    async with run_daemon(config) as daemon:
        config.write_text(good.replace(KEY, "a-key-that-is-wrong"))
        daemon.send(signal.SIGHUP)
        await daemon.said("instance audiobookshelf changed")
        await daemon.said("refused the API key")
        with pytest.raises(AudiobookDaemonError, match="refused the API key"):
            await daemon.ask(action="sync")
        config.write_text(good)
        assert "audiobookshelf changed" in str((await daemon.ask(reload=True))["summary"])
        assert (await daemon.ask(action="sync"))["outcome"] == "success"
        assert not any("a-key-that-is-wrong" in line for line in daemon.log)


async def test_a_paused_job_stays_paused_over_restarts(
    config: Path, run_daemon: RunDaemon, command_here: Command
) -> None:
    async with run_daemon(config) as daemon:
        assert (await command_here("-c", config, "jobs", "pause", "tidy")).output == "tidy is paused.\n"
        await daemon.kill()
        await missed(daemon, "tidy", "read")
        await daemon.start()
        await ran(daemon, "read", "catch_up")
        found = await jobs(command_here, config)
        assert (found["tidy"]["state"], found["tidy"]["next_run"]) == ("paused", None)
        assert found["read"]["state"] == "on"
        tidied = found["tidy"]["last_run"]
        assert isinstance(tidied, dict)
        assert tidied["trigger"] == "schedule", "what is paused is not caught up with either"
        await command_here("-c", config, "jobs", "resume", "tidy")
        assert (await jobs(command_here, config))["tidy"]["state"] == "on"


async def test_a_time_missed_while_the_daemon_was_away_is_made_up_for_once(config: Path, run_daemon: RunDaemon) -> None:
    async with run_daemon(config) as daemon:
        await daemon.stop()
        await missed(daemon, "read")
        await daemon.start()
        run = await ran(daemon, "read", "catch_up")
        assert run.outcome is RunOutcome.SUCCESS
        await daemon.stop()
        await daemon.start()
        await daemon.ask(action="cleanup")
        assert (await ran(daemon, "read")).id == run.id


async def missed(daemon: DaemonProcess, *names: str) -> None:
    """Let a job have run at its time eight days ago, and never since."""
    then = datetime.now(UTC) - timedelta(days=8)
    async with Database.open(f"sqlite://{daemon.database}") as database:
        for name in names:
            run = Run(f"{name}-then", name, "schedule", then, RunOutcome.SUCCESS, then, scheduled=then)
            await database.runs.start(run)
