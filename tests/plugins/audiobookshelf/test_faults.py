"""Whatever comes instead of a true answer, callers see only the errors of the contract, and never a secret."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audiobook_daemon import AuthFailed, Book, Facts, Http, PluginError, Unavailable
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audiobookshelf.scan import keep_picture
from audiobook_daemon.demo.faults import Fault
from audiobook_plugins.audiobookshelf import Audiobookshelf

KEY = "secret-key-of-root"
Call = Callable[[Audiobookshelf, Path, str], Awaitable[object]]

CALLS: dict[str, Call] = {
    "start": lambda plugin, _folder, _item: plugin.start(),
    "check": lambda plugin, _folder, _item: plugin.check(),
    "page": lambda plugin, _folder, _item: plugin.page(),
    "find": lambda plugin, _folder, _item: plugin.find(Book(title="Known", asin="B0ABCDTST1")),
    "root": lambda plugin, _folder, _item: plugin.root(),
    "admit": lambda plugin, folder, _item: plugin.admit(str(folder)),
    "update": lambda plugin, folder, item: plugin.update(item, Facts(source="a", title=folder.name)),
    "read": lambda plugin, _folder, item: plugin.read([item]),
    "snapshot": lambda plugin, _folder, item: plugin.snapshot(item, cover=True),
    "restore": lambda plugin, folder, item: plugin.restore(item, {"title": folder.name, "cover": None}),
}
EXPECTED = dict.fromkeys((Fault.UNAUTHORIZED, Fault.FORBIDDEN, Fault.SESSION_DELETED), AuthFailed)


@contextmanager
def refused(fault: Fault) -> Iterator[pytest.ExceptionInfo[PluginError]]:
    """Expect an error of the contract, and nothing else; otherwise the fault is named."""
    try:
        with pytest.raises(PluginError) as caught:
            yield caught
    except BaseException as error:
        error.add_note(f"The fault was {fault!r}.")
        raise


async def at_rest(server: AudiobookshelfStandIn) -> None:
    """Wait for a scan that was begun though its answer was spoilt: it would find what is put there next."""
    while server.library.tasks():
        await asyncio.sleep(0.001)


@pytest.fixture
async def known(plugin: Audiobookshelf, put: Callable[..., Path]) -> str:
    """The id of a book that the server knows already."""
    return (await plugin.admit(str(put("A/Known")))).id


@pytest.mark.parametrize("call", list(CALLS))
async def test_a_fault_becomes_an_error_of_the_contract(
    plugin_for: Callable[..., Audiobookshelf],
    hasty_http: Http,
    put: Callable[..., Path],
    server: AudiobookshelfStandIn,
    known: str,
    call: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for fault in Fault:
        await at_rest(server)
        server.faults.clear()
        server.faults.always(fault)
        hasty = plugin_for(http=hasty_http, scan_timeout=2)
        with caplog.at_level(logging.DEBUG), refused(fault) as caught:
            await CALLS[call](hasty, put(f"A/{fault}"), known)
        assert type(caught.value) is EXPECTED.get(fault, Unavailable), fault
        assert KEY not in str(caught.value) + caplog.text, fault
        if fault is Fault.TOO_MANY_REQUESTS:
            assert isinstance(caught.value, Unavailable)
            assert caught.value.retry_after == 30


_STAGES = {
    "admit": ["/api/libraries/{library}/items", "/api/libraries/{library}/scan", "/api/tasks"],
    "update": ["/api/items/{item}", "/api/items/{item}/media"],
    "find": ["/api/libraries/{library}/search"],
    "page": ["/api/libraries/{library}/items"],
    "check": ["/api/authorize"],
    "read": ["/api/items/batch/get"],
    "snapshot": ["/api/items/{item}"],
    "restore": ["/api/items/{item}/media"],
}


@pytest.mark.parametrize(("call", "stage"), [(call, stage) for call, stages in _STAGES.items() for stage in stages])
async def test_a_fault_in_the_middle_of_a_call_is_no_other(
    plugin_for: Callable[..., Audiobookshelf],
    hasty_http: Http,
    put: Callable[..., Path],
    server: AudiobookshelfStandIn,
    known: str,
    call: str,
    stage: str,
) -> None:
    match = stage.format(library=server.shelf.library_id, item=known)
    for fault in Fault:
        await at_rest(server)
        server.faults.clear()
        server.faults.always(fault, match=match)
        with refused(fault):
            await CALLS[call](plugin_for(http=hasty_http, scan_timeout=2), put(f"A/{fault}"), known)


@pytest.mark.parametrize("call", ["snapshot", "restore"])
async def test_what_is_no_picture_is_not_taken_for_one(
    plugin_for: Callable[..., Audiobookshelf],
    hasty_http: Http,
    put: Callable[..., Path],
    server: AudiobookshelfStandIn,
    known: str,
    call: str,
) -> None:
    keep_picture(server.shelf.items[known], b"\xff\xd8\xff a picture", ".jpg")
    for fault in sorted(set(Fault) - {Fault.NOT_FOUND, Fault.TRUNCATED}):
        server.faults.clear()
        server.faults.always(fault, match=f"/api/items/{known}/cover")
        with refused(fault):
            await CALLS[call](plugin_for(http=hasty_http), put(f"A/{fault}"), known)


async def test_a_server_that_is_gone_is_unavailable(
    plugin_for: Callable[..., Audiobookshelf], hasty_http: Http, server: AudiobookshelfStandIn
) -> None:
    await server.stop()
    with pytest.raises(Unavailable, match="cannot be reached"):
        await plugin_for(http=hasty_http).page()


async def test_the_key_shows_nowhere(plugin: Audiobookshelf) -> None:
    assert KEY not in repr(plugin.config) + str(plugin.config)
