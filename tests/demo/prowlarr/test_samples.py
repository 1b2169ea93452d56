"""The stand-in writes what the samples show: every member, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.prowlarr import ProwlarrIndexer, ProwlarrStandIn

if TYPE_CHECKING:
    from tests.demo.prowlarr.conftest import Clock, Program

Sample = Callable[[str], Any]
Shape = Callable[[object], object]


@pytest.mark.parametrize(
    "guid", ["https://www.myanonamouse.net/t/900103", "https://publicbay.example/torrent/777001", "opaque-guid-55aa"]
)
async def test_a_release_is_the_one_of_the_sample(program: Program, sample: Sample, shape: Shape, guid: str) -> None:
    (expected,) = (row for row in sample("search.json") if row["guid"] == guid)
    (given,) = (row for row in await program.search("barsoom") if row["guid"] == guid)
    assert set(given) == set(expected)
    assert shape(given) == shape(expected)
    told = ("title", "size", "publishDate", "infoUrl", "protocol", "fileName", "indexerFlags", "infoHash", "seeders")
    varying = {"publishDate"} if guid != "https://www.myanonamouse.net/t/900103" else set()
    for name in set(told) - varying:
        assert given.get(name) == expected.get(name), name
    assert given["categories"] == expected["categories"]


async def test_a_link_is_the_one_of_the_sample(program: Program, site: ProwlarrStandIn, sample: Sample) -> None:
    site.links_at = "http://prowlarr:9696"
    site.key = "PLACEHOLDER_API_KEY"
    program.headers = {"X-Api-Key": site.key}
    given = {row["guid"]: row for row in await program.search("barsoom")}
    for expected in sample("search.json"):
        for name in ("downloadUrl", "magnetUrl"):
            link = given.get(expected["guid"], {}).get(name)
            if link is not None and name in expected:
                before, _, after = expected[name].partition("&link=")
                assert link.startswith(f"{before}&link=")
                assert link.partition("&file=")[2] == after.partition("&file=")[2]


@pytest.mark.parametrize("number", [1, 3, 4])
async def test_an_indexer_is_the_one_of_the_sample(program: Program, sample: Sample, shape: Shape, number: int) -> None:
    (expected,) = (entry for entry in sample("indexer.json") if entry["id"] == number)
    (given,) = (entry for entry in (await program.get("/api/v1/indexer")).json if entry["id"] == number)
    assert set(given) == set(expected)
    kept = {"fields", "capabilities"}
    assert shape({name: given[name] for name in given.keys() - kept}) == shape(
        {name: expected[name] for name in expected.keys() - kept}
    )
    assert shape(given["capabilities"]) == shape(expected["capabilities"])
    fields = {entry["name"]: entry for entry in given["fields"]}
    assert list(fields) == [entry["name"] for entry in expected["fields"]]
    for entry in expected["fields"]:
        own = fields[entry["name"]]
        assert {name: own.get(name) for name in ("label", "type", "advanced", "privacy", "unit", "isFloat")} == {
            name: entry.get(name) for name in ("label", "type", "advanced", "privacy", "unit", "isFloat")
        }
        if entry["name"] != "torrentBaseSettings.appMinimumSeeders":
            assert shape(own.get("value")) == shape(entry.get("value")), entry["name"]


async def test_the_session_of_mam_can_be_read_and_other_secrets_cannot(
    program: Program, mouse: ProwlarrIndexer
) -> None:
    text = (await program.get("/api/v1/indexer")).text
    assert mouse.session in text
    assert "********" in text


async def test_the_memory_of_failures_is_the_one_of_the_sample(
    program: Program, sample: Sample, shape: Shape, tracker: ProwlarrIndexer, clock: Clock
) -> None:
    assert (await program.get("/api/v1/indexerstatus")).json == []
    tracker.fail(clock())
    (given,) = (await program.get("/api/v1/indexerstatus")).json
    (expected,) = sample("indexerstatus.json")
    assert shape(given) == shape(expected)
    assert given["indexerId"] == expected["indexerId"]
    assert given["disabledTill"] == "2026-10-01T12:01:00Z"


async def test_health_is_the_one_of_the_samples(
    program: Program, site: ProwlarrStandIn, sample: Sample, tracker: ProwlarrIndexer, clock: Clock
) -> None:
    assert (await program.get("/api/v1/health")).json == sample("health_empty.json")
    tracker.fail(clock())
    site.complaints.append(("UpdateCheck", "notice", "New update is available"))
    given = (await program.get("/api/v1/health")).json
    expected = sample("health.json")
    assert [set(line) for line in given] == [set(line) for line in expected]
    assert [(line["source"], line["type"]) for line in given] == [(line["source"], line["type"]) for line in expected]
    assert given[0]["message"] == "Indexers unavailable due to failures: General Tracker"


async def test_the_program_tells_of_itself_as_in_the_samples(program: Program, sample: Sample, shape: Shape) -> None:
    given, expected = (await program.get("/api/v1/system/status")).json, sample("system_status.json")
    assert shape(given) == shape(expected)
    assert (given["appName"], given["version"]) == (expected["appName"], expected["version"])
    assert (await program.get("/ping")).json == sample("ping.json")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("wrong or missing key", "/api/v1/search"),
        ("starting up", "/api/v1/search"),
        ("all selected indexers unavailable", "/api/v1/search?indexerIds=99&limit=1"),
        ("unknown indexer id", "/99/download?link=x&file=y"),
    ],
)
async def test_a_refusal_is_the_one_of_the_samples(
    program: Program, site: ProwlarrStandIn, sample: Sample, name: str, path: str
) -> None:
    (expected,) = (case for case in sample("api_error_cases.json") if case["name"] == name)
    if name == "wrong or missing key":
        program.headers = {"X-Api-Key": "guessed"}
    site.starting = name == "starting up"
    given = await program.get(path)
    assert given.status == expected["status"]
    if expected["body"] == "":
        assert given.body == b""
    else:
        assert given.json.get("message") == expected["body"].get("message")
        assert given.json.get("errorMessage") == expected["body"].get("errorMessage")


@pytest.mark.parametrize("name", ["magnet", "redirect to tracker", "disabled", "limit", "tracker failed", "bad link"])
async def test_a_download_is_answered_as_in_the_samples(
    program: Program, sample: Sample, bay: ProwlarrIndexer, tracker: ProwlarrIndexer, name: str
) -> None:
    (expected,) = (case for case in sample("download_cases.json") if case["name"] == name)
    rows = {row["indexerId"]: row for row in await program.search("barsoom")}
    address = rows[3]["magnetUrl"] if name == "magnet" else rows[4]["downloadUrl"]
    match name:
        case "redirect to tracker":
            tracker.redirect = True
        case "disabled":
            tracker.enabled = False
        case "limit":
            tracker.grab_limit = 0
        case "tracker failed":
            tracker.failing = True
        case "bad link":
            address = address.replace("link=", "link=AA")
    given = await program.get(address)
    assert given.status == expected["status"]
    if name == "magnet":
        assert given.headers["Location"].startswith("magnet:?xt=urn:btih:0123456789abcdef")
    elif "Location" in expected["headers"]:
        assert given.headers["Location"] == expected["headers"]["Location"]
    elif name == "bad link":
        assert given.json == expected["body"]
    else:
        assert given.headers["Content-Type"] == expected["headers"]["Content-Type"]
        assert given.text.partition("description=")[0] == expected["body"].partition("description=")[0]
    assert ("Retry-After" in given.headers) is (name == "limit")
