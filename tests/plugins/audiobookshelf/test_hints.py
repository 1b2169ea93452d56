"""The server's socket tells that something has changed; a broken one disturbs nobody."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audiobook_daemon import Facts
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_plugins.audiobookshelf import Audiobookshelf, hints
from audiobook_plugins.audiobookshelf.client import Client

WITHIN = 10


class Heard:
    """What was hinted, one by one."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str] = asyncio.Queue()

    async def next(self, wanted: str) -> None:
        async with asyncio.timeout(WITHIN):
            while await self.queue.get() != wanted:
                pass


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def listening(
    plugin_for: Callable[..., Audiobookshelf],
    server: AudiobookshelfStandIn,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Audiobookshelf]:
    monkeypatch.setattr(hints, "_FIRST_PAUSE", 0.05)
    plain = plugin_for()
    config = plain.config.model_copy(update={"hints": True})
    plugin = Audiobookshelf(config, replace(plain.context, hint=heard.queue.put_nowait))
    await plugin.start()
    yield plugin
    await plugin.stop()


async def _introduced(server: AudiobookshelfStandIn) -> None:
    """Wait until somebody is let in."""
    async with asyncio.timeout(WITHIN):
        while not list(server.listeners()):
            await asyncio.sleep(0.01)


async def test_an_edit_a_new_and_a_removed_item_are_hinted(
    listening: Audiobookshelf, server: AudiobookshelfStandIn, put: Callable[..., Path], heard: Heard
) -> None:
    await _introduced(server)
    item = await listening.admit(str(put("A/One")))
    await heard.next("items_added")
    await listening.update(item.id, Facts(source="a", title="Two"))
    await heard.next("item_updated")
    server.library.remove(server.shelf.items[item.id], with_files=False)
    await heard.next("item_removed")


async def test_a_server_that_was_away_is_listened_to_again(
    listening: Audiobookshelf, server: AudiobookshelfStandIn, put: Callable[..., Path], heard: Heard
) -> None:
    await _introduced(server)
    await server.stop()
    await heard.next("The connection broke off; what happened meanwhile is unknown.")
    await server.start()
    server.requests.clear()
    await _introduced(server)
    await listening.admit(str(put("A/One")))
    await heard.next("items_added")


async def test_a_refused_token_ends_the_listening_quietly(
    listening: Audiobookshelf, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    await listening.stop()
    account = await listening._client.account()

    async def old_key(_: Client) -> object:
        return type(account)(type(account.user)("root", "an API key"), account.serverSettings)

    monkeypatch.setattr(Client, "account", old_key)
    listening._hints.start()
    async with asyncio.timeout(WITHIN):
        assert listening._hints._task is not None
        await listening._hints._task
    assert (await listening.page()).total == 0


async def test_no_server_is_no_fault(
    plugin_for: Callable[..., Audiobookshelf], server: AudiobookshelfStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    plain = plugin_for()
    plugin = Audiobookshelf(plain.config.model_copy(update={"hints": True}), plain.context)
    await server.stop()
    with caplog.at_level(logging.INFO):
        plugin._hints.start()
        await asyncio.sleep(0)
        await plugin.stop()
    assert caplog.records == []


async def test_without_the_package_the_library_works_and_the_log_says_why(
    plugin_for: Callable[..., Audiobookshelf], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "socketio", None)
    plain = plugin_for()
    plugin = Audiobookshelf(plain.config.model_copy(update={"hints": True}), plain.context)
    with caplog.at_level(logging.WARNING):
        await plugin.start()
    assert "needs the Python package python-socketio" in caplog.text
    assert (await plugin.page()).total == 0
    await plugin.stop()


async def test_without_hints_nobody_connects(plugin: Audiobookshelf, server: AudiobookshelfStandIn) -> None:
    await plugin.start()
    assert plugin._hints._task is None
    await plugin.stop()
