"""Whatever comes instead of a true answer, callers see only the errors of the contract, and never a secret."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
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
    "update": lambda plugin, _folder, item: plugin.update(item, Facts(source="a", title="Changed")),
    "read": lambda plugin, _folder, item: plugin.read([item]),
    "snapshot": lambda plugin, _folder, item: plugin.snapshot(item, cover=True),
    "restore": lambda plugin, _folder, item: plugin.restore(item, {"title": "Changed", "cover": None}),
}
EXPECTED = dict.fromkeys((Fault.UNAUTHORIZED, Fault.FORBIDDEN, Fault.SESSION_DELETED), AuthFailed)


async def _ready(plugin: Audiobookshelf, put: Callable[..., Path]) -> tuple[Path, str]:
    known = await plugin.admit(str(put("A/Known")))
    return put("A/New"), known.id


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("call", list(CALLS))
async def test_a_fault_becomes_an_error_of_the_contract(
    plugin: Audiobookshelf,
    plugin_for: Callable[..., Audiobookshelf],
    hasty_http: Http,
    put: Callable[..., Path],
    server: AudiobookshelfStandIn,
    call: str,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder, item = await _ready(plugin, put)
    server.faults.always(fault)
    hasty = plugin_for(http=hasty_http, scan_timeout=2)
    with caplog.at_level(logging.DEBUG), pytest.raises(PluginError) as caught:
        await CALLS[call](hasty, folder, item)
    assert type(caught.value) is EXPECTED.get(fault, Unavailable)
    assert KEY not in str(caught.value) + caplog.text
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


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize(("call", "stage"), [(call, stage) for call, stages in _STAGES.items() for stage in stages])
async def test_a_fault_in_the_middle_of_a_call_is_no_other(
    plugin: Audiobookshelf,
    plugin_for: Callable[..., Audiobookshelf],
    hasty_http: Http,
    put: Callable[..., Path],
    server: AudiobookshelfStandIn,
    call: str,
    stage: str,
    fault: Fault,
) -> None:
    folder, item = await _ready(plugin, put)
    server.faults.always(fault, match=stage.format(library=server.shelf.library_id, item=item))
    with pytest.raises(PluginError):
        await CALLS[call](plugin_for(http=hasty_http, scan_timeout=2), folder, item)


@pytest.mark.parametrize("fault", sorted(set(Fault) - {Fault.NOT_FOUND, Fault.TRUNCATED}))
@pytest.mark.parametrize("call", ["snapshot", "restore"])
async def test_what_is_no_picture_is_not_taken_for_one(
    plugin: Audiobookshelf,
    plugin_for: Callable[..., Audiobookshelf],
    hasty_http: Http,
    put: Callable[..., Path],
    server: AudiobookshelfStandIn,
    call: str,
    fault: Fault,
) -> None:
    folder, item = await _ready(plugin, put)
    keep_picture(server.shelf.items[item], b"\xff\xd8\xff a picture", ".jpg")
    server.faults.always(fault, match=f"/api/items/{item}/cover")
    with pytest.raises(PluginError):
        await CALLS[call](plugin_for(http=hasty_http), folder, item)


async def test_a_server_that_is_gone_is_unavailable(
    plugin_for: Callable[..., Audiobookshelf], hasty_http: Http, server: AudiobookshelfStandIn
) -> None:
    await server.stop()
    with pytest.raises(Unavailable, match="cannot be reached"):
        await plugin_for(http=hasty_http).page()


async def test_the_key_shows_nowhere(plugin: Audiobookshelf) -> None:
    assert KEY not in repr(plugin.config) + str(plugin.config)
