"""Books that wait for a person are answered from the command line and by MQTT, and told of on one screen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import aiomqtt
import pytest

from audiobook_daemon.demo.glance import kept_messages
from audiobook_daemon.models import Want, WantState

if TYPE_CHECKING:
    from tests.conftest import Command, DaemonProcess, RunDaemon
    from tests.flow.conftest import Household, Inhabit

BOOKS_OF_THE_WORLD = 8
BASE = "audiobook-daemon"
ANSWERED_WITHIN = 60
LINES, COLUMNS = 24, 100


@dataclass
class Home:
    """A household whose list may not grab by itself, and its daemon at work."""

    household: Household
    daemon: DaemonProcess
    command: Command

    async def run(self, *words: object) -> str:
        """Run the command line, which must do well."""
        status, told, errors = await self.command("-c", self.household.config, *map(str, words))
        assert (status, errors) == (0, "")
        return told

    async def ask(self, path: str, payload: object = "") -> Mapping[str, Any]:
        """Request something by MQTT and return the answer."""
        text = payload if isinstance(payload, str) else json.dumps(payload)
        broker = aiomqtt.Client("127.0.0.1", self.household.world.broker.port)
        async with broker as client, asyncio.timeout(ANSWERED_WITHIN):
            await client.subscribe(f"{BASE}/response/{path}", qos=1)
            asking = asyncio.create_task(self._ask_until_heard(client, f"{BASE}/request/{path}", text))
            async for message in client.messages:
                if message.topic.matches(f"{BASE}/response/{path}"):  # the played broker sends what was kept besides
                    break
            asking.cancel()
        assert isinstance(message.payload, bytes)
        answer = json.loads(message.payload)
        assert isinstance(answer, dict)
        return answer

    @staticmethod
    async def _ask_until_heard(client: aiomqtt.Client, topic: str, text: str) -> None:
        """Nobody keeps a request for a daemon that is not connected yet."""
        while True:
            await client.publish(topic, text, qos=1)
            await asyncio.sleep(5)

    async def want(self, number: int) -> Want:
        (found,) = [want for want in await self.household.wants() if want.id == number]
        return found

    async def shelve(self, *numbers: int) -> None:
        """Let the daemon work until these books stand on the shelf."""
        async with asyncio.timeout(120):
            while {(await self.want(number)).state for number in numbers} != {WantState.SHELVED}:
                for verb in ("grab", "watch", "verify", "shelve"):
                    await self.daemon.ask(action=verb)


@pytest.fixture
async def home(inhabit: Inhabit, run_daemon: RunDaemon, command_here: Command) -> AsyncIterator[Home]:
    async with inhabit(BOOKS_OF_THE_WORLD) as household:
        household.change("auto_grab: yes", "auto_grab: no")
        async with run_daemon(household.config) as daemon:
            for verb in ("gather", "choose"):
                await daemon.ask(action=verb)
            yield Home(household, daemon, command_here)


async def test_a_person_answers_by_command_line_and_by_mqtt(home: Home) -> None:
    wants = await home.household.wants()
    assert {want.state for want in wants} == {WantState.REVIEW}
    several = sorted(wants, key=lambda want: -len(want.proposals))
    by_phone, by_hand, refused, given_up, searched = (want.id for want in several[:5])
    second = several[0].proposals[1]

    assert "is accepted" in await home.run("do", "accept", by_hand)
    answer = await home.ask("approval/approve", {"id": by_phone, "candidate": second.number})
    assert (answer["status"], answer["data"]["state"]) == ("ok", "chosen")
    answer = await home.ask("approval/reject", {"id": refused})
    assert (answer["status"], answer["data"]["state"]) == ("ok", "wanted")
    assert "is given up" in await home.run("do", "give_up", given_up)
    assert (await home.ask(f"want/{searched}/search"))["data"]["state"] == "wanted"
    too_late = await home.ask("approval/approve", {"id": given_up})
    assert (too_late["status"], too_late["error"]["code"]) == ("error", "conflict")

    assert (await home.want(by_hand)).release == several[1].release
    taken = (await home.want(by_phone)).release
    assert taken is not None
    assert taken.key == second.key
    await home.daemon.ask(action="choose")
    again = await home.want(refused)
    assert again.release is None or again.release.key != next(w for w in wants if w.id == refused).proposals[0].key
    assert (await home.want(searched)).state is WantState.REVIEW
    assert (await home.want(given_up)).state is WantState.GIVEN_UP
    await home.shelve(by_hand)


async def test_what_is_to_be_decided_is_kept_on_mqtt_with_its_candidates(home: Home) -> None:
    async with asyncio.timeout(ANSWERED_WITHIN):
        while True:
            kept = await kept_messages(home.household.world.broker.port, f"{BASE}/approvals")
            document = json.loads(kept.get(f"{BASE}/approvals", b"{}"))
            if document.get("count") == len(home.household.books):
                break
    wants = {want.id: want for want in await home.household.wants()}
    for entry in document["entries"]:
        want = wants[entry["id"]]
        assert [one["number"] for one in entry["candidates"]] == [one.number for one in want.proposals]
        assert 1 <= len(entry["candidates"]) <= 3
        first = entry["candidates"][0]
        assert (first["title"], first["source"]) == (entry["release"], "mam")
        assert all(first[name] for name in ("narrator", "format", "why"))
        assert len(json.dumps(entry)) < 4000


async def test_every_book_is_explained_on_one_screen(home: Home) -> None:
    wants = await home.household.wants()
    for want in wants[:4]:
        check_screen(told := await home.run("explain", want.id))
        assert f"  1. {want.proposals[0].title}"[:40] in told
        assert "Answer: audiobook-daemon do accept" in told
    for want in wants[:2]:
        await home.run("do", "accept", want.id)
    await home.shelve(*(want.id for want in wants[:2]))
    for want in wants[:2]:
        check_screen(told := await home.run("explain", want.id))
        assert "Chosen by a person" in told
        assert "Why not the others:" in told or "There were no others." in told
        assert "Checked: " in told
        assert "Asked: title and author: " in told
        story = json.loads(await home.run("explain", want.id, "--json"))
        assert story["decisions"][0]["wish"]["book"]["title"] == want.wish.book.title
    told = await home.run("replay")
    assert told == f"replay: {len(wants)} decisions: the present rules would decide the same.\n"


def check_screen(told: str) -> None:
    lines = told.splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= COLUMNS


async def test_a_book_is_found_by_a_wider_question(home: Home) -> None:
    """A subtitle that no uploader wrote hides a book from the first question."""
    release = next(
        one for one in home.household.world.catalogue.releases if one.book in home.household.books and one.seeders
    )
    site = home.household.world.mam
    site.torrents[:] = [
        replace(torrent, title="The Unseen Lighthouse", authors=("Nele Brandt",), series=(), tags="")
        if torrent.id == release.id
        else torrent
        for torrent in site.torrents
    ]
    told = await home.run(
        "do", "want", "--title", "The Unseen Lighthouse: What the Sea Kept", "--author", "Nele Brandt"
    )
    number = int(told.rpartition("want ")[2].rstrip(".\n"))
    await home.daemon.ask(action="choose")
    want = await home.want(number)
    assert want.state is WantState.CHOSEN, want.reason
    assert want.release is not None
    assert want.release.key == str(release.id)
    story = json.loads(await home.run("explain", number, "--json"))
    assert story["decisions"][0]["queries"] == ["title and author: 0 found", "short title and author: 1 found"]
