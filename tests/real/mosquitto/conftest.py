"""A mosquitto of our own on loopback, a small daemon to show on it, and clients that look on."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiomqtt
import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from audiobook_daemon.actions import Actions
from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.doors import (
    BookDownload,
    BookWish,
    DaemonInfo,
    FinishedDownloads,
    LibraryCounts,
    NotFound,
    SettingValue,
    Versions,
)
from audiobook_daemon.events import Bus
from audiobook_daemon.models import Book, Health, InstanceStatus, JobStatus, Run, Standing, Want, WantState, Wish
from audiobook_daemon.mqtt import MqttBridge, MqttSettings, Tls

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def installed() -> None:
    if MOSQUITTO is None:
        if os.environ.get("CI") == "true":
            pytest.fail("mosquitto is not installed")
        pytest.skip("mosquitto is not installed")


async def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Observer:
    """A client that remembers the last message of every topic, and how often each came."""

    def __init__(self) -> None:
        self.last: dict[str, str] = {}
        self.order: list[str] = []
        self.listens = asyncio.Event()

    async def follow(self, client: aiomqtt.Client, topics: Sequence[str]) -> None:
        for topic in topics:
            await client.subscribe(topic, qos=1)
        self.listens.set()
        async for message in client.messages:
            assert isinstance(message.payload, bytes)
            self.last[message.topic.value] = message.payload.decode(errors="replace")
            self.order.append(message.topic.value)

    def document(self, topic: str) -> dict[str, object]:
        document = json.loads(self.last.get(topic) or "{}")
        assert isinstance(document, dict)
        return document


class Daemon:
    """A source and doors with one job and one instance."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.schedule_enabled = True
        self.instance = InstanceStatus("mam", "mam", ("Indexer",), Health.READY)

    def info(self) -> DaemonInfo:
        return DaemonInfo("0.1.0", NOW)

    def jobs(self) -> Sequence[JobStatus]:
        return [JobStatus("hunt", "*/30 * * * *", ("choose", "grab"))]

    def instances(self) -> Sequence[InstanceStatus]:
        return [self.instance]

    async def want_counts(self) -> Mapping[WantState, int]:
        return {WantState.WANTED: 3}

    async def reviews(self, limit: int) -> Sequence[Want]:
        return []

    async def downloads(self) -> Sequence[BookDownload]:
        return []

    async def library(self) -> LibraryCounts:
        return LibraryCounts(books=1284)

    async def finished(self) -> FinishedDownloads:
        return FinishedDownloads()

    async def cover(self, book: str, width: int = 600) -> bytes | None:
        return None

    def standings(self) -> Mapping[str, Standing]:
        return {}

    def settings(self) -> Mapping[str, SettingValue]:
        return {}

    def adjusted(self) -> Collection[str]:
        return ()

    def auto_grab(self) -> Mapping[str, bool]:
        return {}

    def paused(self) -> bool:
        return False

    def versions(self) -> Versions:
        return Versions("0.1.0", "0.1.0")

    async def run_job(self, name: str, trigger: str, *, key: str | None = None) -> str:
        self.runs.append(name)
        return f"run-{len(self.runs)}"

    async def run_action(
        self, name: str, arguments: Mapping[str, object], trigger: str, *, key: str | None = None
    ) -> str:
        raise NotFound(name)

    async def show_run(self, run_id: str) -> Run:
        raise NotFound(f"There is no run {run_id}.")

    cancel_run = cancel_job = show_run

    async def set_job_enabled(self, name: str, enabled: bool) -> None:
        raise NotFound(name)

    async def set_schedule_enabled(self, enabled: bool) -> None:
        self.schedule_enabled = enabled

    async def set_settings(self, values: Mapping[str, object]) -> Mapping[str, SettingValue]:
        raise NotFound("There are no settings.")

    async def reset_settings(self, names: Sequence[str]) -> Mapping[str, SettingValue]:
        raise NotFound("There are no settings.")

    async def set_auto_grab(self, instance: str, allowed: bool) -> None:
        raise NotFound(instance)

    async def reload(self) -> str:
        return "Nothing has changed."

    async def approve(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        raise NotFound(f"There is no want {want_id}.")

    reject = approve

    async def show_want(self, want_id: int, *, key: str | None = None) -> Want:
        raise NotFound(f"There is no want {want_id}.")

    give_up_want = drop_want = revive_want = search_want = show_want

    async def request_book(self, wish: BookWish, *, key: str | None = None) -> Want:
        return Want(1, "dune", Wish(Book(wish.title or "Dune")), WantState.WANTED, 1)

    async def check_instance(self, name: str) -> InstanceStatus:
        return self.instance


class Broker:
    """A mosquitto of our own, which can be stopped and started on the same port, and the daemon it is for."""

    def __init__(self, folder: Path, *lines: str) -> None:
        (self.port,) = free_ports(1)
        self._configuration = folder / "mosquitto.conf"
        self._configuration.write_text("\n".join([f"listener {self.port} 127.0.0.1", "persistence false", *lines]))
        self.daemon = Daemon()
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        assert MOSQUITTO is not None
        self._process = subprocess.Popen(
            [MOSQUITTO, "-c", str(self._configuration)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        await until(self._listens)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @asynccontextmanager
    async def serving(
        self,
        bus: Bus | None = None,
        *,
        password: str | None = None,
        tls: Tls | None = None,
        **changes: Any,  # noqa: ANN401
    ) -> AsyncIterator[MqttBridge]:
        """Run a bridge of the user `daemon`; its pauses are short, and `changes` are other settings."""
        settings = MqttSettings(port=self.port, username=password and "daemon", password=password, tls=tls)
        settings = replace(settings, **changes)
        bridge = MqttBridge(settings, self.daemon, self.daemon, Actions(), bus or Bus(), redact=str)
        bridge.presence.first_pause, bridge.presence.longest_pause = 0.1, 0.3
        async with running(bridge.run()):
            yield bridge

    @asynccontextmanager
    async def observing(self, *topics: str, user: str | None = None) -> AsyncIterator[Observer]:
        """Look on as a client that may read everything; whatever happens in the block is seen."""
        observer = Observer()
        async with (
            aiomqtt.Client("127.0.0.1", self.port, username=user, password=user) as client,
            running(observer.follow(client, topics or ("audiobook-daemon/#",))),
        ):
            async with asyncio.timeout(60):
                await observer.listens.wait()
            yield observer

    async def ask(self, path: str, payload: str = "", *, retain: bool = False, reply_to: str | None = None) -> None:
        """Send a request and wait for nothing."""
        properties = None if reply_to is None else wish_for(reply_to)
        version = aiomqtt.ProtocolVersion.V5 if reply_to else aiomqtt.ProtocolVersion.V311
        async with aiomqtt.Client("127.0.0.1", self.port, protocol=version) as client:
            await client.publish(f"audiobook-daemon/request/{path}", payload, 1, retain, properties=properties)

    async def asked(self, path: str, payload: str = "", *, reply_to: str | None = None) -> Answer:
        """Send a request and return its answer; `reply_to` is an MQTT 5 response topic."""
        properties = None if reply_to is None else wish_for(reply_to)
        version = aiomqtt.ProtocolVersion.V5 if reply_to else aiomqtt.ProtocolVersion.V311
        async with aiomqtt.Client("127.0.0.1", self.port, protocol=version) as client:
            await client.subscribe(reply_to or f"audiobook-daemon/response/{path}", qos=1)
            await client.publish(f"audiobook-daemon/request/{path}", payload, qos=1, properties=properties)
            async with asyncio.timeout(60):
                message = await anext(aiter(client.messages))
            assert isinstance(message.payload, bytes)
            return Answer(json.loads(message.payload), getattr(message.properties, "CorrelationData", None))


@dataclass
class Answer:
    document: dict[str, object]
    correlation: bytes | None


def wish_for(reply_to: str) -> Properties:
    properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    properties.ResponseTopic = reply_to
    properties.CorrelationData = b"\x00\xff17"
    return properties


@pytest.fixture
async def make_broker(tmp_path: Path) -> AsyncIterator[Callable[..., Broker]]:
    """Make brokers from lines of configuration; they are stopped at the end."""
    made: list[Broker] = []

    def make(*lines: str) -> Broker:
        made.append(Broker(tmp_path, *lines))
        return made[-1]

    yield make
    for broker in made:
        broker.stop()


@pytest.fixture
async def broker(make_broker: Callable[..., Broker]) -> Broker:
    """A mosquitto that lets everybody do everything."""
    broker = make_broker("allow_anonymous true")
    await broker.start()
    return broker


@pytest.fixture
async def strict_broker(make_broker: Callable[..., Broker], tmp_path: Path) -> Broker:
    """A mosquitto that knows two users, and lets `daemon` write but not read its requests."""
    passwords, rights = tmp_path / "passwords", tmp_path / "rights"
    passwords.write_text("daemon:daemon\nobserver:observer\n")
    passwords.chmod(0o600)
    subprocess.run([shutil.which("mosquitto_passwd") or "mosquitto_passwd", "-U", str(passwords)], check=True)
    rights.write_text("user daemon\ntopic write audiobook-daemon/#\nuser observer\ntopic read #\n")
    rights.chmod(0o600)
    as_root = ["user root"] if os.geteuid() == 0 else []
    broker = make_broker("allow_anonymous false", f"password_file {passwords}", *as_root, f"acl_file {rights}")
    await broker.start()
    return broker
