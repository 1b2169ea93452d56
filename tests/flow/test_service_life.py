"""The daemon as systemd and a person at the command line live with it."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import socket
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from audiobook_daemon.control import Remote, socket_path
from audiobook_daemon.demo.glance import kept_messages
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.conftest import Command
    from tests.flow.conftest import Household, Inhabit

SOON = 60.0
QUICK = 10.0
"""Seconds for a stop, on a machine that has other work; systemd waits three times as long."""
WATCHDOG = 0.2
AVAILABILITY = "audiobook-daemon/availability"
VERBS = ("gather", "choose", "grab", "watch", "verify", "shelve")
CREDENTIALS = struct.calcsize("3i")


class Systemd:
    """Hears what services tell, and knows from the kernel who tells it."""

    def __init__(self) -> None:
        self.told: list[dict[str, str]] = []
        self.teller = 0
        self._address = f"\0audiobook-daemon-test/{secrets.token_hex(8)}"
        self._more = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._socket.bind(self._address)
        asyncio.get_running_loop().add_reader(self._socket, self._read)
        return self

    async def __aexit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    @property
    def environment(self) -> dict[str, str]:
        microseconds = str(int(WATCHDOG * 1_000_000))
        return {"NOTIFY_SOCKET": f"@{self._address[1:]}", "WATCHDOG_USEC": microseconds}

    async def hears(self, word: str, *, after: int = 0) -> dict[str, str]:
        """Wait for a message with a word, and return it whole."""
        async with asyncio.timeout(SOON):
            while not (found := [message for message in self.told[after:] if word in message]):
                self._more.clear()
                await self._more.wait()
        return found[0]

    def _read(self) -> None:
        message, ancillary, _, _ = self._socket.recvmsg(4096, socket.CMSG_SPACE(CREDENTIALS))
        self.teller = struct.unpack("3i", ancillary[0][2])[0]
        self.told.append(dict(line.split("=", 1) for line in message.decode().splitlines()))
        self._more.set()


class Service:
    """The process as systemd started it."""

    def __init__(self, process: asyncio.subprocess.Process, config: Path, log: Path) -> None:
        self.process = process
        self.socket = socket_path(config.with_name("state.db"))
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text()

    async def ask(self, **question: object) -> str:
        async with asyncio.timeout(SOON):
            return str((await Remote(self.socket).ask(question))["summary"])


@asynccontextmanager
async def started(config: Path, systemd: Systemd) -> AsyncIterator[Service]:
    log = config.with_name("log")
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-m", "audiobook_daemon", "-c", str(config), "run"),
            stderr=errors,
            env={**os.environ, **systemd.environment},
        )
    try:
        yield Service(process, config, log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def systemd() -> AsyncIterator[Systemd]:
    async with Systemd() as systemd:
        yield systemd


@pytest.fixture
async def household(inhabit: Inhabit) -> AsyncIterator[Household]:
    async with inhabit(4, real={"mqtt"}) as household:
        yield household


async def test_systemd_hears_of_the_whole_life(household: Household, systemd: Systemd) -> None:
    async with started(household.config, systemd) as service:
        assert (await systemd.hears("READY"))["STATUS"] == "6 instances, 3 jobs"
        assert systemd.teller == service.process.pid
        assert await service.ask(action="sync") == "sync: audiobookshelf: 1 book, 1 new.", (
            "what is ready answers at once"
        )
        await systemd.hears("WATCHDOG")
        beats = len(systemd.told)
        for _ in range(3):
            await systemd.hears("WATCHDOG", after=beats)
            beats = len(systemd.told)

        good = household.config.read_text()
        household.change("0 3 29 2 *", "0 3 29 2")
        before = len(systemd.told)
        service.process.send_signal(signal.SIGHUP)
        reloading = await systemd.hears("RELOADING", after=before)
        assert reloading["MONOTONIC_USEC"].isdigit()
        assert (await systemd.hears("READY", after=before))["STATUS"] == "6 instances, 3 jobs"
        line = next(number for number, text in enumerate(good.splitlines(), 1) if "0 3 29 2 *" in text)
        assert "the daemon goes on with the old one" in service.log
        assert f"{household.config}:{line}:9: jobs.top10.at: a cron time has five fields" in service.log
        assert await service.ask(job="hunt") == "choose: nothing to do. grab: nothing to do."

        household.config.write_text(f'{good}  more:\n    at: "@daily"\n    do: [cleanup]\n')
        before = len(systemd.told)
        service.process.send_signal(signal.SIGHUP)
        assert (await systemd.hears("READY", after=before))["STATUS"] == "6 instances, 4 jobs"
        assert "Configuration read again. job more new." in service.log
        assert service.process.returncode is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_is_quick_and_clean(household: Household, systemd: Systemd, number: signal.Signals) -> None:
    async with started(household.config, systemd) as service:
        await systemd.hears("READY")
        port = household.world.broker.port
        async with asyncio.timeout(SOON):
            while await kept_messages(port, AVAILABILITY) != {AVAILABILITY: b"online"}:
                pass
        service.process.send_signal(number)
        async with asyncio.timeout(QUICK):
            assert await service.process.wait() == 0
        await systemd.hears("STOPPING")
        assert systemd.told[-1] == {"STOPPING": "1"}
        assert await kept_messages(port, AVAILABILITY) == {AVAILABILITY: b"offline"}
        assert not service.socket.exists()
        assert service.log.endswith("audiobook-daemon stops.\n")
        assert "Traceback" not in service.log


async def test_what_cannot_start_says_so_and_is_never_ready(household: Household, systemd: Systemd) -> None:
    household.change("pace: 0\n", "pace: slow\n")
    household.change("do: [choose, grab]", "do: [chose, grab]")
    text = household.config.read_text()
    async with started(household.config, systemd) as service:
        async with asyncio.timeout(SOON):
            assert await service.process.wait() == 1
    mistakes = service.log.splitlines()
    assert len(mistakes) == text.count("pace: slow") + 1
    assert all(line.startswith(f"{household.config}:") for line in mistakes)
    assert systemd.told == []


async def test_the_command_line_reaches_it(household: Household, systemd: Systemd, command: Command) -> None:
    async def run(*words: str) -> tuple[int, str, str]:
        return await command("-c", household.config, *words)

    async with started(household.config, systemd) as service:
        await systemd.hears("READY")
        assert (await run("do", "gather"))[0] == 0
        chosen = await run("do", "choose", "--limit", "2", "--json")
        assert (chosen[0], json.loads(chosen[1])["succeeded"]) == (0, 2)
        assert await run("jobs", "run", "hunt") == (0, "choose: 1 due, 1 moved on. grab: 3 due, 3 moved on.\n", "")
        well, (status, told, complaint) = await asyncio.gather(run("retry", "mam"), run("retry", "nobody"))
        assert well == (0, "mam is tried again.\n", "")
        assert (status, told) == (1, "")
        assert complaint.startswith("There is no instance called 'nobody'. Instances: mam, prowlarr, ")
        status, told, _ = await run("doctor")
        assert (status, told.splitlines()[-1]) == (0, "doctor: All is well.")
        assert service.process.returncode is None
        assert "Traceback" not in service.log


async def test_its_log_and_its_topics_hold_no_secret(household: Household, systemd: Systemd) -> None:
    household.change("timezone: UTC", "timezone: UTC\nlog: {level: debug, format: json}")
    world = household.world
    first = world.mam.session.value
    async with started(household.config, systemd) as service:
        await systemd.hears("READY")
        for verb in VERBS[:3]:
            await service.ask(action=verb)
        await world.restart("qbittorrent")
        async with asyncio.timeout(SOON):
            while (await wants_in(household))[WantState.SHELVED] < len(household.books):
                for verb in VERBS[3:]:
                    await service.ask(action=verb)
        await service.ask(action="grab")  # there is nothing to do, which is for the most curious only
        world.mam.session.end()
        wrong = household.config.with_name("secrets.yaml")
        wrong.write_text(wrong.read_text().replace("demo-key-of-audiobookshelf", "a-key-that-is-wrong"))
        await service.ask(reload=True)
        await service.ask(action="doctor")
        topics = await kept_messages(world.broker.port, "#")
        service.process.terminate()
        assert await service.process.wait() == 0
    lines = [json.loads(line) for line in service.log.splitlines()]
    assert {"debug", "info", "warning"} <= {line["level"] for line in lines}
    assert any("refused the API key" in line["message"] for line in lines)
    assert not any("exception" in line for line in lines)
    assert "Traceback" not in service.log
    rotated = world.mam.session.value
    assert rotated != first
    told = (f"{topic} {document.decode(errors='replace')}\n" for topic, document in topics.items())  # one is a cover
    everything = service.log + "".join(told)
    assert f"{AVAILABILITY} online" in everything
    sensitive = [*world.services.access().secrets.values(), "demo+session", rotated, "rotated-", "a-key-that-is-wrong"]
    assert [secret for secret in sensitive if secret in everything] == []


async def wants_in(household: Household) -> dict[WantState, int]:
    states = [want.state for want in await household.wants()]
    return {state: states.count(state) for state in WantState}
