"""The daemon with its demo world, a mosquitto and a Home Assistant: everything a household runs."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiomqtt
from tests.conftest import DaemonProcess
from tests.real.home_assistant.home import Home, at_home
from tests.real.home_assistant.registry import settled

from audiobook_daemon.demo.real_mosquitto import RealMosquitto
from audiobook_daemon.demo.world import DemoWorld

BASE = "audiobook-daemon/"
ANSWERED_WITHIN = 60.0
PRESSED_AGAIN = 3.0
SHELVED_WITHIN = 90.0
_JOBS = """
  library:
    description: Read what the library holds, and how the accounts stand
    at: "0 5 * * *"
    do: [sync, recount, trackers]
"""


@dataclass(frozen=True, slots=True)
class Household:
    """What the tests act on."""

    world: DemoWorld
    daemon: DaemonProcess
    home: Home

    async def configure(self, before: str, after: str) -> None:
        """Change the daemon's file as a person does, and let it be read again."""
        change(self.world.config, before, after)
        await self.daemon.ask(reload=True)

    async def run(self, job: str) -> None:
        """Run a job to its end."""
        told = await self.daemon.ask(job=job)
        assert told["outcome"] in {"success", "warning"}, told

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the daemon's database, past the daemon."""
        place = f"file:{self.daemon.database}?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as database:
            return database.execute(question, values).fetchall()

    def want(self, id_: int) -> str:
        """Return the state of a want."""
        ((state,),) = self.rows("SELECT state FROM wants WHERE id = ?", id_)
        return str(state)

    async def approve_one(self) -> int:
        """Let the oldest book that waits be downloaded, and return its want."""
        ((id_,),) = self.rows("SELECT id FROM wants WHERE state = 'review' ORDER BY changed, id LIMIT 1")
        await self.request("approval/approve", {"id": id_})
        return int(id_)

    async def shelve(self, want: int) -> None:
        """Run the jobs until a book that was approved stands in the library."""
        await self.run("hunt")
        async with asyncio.timeout(SHELVED_WITHIN):
            while self.want(want) != "shelved":
                await self.run("tend")
                await asyncio.sleep(0.1)

    async def request(self, path: str, document: object) -> None:
        """Ask the daemon as any client does, and see it done."""
        async with self.answering(path, "ok"), aiomqtt.Client("127.0.0.1", self.world.broker.port) as client:
            await client.publish(f"{BASE}request/{path}", json.dumps(document), qos=1)

    @asynccontextmanager
    async def listening(self, *topics: str) -> AsyncIterator[list[tuple[str, str]]]:
        """Keep every message on these topics below the base while the block runs."""
        heard: list[tuple[str, str]] = []

        async def follow(client: aiomqtt.Client) -> None:
            async for message in client.messages:
                assert isinstance(message.payload, bytes)
                heard.append((message.topic.value.removeprefix(BASE), message.payload.decode(errors="replace")))

        async with aiomqtt.Client("127.0.0.1", self.world.broker.port) as client:
            for topic in topics:
                await client.subscribe(BASE + topic, qos=1)
            following = asyncio.create_task(follow(client))
            try:
                yield heard
            finally:
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)

    @asynccontextmanager
    async def answering(self, path: str, status: str) -> AsyncIterator[None]:
        """Expect that what is done in the block reaches the daemon as a request, and is answered so."""
        async with self.listening(f"response/{path}") as heard:
            yield
            async with asyncio.timeout(ANSWERED_WITHIN):
                while not heard:
                    await asyncio.sleep(0.02)
            _check(heard, status)

    async def press(self, action: str, path: str, status: str) -> None:
        """Press a button of a notice on the phone, until that has led to a request which is answered so.

        Home Assistant shows a notice just before it begins to wait for its buttons.
        """
        async with self.listening(f"response/{path}") as heard, asyncio.timeout(ANSWERED_WITHIN):
            while not heard:
                await self.home.fire("mobile_app_notification_action", {"action": action})
                with suppress(TimeoutError):
                    async with asyncio.timeout(PRESSED_AGAIN):
                        while not heard:
                            await asyncio.sleep(0.02)
            _check(heard[:1], status)  # a press that came late is answered too, and in another way


def _check(heard: list[tuple[str, str]], status: str) -> None:
    answers = [json.loads(payload) for _, payload in heard]
    assert [answer["status"] for answer in answers] == [status], answers


def change(file: Path, before: str, after: str) -> None:
    """Replace a part of a file that must be there once."""
    text = file.read_text("utf-8")
    assert text.count(before) == 1, before
    file.write_text(text.replace(before, after), "utf-8")


def give_covers(world: DemoWorld) -> None:
    """Let every book that comes into the library have a cover; the recordings of the demo bring none."""
    library = world.audiobookshelf.library
    told = library.tell

    def tell(event: str, data: object) -> None:
        paint()
        told(event, data)

    def paint() -> None:
        for item in library.shelf.items.values():
            item.cover = item.cover or "/cover.jpg"

    library.tell = tell
    paint()


@asynccontextmanager
async def keeping_house(folder: Path, venv: Path, protocol: str = "5") -> AsyncIterator[Household]:
    """Run all of it until the block ends; the daemon's jobs run only when they are asked to."""
    async with DemoWorld(folder / "world", books=10, real={"mqtt"}, speed=50_000_000, scheduled=False) as world:
        assert isinstance(world.broker, RealMosquitto)
        world.broker.persistence = False
        await world.restart("mqtt")
        give_covers(world)
        change(world.config, "auto_grab: yes", "auto_grab: no")
        world.config.write_text(world.config.read_text("utf-8") + _JOBS.lstrip("\n"), "utf-8")
        daemon = DaemonProcess(world.config)
        try:
            await daemon.start()
            async with at_home(folder / "home", venv, world.broker.port, protocol) as home:
                await settled(home.socket)
                household = Household(world, daemon, home)
                for job in ("library", "top10", "hunt"):
                    await household.run(job)
                yield household
        finally:
            await daemon.kill()
