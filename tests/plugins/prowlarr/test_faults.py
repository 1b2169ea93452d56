"""Whatever comes instead of a true answer, callers see only the errors of the contract, and never a secret."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import pytest

from audiobook_daemon import AuthFailed, Level, PluginError, Query, Release, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.prowlarr import ProwlarrIndexer, ProwlarrStandIn
from audiobook_plugins.prowlarr import Prowlarr

Factory = Callable[..., Prowlarr]
Call = Callable[[Prowlarr, Release], Awaitable[object]]
FERRY = Query("The Glass Ferry", ("Ilse Marten",))
CALLS: dict[str, tuple[Call, str]] = {
    "start": (lambda plugin, _: plugin.start(), "/api/v1/system/status"),
    "list": (lambda plugin, _: plugin.search(FERRY), "/api/v1/indexer"),
    "search": (lambda plugin, _: plugin.search(FERRY), "/api/v1/search"),
    "state": (lambda plugin, _: plugin.search(FERRY), "/api/v1/indexerstatus"),
    "fetch": (lambda plugin, release: plugin.fetch(release), "/1/download"),
}
REFUSED = {Fault.UNAUTHORIZED, Fault.FORBIDDEN, Fault.SESSION_DELETED}


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("call", list(CALLS))
async def test_a_fault_becomes_an_error_of_the_contract(
    site: ProwlarrStandIn, prowlarr: Factory, call: str, fault: Fault
) -> None:
    do, path = CALLS[call]
    release = (await prowlarr().search(FERRY))[0]
    plugin = prowlarr()
    site.faults.always(fault, path, retry_after=40)
    with pytest.raises(PluginError) as caught:
        await do(plugin, release)
    assert isinstance(caught.value, AuthFailed if fault in REFUSED else Unavailable)
    assert str(caught.value).strip()
    if fault in {Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE} and isinstance(caught.value, Unavailable):
        assert caught.value.retry_after == 40
    site.faults.clear()
    await do(plugin, release)


@pytest.mark.parametrize("fault", list(Fault))
async def test_the_doctor_survives_it(site: ProwlarrStandIn, prowlarr: Factory, fault: Fault) -> None:
    site.faults.always(fault)
    (finding,) = await prowlarr().check()
    assert finding.level is Level.FAILURE


async def test_a_long_day_leaves_no_secret_behind(
    site: ProwlarrStandIn, prowlarr: Factory, mouse: ProwlarrIndexer, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    with caplog.at_level(logging.DEBUG):
        plugin = prowlarr()
        await plugin.start()
        releases = await plugin.search(FERRY)
        told += [repr(release) for release in releases]
        for fault in Fault:
            for call in (plugin.search(FERRY), plugin.fetch(releases[0])):
                site.faults.next(fault, 2)
                try:
                    told.append(repr(await call))
                except PluginError as error:
                    told.append(repr(error))
                site.faults.clear()
        told += [repr(finding) for finding in await plugin.check()]
    everything = "\n".join(told) + caplog.text + "".join(served.path for served in site.requests)
    assert key not in everything
    assert mouse.session not in everything + repr(vars(plugin._client))
