from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import aiomqtt
import pytest
from aiohttp import ClientSession, FormData

from audiobook_daemon.demo import processes
from audiobook_daemon.demo.catalogue import make_catalogue
from audiobook_daemon.demo.processes import LocalProgram, ProgramFailed
from audiobook_daemon.demo.real_mosquitto import RealMosquitto
from audiobook_daemon.demo.real_qbittorrent import RealQBittorrent
from audiobook_daemon.demo.tracker import Tracker

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DEADLINE = 120.0


@pytest.fixture
async def started() -> AsyncIterator[Callable[[LocalProgram], object]]:
    """Ends every program a test has named, whatever happened."""
    programs: list[LocalProgram] = []
    yield programs.append
    for program in programs:
        await program.stop()


def script(folder: Path, text: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


class Silent(RealMosquitto):
    """Never answers; `seen` is the process that was asked."""

    seen: int | None = None

    async def _ready(self) -> bool:
        self.seen = self.pid
        return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def local_addresses(pid: int) -> set[str]:
    """The local addresses of all TCP and UDP sockets of a process."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            target = str(descriptor.readlink())
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    found = set()
    for table in ("tcp", "udp", "tcp6", "udp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                packed = bytes.fromhex(fields[1].partition(":")[0])
                words = [packed[at : at + 4][::-1] for at in range(0, len(packed), 4)]
                family = socket.AF_INET6 if table.endswith("6") else socket.AF_INET
                found.add(socket.inet_ntop(family, b"".join(words)))
    return found


async def reach(port: int) -> None:
    """Connect; a program that answers elsewhere may open its other ports a moment later."""
    async with asyncio.timeout(DEADLINE):
        while True:
            with suppress(ConnectionRefusedError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            await asyncio.sleep(0.05)
    writer.close()
    await writer.wait_closed()


async def torrents(session: ClientSession) -> dict[str, dict[str, object]]:
    async with session.get("/api/v2/torrents/info") as answer:
        return {entry["hash"]: entry for entry in await answer.json()}


async def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "find_program", lambda name: None)
    with pytest.raises(ProgramFailed, match="mosquitto is not installed"):
        await RealMosquitto(tmp_path).start()
    with pytest.raises(ProgramFailed, match="cannot be started"):
        await RealMosquitto(tmp_path, program=str(tmp_path / "absent")).start()


async def test_a_program_that_ends_at_once_is_told_with_its_log(tmp_path: Path) -> None:
    mosquitto = RealMosquitto(tmp_path, program=script(tmp_path, "echo broken >&2; exit 3"))

    with pytest.raises(ProgramFailed, match="ended with code 3") as failure:
        await mosquitto.start()

    assert not mosquitto.running
    log = tmp_path / "mosquitto.log"
    assert str(log) in str(failure.value)
    assert log.read_text(encoding="utf-8") == "broken\n"


async def test_a_program_that_never_answers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RealMosquitto, "ready_within", 0.3)
    mosquitto = Silent(tmp_path, program=script(tmp_path, "exec sleep 60"))

    with pytest.raises(ProgramFailed, match="did not answer"):
        await mosquitto.start()

    assert mosquitto.pid is None
    assert mosquitto.seen is not None
    assert not alive(mosquitto.seen)


async def test_a_program_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RealMosquitto, "ready_within", 0.5)
    monkeypatch.setattr(RealMosquitto, "stop_within", 0.3)
    mosquitto = Silent(tmp_path, program=script(tmp_path, "trap '' TERM; while :; do sleep 0.1; done"))

    with pytest.raises(ProgramFailed, match="did not answer"):
        await mosquitto.start()

    assert mosquitto.seen is not None
    assert not alive(mosquitto.seen)


async def retained(port: int, version: aiomqtt.ProtocolVersion) -> bytes | None:
    """What is retained below `books`; it comes before a message that is sent after subscribing."""
    async with aiomqtt.Client("127.0.0.1", port, protocol=version) as client:
        await client.subscribe("books/#", qos=1)
        await client.publish("books/end", qos=1)
        async with asyncio.timeout(60):
            async for message in client.messages:
                assert isinstance(message.payload, bytes)
                return None if message.topic.value == "books/end" else message.payload
    raise AssertionError("the connection ended")


@pytest.mark.real
@pytest.mark.parametrize("persistence", [True, False])
async def test_mosquitto_restarts_on_its_port_and_remembers_if_told_to(
    persistence: bool,
    tmp_path: Path,
    program: Callable[[str], str],
    started: Callable[[LocalProgram], object],
) -> None:
    mosquitto = RealMosquitto(tmp_path / "mosquitto", persistence=persistence, program=program("mosquitto"))
    started(mosquitto)
    await mosquitto.start()
    port, pid = mosquitto.port, mosquitto.pid
    assert pid is not None
    async with aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V5) as client:
        await client.publish("books/state", "idle", qos=1, retain=True)
    assert await retained(port, aiomqtt.ProtocolVersion.V311) == b"idle"

    await mosquitto.stop()
    assert not alive(pid)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    await mosquitto.start()

    assert mosquitto.port == port
    assert await retained(port, aiomqtt.ProtocolVersion.V5) == (b"idle" if persistence else None)


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_programs_listen_on_loopback_only_and_write_nothing_elsewhere(
    tmp_path: Path,
    program: Callable[[str], str],
    started: Callable[[LocalProgram], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    qbittorrent = RealQBittorrent(tmp_path / "qbittorrent", program=program("qbittorrent-nox"))
    mosquitto = RealMosquitto(tmp_path / "mosquitto", program=program("mosquitto"))
    for each in (qbittorrent, mosquitto):
        started(each)
        await each.start()
        assert each.pid is not None
        assert local_addresses(each.pid) == {"127.0.0.1"}

    for port in (qbittorrent.web_port, qbittorrent.peer_port, mosquitto.port):
        await reach(port)
    assert list(home.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"home", "qbittorrent", "mosquitto"}


@pytest.mark.real
async def test_only_the_own_password_opens_qbittorrent(
    tmp_path: Path, program: Callable[[str], str], started: Callable[[LocalProgram], object]
) -> None:
    qbittorrent = RealQBittorrent(tmp_path, username="me", password="p:ä&ß", program=program("qbittorrent-nox"))
    started(qbittorrent)
    await qbittorrent.start()

    async with qbittorrent.session() as session, session.get("/api/v2/app/version") as answer:
        assert answer.status == 200
    async with ClientSession(qbittorrent.url) as session, session.get("/api/v2/app/version") as answer:
        assert answer.status == 403
    qbittorrent.password = "guess"
    with pytest.raises(ProgramFailed, match="does not accept the login"):
        async with qbittorrent.session():
            pass


@pytest.mark.real
async def test_a_torrent_of_the_catalogue_downloads_by_itself(
    tmp_path: Path, program: Callable[[str], str], started: Callable[[LocalProgram], object]
) -> None:
    path = program("qbittorrent-nox")
    seeder = RealQBittorrent(tmp_path / "seeder", program=path)
    client = RealQBittorrent(tmp_path / "client", program=path)
    async with Tracker() as tracker:
        content = tmp_path / "content"
        catalogue = make_catalogue(content, now=NOW, books=6, announce=tracker.announce_url)
        started(seeder)
        started(client)
        await asyncio.gather(seeder.start(), client.start())
        releases = (*catalogue.releases, *catalogue.elsewhere)
        await seeder.seed(content, [release.torrent for release in releases])
        # A second time, and after a restart, everything is offered already.
        await seeder.stop()
        await seeder.start()
        await seeder.seed(content, [release.torrent for release in releases])

        async with client.session() as session:
            for release in releases:
                form = FormData({"savepath": str(client.downloads)})
                form.add_field("torrents", release.torrent, filename=f"{release.id}.torrent")
                async with session.post("/api/v2/torrents/add", data=form) as answer:
                    assert answer.status == 200
            wanted = {release.info_hash for release in releases}
            async with asyncio.timeout(DEADLINE):
                while True:
                    seen = await torrents(session)
                    if wanted == set(seen) and all(entry["progress"] == 1 for entry in seen.values()):
                        break
                    await asyncio.sleep(0.1)

    originals = {path.relative_to(content): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    copies = {
        path.relative_to(client.downloads): path.read_bytes() for path in client.downloads.rglob("*") if path.is_file()
    }
    assert copies == originals


@pytest.mark.real
async def test_a_restarted_qbittorrent_keeps_its_address_and_its_torrents(
    tmp_path: Path, program: Callable[[str], str], started: Callable[[LocalProgram], object]
) -> None:
    qbittorrent = RealQBittorrent(tmp_path / "profile", program=program("qbittorrent-nox"))
    started(qbittorrent)
    content = tmp_path / "content"
    catalogue = make_catalogue(content, now=NOW, books=1, announce="http://127.0.0.1:9/announce")
    await qbittorrent.start()
    url, pid = qbittorrent.url, qbittorrent.pid
    await qbittorrent.seed(content, [release.torrent for release in catalogue.releases])
    await qbittorrent.stop()
    assert qbittorrent.pid is None
    await qbittorrent.start()

    assert qbittorrent.url == url
    assert qbittorrent.pid != pid
    async with qbittorrent.session() as session:
        async with asyncio.timeout(DEADLINE):
            while len(seen := await torrents(session)) < len(catalogue.releases):
                await asyncio.sleep(0.05)
    assert set(seen) == {release.info_hash for release in catalogue.releases}


@pytest.mark.real
async def test_missing_content_cannot_be_seeded(
    tmp_path: Path,
    program: Callable[[str], str],
    started: Callable[[LocalProgram], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("audiobook_daemon.demo.real_qbittorrent._SEED_WITHIN", 1.0)
    qbittorrent = RealQBittorrent(tmp_path / "profile", program=program("qbittorrent-nox"))
    started(qbittorrent)
    catalogue = make_catalogue(tmp_path / "content", now=NOW, books=1, announce="http://127.0.0.1:9/announce")
    await qbittorrent.start()

    with pytest.raises(ProgramFailed, match="2 of 2 torrents did not become seeds"):
        await qbittorrent.seed(tmp_path / "elsewhere", [release.torrent for release in catalogue.releases])
