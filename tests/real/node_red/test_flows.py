"""The flows do in a real Node-RED what they are for: show, wish, and answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from tests.real.node_red.conftest import WITHIN, Listener, NodeRed

from audiobook_daemon.demo.world import DemoWorld

if TYPE_CHECKING:
    from tests.conftest import DaemonProcess

pytestmark = pytest.mark.real


async def eventually(look: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401
    """Look again and again until there is something to see, and return it."""
    async with asyncio.timeout(WITHIN):
        while not (found := await look()):
            await asyncio.sleep(0.1)
    return found


async def board(node_red: NodeRed, path: str) -> Any:  # noqa: ANN401
    return json.loads(await node_red.get("/audiobooks.json"))["board"].get(path)


async def chat(node_red: NodeRed) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(await node_red.get("/audiobooks/chat"))
    return found


async def let_books_wait(daemon: DaemonProcess) -> None:
    """Gather and choose; the list may not grab by itself."""
    for job in ("top10", "hunt"):
        assert (await daemon.ask(job=job))["outcome"] == "success"


class Words(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


async def test_the_board_knows_all_that_the_broker_kept(node_red: NodeRed, daemon: DaemonProcess) -> None:
    assert await eventually(lambda: board(node_red, "availability")) == "online"
    assert (await eventually(lambda: board(node_red, "state")))["state"] in {"idle", "running", "starting"}
    assert (await eventually(lambda: board(node_red, "job/tend")))["enabled"] is True
    assert (await eventually(lambda: board(node_red, "service/qbittorrent")))["state"] == "up"
    assert json.loads(await node_red.get("/audiobooks.json"))["lines"] == [], "nothing old is told as new"
    await let_books_wait(daemon)
    lines = await eventually(lambda: lines_about(node_red, "approval requested"))
    page = Words(await node_red.get("/audiobooks"))
    assert {"Waiting for you", "Qbittorrent", "Tend"} <= set(page.seen)
    assert any(lines[0] in word for word in page.seen)
    assert not node_red.complaints


async def lines_about(node_red: NodeRed, what: str) -> list[str]:
    return [line for line in json.loads(await node_red.get("/audiobooks.json"))["lines"] if what in line]


async def test_a_title_with_markup_is_shown_as_text(node_red: NodeRed) -> None:
    status, said = await node_red.post("/audiobooks/want", {"title": "<script>alert(1)</script>", "author": "A & B"})
    assert status == 200, said
    await eventually(lambda: lines_about(node_red, "<script>"))
    page = Words(await node_red.get("/audiobooks"))
    assert "script" not in page.tags
    assert any("<script>alert(1)</script>" in word for word in page.seen)


async def test_a_daemon_that_is_killed_is_shown_to_be_gone(node_red: NodeRed, daemon: DaemonProcess) -> None:
    await eventually(lambda: board(node_red, "availability"))
    await daemon.kill()

    async def gone() -> bool:
        return bool(await board(node_red, "availability") == "offline")

    await eventually(gone)
    assert any("Audiobooks: offline" in word for word in Words(await node_red.get("/audiobooks")).seen)


@pytest.mark.parametrize(
    ("form", "title", "author"),
    [
        ({"text": "Dune by Frank Herbert"}, "Dune", "Frank Herbert"),
        ({"text": "want the book: Stand by Me by Joe Nobody"}, "Stand by Me", "Joe Nobody"),
        ({"text": "Stand by Me"}, "Stand by Me", None),
    ],
)
async def test_a_message_becomes_a_wish(
    node_red: NodeRed, daemon: DaemonProcess, form: dict[str, str], title: str, author: str | None
) -> None:
    status, said = await node_red.post("/audiobooks/want", form)
    assert (status, said["done"]) == (200, True), said
    wanted = await daemon.ask(action="want", arguments={"title": title, "author": author})
    data = wanted["data"]
    assert isinstance(data, dict)
    assert data["id"] == said["want"], "the same book once more is the same want"
    assert not node_red.complaints


async def test_a_message_without_a_book_is_told_so(node_red: NodeRed) -> None:
    assert (await node_red.post("/audiobooks/want", {"text": " "}))[0] == 400
    status, said = await node_red.post("/audiobooks/want", {"title": "x" * 400})
    assert status == 422
    assert "title" in said["text"]


async def test_the_button_wishes_without_the_web(node_red: NodeRed, daemon: DaemonProcess) -> None:
    await node_red.press("abdwant-press")
    await eventually(lambda: lines_about(node_red, "book found Dune"))
    assert (await daemon.ask(action="want", arguments={"title": "Dune", "author": "Frank Herbert"}))[
        "outcome"
    ] == "success"


async def test_a_wish_while_the_daemon_is_away_is_answered_all_the_same(
    node_red: NodeRed, daemon: DaemonProcess
) -> None:
    await daemon.stop()
    status, said = await node_red.post("/audiobooks/want", {"text": "Dune"})
    assert (status, said["done"]) == (504, False)


async def test_books_that_wait_are_asked_about_once_and_answered(
    node_red: NodeRed, daemon: DaemonProcess, world: DemoWorld, listener: Listener
) -> None:
    await let_books_wait(daemon)
    books = len(world.catalogue.books) - len(world.owned)

    async def all_asked() -> bool:
        return len(await chat(node_red)) >= books

    await eventually(all_asked)
    questions = await chat(node_red)
    assert len(questions) == books
    yes, no = (json.loads(one["options"]["reply_markup"])["inline_keyboard"] for one in questions[:2])
    assert (await node_red.post("/audiobooks/chat", {"data": yes[0][0]["callback_data"]}))[0] == 200
    assert "will be downloaded" in (await said_after(node_red, books))["content"]
    assert (await node_red.post("/audiobooks/chat", {"data": no[-1][0]["callback_data"]}))[0] == 200
    assert "something else is looked for" in (await said_after(node_red, books + 1))["content"]
    assert (await node_red.post("/audiobooks/chat", {"data": "approve 999999 1"}))[0] == 200
    assert "did not work" in (await said_after(node_red, books + 2))["content"], "there is no such book"
    assert not node_red.complaints
    loud = [topic for topic in listener.retained if topic.split("/")[1] in {"request", "response", "event"}]
    assert not loud, "nothing that passes may be kept"


async def said_after(node_red: NodeRed, count: int) -> dict[str, Any]:
    """Return the message that follows the first `count`."""

    async def more() -> dict[str, Any] | None:
        said = await chat(node_red)
        return said[count] if len(said) > count else None

    found: dict[str, Any] = await eventually(more)
    return found


async def test_a_press_that_nobody_understands_is_told(node_red: NodeRed) -> None:
    await node_red.post("/audiobooks/chat", {"data": "rm -rf 1"})
    assert "do not understand" in (await said_after(node_red, 0))["content"]
