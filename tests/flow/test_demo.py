"""The demo as people start it: it ends well, says what is real, leaves nothing behind, and admits a lost book."""

from __future__ import annotations

import asyncio
import http.client
import io
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientConnectorError, ClientSession
from rich.console import Console

from audiobook_daemon.demo import command, performance, services
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.glance import kept_messages
from audiobook_daemon.demo.journeys import Journeys
from audiobook_daemon.demo.mam import MamStandIn
from audiobook_daemon.demo.performance import perform, serving
from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.show import Show
from audiobook_daemon.demo.world import DemoWorld, FolderInUse
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.conftest import Command

BOOKS = 6
WANTED = ("The Glass Ferry", "Salt & Starlight", "The Salt Cartographer", "The Ash Librarian", "The Winter Ledger")
OWNED = "A Candle for the Drowned"
SOURCES = ["Google Books", "Audnexus", "Hardcover", "Open Library"]
PLAYED = ["MyAnonamouse", "Prowlarr", *SOURCES, "qBittorrent", "Audiobookshelf", "MQTT broker"]
SERVICES = ["mam", "prowlarr", "google_books", "audnexus", "hardcover", "open_library", "qbittorrent", "audiobookshelf"]
DEADLINE = 240.0


FEW = "--books=2"
"""Enough where only the beginning and the end are looked at."""


def arguments(*options: str) -> list[str]:
    return [sys.executable, "-m", "audiobook_daemon", "demo", f"--books={BOOKS}", *options]


def surroundings(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder), "TERM": "xterm", "PYTHONUNBUFFERED": "1"}


@contextmanager
def demo(folder: Path, *options: str, output: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    """Start the demo with its temporary files in a folder of ours."""
    with subprocess.Popen(
        arguments(*options),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings(folder),
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(folder: Path, *options: str) -> tuple[int, str]:
    with demo(folder, *options) as process:
        told, _ = process.communicate(timeout=DEADLINE)
        return process.returncode, told


def check_arrived(told: str) -> None:
    for title in WANTED:
        for state in ("wanted", "chosen", "downloading", "downloaded", "verified", "shelved"):
            assert re.search(rf" s  {state} +{re.escape(title)}\n", told), f"{title} was never {state}\n{told}"
        assert re.search(rf"^{re.escape(title)} .* shelved ", told, re.MULTILINE), f"{title} is not in the table"
    assert OWNED not in told
    assert f"All {len(WANTED)} wanted books stand in the library" in told
    assert f"the daemon is online, {len(WANTED)} books shelved." in told
    assert " ! " not in told, "a warning"


def check_nothing_left(folder: Path, told: str) -> None:
    """No file is left and no process of ours; the ports are not tried, for others may have them by now."""
    assert list(folder.iterdir()) == []
    assert len(re.findall(r"//127\.0\.0\.1:(\d+)", told)) >= 6
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it has ended meanwhile
            assert f"TMPDIR={folder}\0".encode() not in environment.read_bytes(), environment


def check_dashboard(told: str) -> None:
    """Where it was said that one can watch, one can, with the key that was said and with no other."""
    watch = re.search(r"Watch it live on (http://127\.0\.0\.1:\d+/)\s+with the key +(\S+)", told)
    again = re.search(r"the dashboard +(\S+)\s+its key +(\S+)", told)
    assert watch
    assert again
    assert watch.groups() == again.groups()
    address, key = watch.groups()
    for shown, status in ((key, 200), (f"{key}x", 401)):
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=DEADLINE)
        connection.request("GET", "/api/wants", headers={"X-API-Key": shown})
        answer = connection.getresponse()
        assert answer.status == status
        assert (WANTED[0] in answer.read().decode()) is (status == 200)
        connection.close()


async def test_with_stand_ins_every_book_is_shelved_and_a_named_folder_is_kept(
    tmp_path: Path, command: Command
) -> None:
    scratch, folder = tmp_path / "scratch", tmp_path / "here"
    scratch.mkdir()
    status, told = await asyncio.to_thread(ended, scratch, "--standins", f"--folder={folder}")
    assert status == 0, told
    check_arrived(told)
    assert re.findall(r"^  (\w.*?) +stand-in ", told, re.MULTILINE) == PLAYED
    check_nothing_left(scratch, told)
    assert len(list((folder / "library" / "Ilse Marten").rglob("*.m4b"))) == 4
    again = await command("demo", "--standins", f"--folder={folder}")
    assert (again.status, again.errors) == (1, f"{folder} is not empty; name a folder that is new or empty.\n")


@pytest.mark.real
def test_real_programs_are_used_where_they_are_installed(tmp_path: Path) -> None:
    for program in ("qbittorrent-nox", "mosquitto"):
        if find_program(program) is None:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{program} is not installed, but CI must run every test.")
            pytest.skip(f"{program} is not installed")
    status, told = ended(tmp_path)
    assert status == 0, told
    check_arrived(told)
    assert re.search(r"^  qBittorrent +real +qbittorrent-nox, and a second one that seeds", told, re.MULTILINE), told
    assert re.search(r"^  MQTT broker +real +mosquitto", told, re.MULTILINE), told
    check_nothing_left(tmp_path, told)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with demo(tmp_path, "--once", FEW) as process:
        assert process.stdout is not None
        told = ""
        while " chosen " not in told:
            line = process.stdout.readline()
            assert line, told
            told += line
        process.send_signal(number)
        told += process.communicate(timeout=DEADLINE)[0]
    assert process.returncode == 128 + number, told
    assert told.endswith("Interrupted. Everything is stopped.\n")
    check_nothing_left(tmp_path, told)


def test_on_a_terminal_it_stays_until_ctrl_c(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with demo(tmp_path, "--standins", output=theirs) as process, os.fdopen(ours, "rb", buffering=0) as screen:
        os.close(theirs)
        told = b""
        while b"Ctrl-C ends it." not in told:
            told += screen.read(65536)
        assert process.poll() is None
        check_dashboard(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.decode(errors="replace")))
        process.send_signal(signal.SIGINT)
        assert process.wait(DEADLINE) == 0
    assert b"5 of 5 on the shelf" in told
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_once_ends_by_itself(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    options = ("--standins", "--once", FEW)
    with demo(tmp_path, *options, output=theirs) as process, os.fdopen(ours, "rb", buffering=0) as screen:
        os.close(theirs)
        told = b""
        while True:
            try:
                told += screen.read(65536)
            except OSError:  # the other end is closed
                break
        assert process.wait(DEADLINE) == 0
    assert b"Ctrl-C" not in told


class WithoutTorrents(MamStandIn):
    """Lists everything and hands out nothing."""

    def __init__(self, *positional: object, **named: object) -> None:
        super().__init__(*positional, **named)  # type: ignore[arg-type]
        self.faults.always(Fault.NOT_FOUND, "/tor/download.php")


def test_a_lost_book_is_a_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(services, "MamStandIn", WithoutTorrents)
    assert command.run(folder=None, books=BOOKS, once=True, standins=True) == 1
    told = capsys.readouterr().out
    assert "5 of 5 books did not arrive:" in told
    for title in WANTED:
        assert re.search(rf"! {title}: (?:wanted|review): ", told), told


class Unhurried(Journeys):
    """Counts no quiet before every book is chosen, however long that takes."""

    @property
    def quiet(self) -> float:
        chosen = [journey for journey in self.all if journey.want.state is WantState.CHOSEN]
        return super().quiet if len(chosen) == len(WANTED) else 0.0


async def test_what_hangs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performance, "Journeys", Unhurried)
    shown = io.StringIO()
    show = Show(Console(file=shown, width=160))
    async with DemoWorld(tmp_path / "world", books=BOOKS, real=(), scheduled=False) as world:
        world.qbittorrent.downloads.speed = 0
        world.qbittorrent.faults.always(Fault.SERVER_ERROR, "/api/v2/torrents/add")
        async with serving(world, show) as daemon:
            assert await perform(world, daemon, show, patience=3.0) == 1
    told = shown.getvalue()
    assert "5 of 5 books did not arrive:" in told
    assert len(re.findall(r"! .*: chosen: ", told)) == 5


async def test_owned_books_are_walked_past(tmp_path: Path) -> None:
    show = Show(Console(file=io.StringIO(), width=160))
    async with DemoWorld(tmp_path / "world", books=14, real=(), speed=50_000_000, scheduled=False) as world:
        owned = {item.texts["title"] for item in world.audiobookshelf.shelf.items.values()}
        assert owned == {book.title for book in world.owned} == {OWNED, "The Well at the World's End"}
        async with serving(world, show) as daemon:
            assert await perform(world, daemon, show) == 0
            wants = await daemon.database.wants.list(limit=500)
    assert len(wants) == 12
    assert not owned & {want.wish.book.title for want in wants}


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_comes_back_at_its_address(tmp_path: Path, service: str) -> None:
    async with DemoWorld(tmp_path / "world", books=1, real=()) as world:
        url = getattr(world.services.access(), service)
        assert await answers(url)
        await world.stop(service)
        assert not await answers(url)
        await world.start(service)
        assert await answers(url)
        await world.restart(service)
        assert await answers(url)


async def test_the_broker_comes_back_at_its_address(tmp_path: Path) -> None:
    async with DemoWorld(tmp_path / "world", books=1, real=()) as world:
        port = world.broker.port
        assert await kept_messages(port, "#") == {}
        await world.stop("mqtt")
        with pytest.raises(ConnectionRefusedError):
            await kept_messages(port, "#")
        await world.start("mqtt")
        assert await kept_messages(port, "#") == {}


async def answers(url: str) -> bool:
    try:
        async with ClientSession() as session, session.get(url):
            return True
    except ClientConnectorError:
        return False


async def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(FolderInUse, match="is not empty"):
        async with asyncio.timeout(60), DemoWorld(tmp_path, books=1):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
