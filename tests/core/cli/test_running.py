"""What is asked of a running daemon: how instances do, what a service says, the log, and calling a run off."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.daemon import Daemon

if TYPE_CHECKING:
    from tests.conftest import Ended

Command = Callable[..., Awaitable["Ended"]]
SECRET = "a-session-of-mam"


@pytest.fixture
async def daemon(config: Path) -> AsyncIterator[Daemon]:
    """A daemon that answers the command line; the tracker it is to work with cannot be reached."""
    config.write_text(
        config.read_text().partition("jobs:")[0].replace("  top10: {genres: [fantasy]}\n", "") + "jobs: {}\n"
    )
    up, stop = asyncio.Event(), asyncio.Event()
    async with Daemon.assembled(config) as made:
        serving = asyncio.create_task(made.serve(up.set, stop))
        await up.wait()
        yield made
        stop.set()
        await serving


async def test_a_running_daemon_tells_what_it_alone_knows(daemon: Daemon, config: Path, command_here: Command) -> None:
    listed = await command_here("-c", config, "instances", "--json")
    (mam,) = [one for one in json.loads(listed.output) if one["name"] == "mam"]
    assert (mam["type"], mam["roles"][0] != "") == ("mam", True)
    assert mam["health"] in {"starting", "ready", "resting"}

    tested = await command_here("-c", config, "instances", "test", "mam", "--json")
    assert (tested.status, tested.errors) == (1, ""), "it cannot be reached"
    told = json.loads(tested.output)
    assert (told["name"], told["asked"] and not told["findings"]) == ("mam", False)
    assert "mam" in (await command_here("-c", config, "instances", "test", "mam")).output
    unknown = await command_here("-c", config, "instances", "test", "ham")
    assert (unknown.status, unknown.errors) == (1, "There is no instance called 'ham'. Instances: mam.\n")

    with daemon.recent_lines.listening():
        logging.getLogger("audiobook_daemon.test").warning("The session %s is over.", SECRET)
    log = await command_here("-c", config, "log", "-n", "1", "--json")
    (line,) = json.loads(log.output)
    assert "is over." in line
    assert SECRET not in line + listed.output + tested.output

    nothing = await command_here("-c", config, "cancel", "0a1b2c3d")
    assert nothing.status == 1
    assert "There is no run '0a1b2c3d'." in nothing.errors


async def test_a_run_that_is_under_way_is_called_off(daemon: Daemon, config: Path, command_here: Command) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def linger() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    daemon.actions.add("linger", linger)  # type: ignore[arg-type]
    run = await daemon.doors.run_action("linger", {}, "cli")
    await begun.wait()
    told = await command_here("-c", config, "cancel", run)
    assert (told.status, told.output) == (0, f"The run {run} is called off.\n")
    await ended.wait()
    while not (found := await daemon.database.runs.get(run)) or found.finished is None:
        await asyncio.sleep(0)
    assert found.outcome == "cancelled"
    again = await command_here("-c", config, "cancel", run)
    assert (again.status, again.errors) == (1, f"The run {run} has ended: cancelled.\n")


async def test_events_are_followed_as_they_happen(
    daemon: Daemon, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from audiobook_daemon.cli import happenings  # noqa: PLC0415

    monkeypatch.setattr(happenings, "_SECONDS", 0.01)
    await daemon.database.events.add("news", "This was before.")
    following = asyncio.create_task(happenings.tell_on(daemon.database, None, None, as_json=True))
    await asyncio.sleep(0)
    last = (await daemon.database.events.bounds())[1]
    printed = ""
    for number in range(1000):
        await daemon.database.events.add("news", f"This is number {number}.")
        await asyncio.sleep(0.01)
        if "This is number" in (printed := printed + capsys.readouterr().out):
            break
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following
    lines = [json.loads(line) for line in printed.splitlines()]
    assert "This was before." not in printed
    assert [line["id"] for line in lines] == list(range(lines[0]["id"], lines[0]["id"] + len(lines)))
    assert lines[0]["id"] > last
