"""What the doctor tells of Prowlarr."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audiobook_daemon import Finding, Level
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.prowlarr import Kind, ProwlarrIndexer, ProwlarrStandIn
from audiobook_plugins.prowlarr import Prowlarr

Factory = Callable[..., Prowlarr]


def warnings(findings: object) -> list[str]:
    assert isinstance(findings, tuple)
    found = [finding for finding in findings if isinstance(finding, Finding) and finding.level is not Level.OK]
    assert all(finding.remedy for finding in found)
    return [finding.text for finding in found]


async def test_all_is_well(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    plugin = prowlarr()
    assert [(finding.level, finding.text) for finding in await plugin.check()] == [
        (Level.OK, f"Prowlarr 2.3.0.5236 at {site.url} accepts the key."),
        (Level.OK, "Asked for audiobooks: MyAnonamouse, Public Bay."),
    ]
    assert plugin.service_version == "2.3.0.5236"


@pytest.mark.parametrize("wedges", [1, 2])
async def test_wedges_spent_by_prowlarr_are_told(prowlarr: Factory, mouse: ProwlarrIndexer, wedges: int) -> None:
    mouse.wedges = wedges
    (warning,) = warnings(await prowlarr().check())
    assert warning.startswith("Downloading from MyAnonamouse through Prowlarr spends freeleech wedges")


async def test_a_private_tracker_that_redirects_is_told(prowlarr: Factory, bay: ProwlarrIndexer) -> None:
    bay.redirect = True
    assert warnings(await prowlarr().check()) == []
    bay.kind = Kind.PRIVATE
    (warning,) = warnings(await prowlarr().check())
    assert warning.startswith("Prowlarr sends us to Public Bay instead of fetching")


async def test_an_indexer_that_is_not_there_is_told(prowlarr: Factory) -> None:
    findings = await prowlarr(indexers=["Public Bay", "Pubic Bay", 9]).check()
    assert warnings(findings) == ["Prowlarr has no indexer 'Pubic Bay'.", "Prowlarr has no indexer 9."]
    assert findings[1].text == "Asked for audiobooks: Public Bay."


async def test_an_indexer_without_audiobooks_is_told(prowlarr: Factory, bay: ProwlarrIndexer) -> None:
    bay.categories = (3000, 3010)
    (warning,) = warnings(await prowlarr().check())
    assert warning == "Public Bay has none of the categories 3030 and is not asked."
    assert warnings(await prowlarr(categories=(3030, 3000)).check()) == []


async def test_nobody_to_ask_is_a_failure(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    site.indexers.clear()
    findings = await prowlarr().check()
    assert [finding.level for finding in findings] == [Level.OK, Level.FAILURE]


async def test_what_prowlarr_complains_of_is_passed_on_by_its_kind(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    site.complaints = [
        ("UpdateCheck", "notice", "New update is available"),
        ("ProxyCheck", "error", "Der Proxy antwortet nicht"),
        ("IndexerLongTermStatusCheck", "warning", "told elsewhere"),
    ]
    assert warnings(await prowlarr().check()) == ["Prowlarr says: Der Proxy antwortet nicht"]


async def test_another_program_is_not_taken_for_prowlarr(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    site.faults.always(Fault.LIST, "/api/v1/system/status")
    (finding,) = await prowlarr().check()
    assert (finding.level, finding.text) == (
        Level.FAILURE,
        f"{site.url} is some program and not Prowlarr; check `url`.",
    )


async def test_a_wrong_key_is_a_failure(prowlarr: Factory) -> None:
    (finding,) = await prowlarr(key="wrong").check()
    assert finding.level is Level.FAILURE
    assert "Copy the API key" in finding.text
