"""A real Node-RED on loopback with the flows that are shipped, beside a real daemon and a real mosquitto.

Only with NODE_RED in the environment, which names the folder that Node-RED is installed in: `make test-node-red`.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import aiomqtt
import pytest
from paho.mqtt.subscribeoptions import SubscribeOptions

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.world import DemoWorld

if TYPE_CHECKING:
    from tests.conftest import DaemonProcess, RunDaemon

FLOWS = Path(__file__).parents[3] / "config" / "node-red"
WITHIN = 60.0
QUIET_SETTINGS = {
    "uiHost": "127.0.0.1",
    "flowFile": "flows.json",
    "credentialSecret": "only for this test",
    "telemetry": {"enabled": False, "updateNotification": False},
    "diagnostics": {"enabled": False},
    "editorTheme": {"tours": False},
    "logging": {"console": {"level": "info"}},
}

collect_ignore_glob = [] if os.environ.get("NODE_RED") else ["test_*.py"]


def imported(broker_port: int) -> list[dict[str, Any]]:
    """Return all shipped flows as the editor imports them: what they share is there once; the broker's port is set."""
    nodes: dict[str, dict[str, Any]] = {}
    for path in sorted(FLOWS.glob("*.json")):
        for node in json.loads(path.read_text("utf-8")):
            assert nodes.setdefault(node["id"], node) == node, f"{node['id']} differs from file to file"
    for node in nodes.values():
        if node["type"] == "mqtt-broker":
            node["port"] = str(broker_port)
    return list(nodes.values())


class NodeRed:
    """Node-RED with a folder of its own; `log` is all that it said."""

    def __init__(self, folder: Path, broker_port: int) -> None:
        self.folder, self.log = folder, list[str]()
        (self.port,) = free_ports(1)
        self._broker_port = broker_port
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Start it, and wait until its flows run and it is connected to the broker."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "flows.json").write_text(json.dumps(imported(self._broker_port)))
        settings = json.dumps(QUIET_SETTINGS | {"uiPort": self.port})
        (self.folder / "settings.js").write_text(f"module.exports = {settings};\n")
        node, installed = shutil.which("node"), Path(os.environ["NODE_RED"])
        assert node is not None, "Node.js is not installed"
        seen = len(self.log)
        self._process = await asyncio.create_subprocess_exec(
            node,
            str(installed / "node_modules/node-red/red.js"),
            "--userDir",
            str(self.folder),
            stdout=PIPE,
            stderr=STDOUT,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{self.port}")
        await until(lambda: self._said("Started flows", seen) and self._said("Connected to broker", seen))

    async def stop(self) -> None:
        """End it by its own process."""
        if self._session is not None:
            await self._session.close()
        if self._process is not None:
            self._process.terminate()
            await self._process.wait()
        if self._reading is not None:
            await self._reading
        self._process = self._reading = self._session = None

    async def press(self, node: str) -> None:
        """Press the button of an inject node, as one does in the editor."""
        assert self._session is not None
        async with self._session.post(f"/inject/{node}") as answer:
            assert answer.status == 200

    async def get(self, path: str) -> str:
        """Read one of the flows' pages."""
        assert self._session is not None
        async with self._session.get(path) as answer:
            assert answer.status == 200
            return await answer.text()

    async def post(self, path: str, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Send a form to one of the flows; returns status and document."""
        assert self._session is not None
        async with self._session.post(path, data=form) as answer:
            return answer.status, await answer.json()

    @property
    def complaints(self) -> list[str]:
        """What it warned of since its flows run."""
        running = next(place for place, line in enumerate(self.log) if "Started flows" in line)
        return [line for line in self.log[running:] if "[warn]" in line or "[error]" in line]

    def _said(self, text: str, after: int) -> bool:
        return any(text in line for line in self.log[after:])

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            self.log.append(line.decode(errors="replace").rstrip("\n"))


async def until(true: Callable[[], bool], within: float = WITHIN) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.05)


class Listener:
    """Another client of the broker, which notes what is published with the retain flag."""

    def __init__(self) -> None:
        self.topics: list[str] = []
        self.retained: list[str] = []

    async def follow(self, port: int) -> None:
        async with aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V5) as client:
            await client.subscribe("#", options=SubscribeOptions(qos=1, retainAsPublished=True))
            async for message in client.messages:
                self.topics.append(message.topic.value)
                if message.retain:
                    self.retained.append(message.topic.value)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[DemoWorld]:
    """Return a small world whose list may not grab by itself, so that books wait for a person."""
    async with DemoWorld(tmp_path / "world", books=4, real={"mqtt"}, speed=50_000_000, scheduled=False) as world:
        world.config.write_text(world.config.read_text("utf-8").replace("auto_grab: yes", "auto_grab: no"), "utf-8")
        yield world


@pytest.fixture
async def daemon(world: DemoWorld, run_daemon: RunDaemon) -> AsyncIterator[DaemonProcess]:
    async with run_daemon(world.config) as daemon:
        yield daemon


@pytest.fixture
async def listener(world: DemoWorld) -> AsyncIterator[Listener]:
    listener = Listener()
    following = asyncio.create_task(listener.follow(world.broker.port))
    yield listener
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


@pytest.fixture
async def node_red(
    tmp_path: Path, world: DemoWorld, daemon: DaemonProcess, listener: Listener
) -> AsyncIterator[NodeRed]:
    """Return a Node-RED that was started after the daemon: whatever it knows, the broker has kept for it."""
    await until(lambda: any(topic.endswith("/availability") for topic in listener.topics))
    node_red = NodeRed(tmp_path / "node-red", world.broker.port)
    await node_red.start()
    try:
        yield node_red
    finally:
        await node_red.stop()
