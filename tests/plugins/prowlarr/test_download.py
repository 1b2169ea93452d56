"""Links are followed to a torrent or a magnet link, and the key goes nowhere but to Prowlarr."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from audiobook_daemon import AuthFailed, HttpAnswer, PluginError, Query, Refused, Release, Unavailable, read_torrent
from audiobook_daemon.demo.prowlarr import ProwlarrIndexer, ProwlarrStandIn
from audiobook_plugins.prowlarr import Prowlarr, download

if TYPE_CHECKING:
    from tests.plugins.conftest import Spy
    from tests.plugins.prowlarr.conftest import ScriptedHttp

Factory = Callable[..., Prowlarr]
Answer = Callable[..., HttpAnswer]
Sample = Callable[[str], Any]
FERRY = Query("The Glass Ferry", ("Ilse Marten",))
LINK = {"indexer": "4", "link": "QUJD", "file": "A Book"}
RELEASE = Release("prowlarr", "4-7", "A Book", extra=LINK)
OWN = "http://prowlarr.lan:9696/base/4/download"
OUTSIDE = "https://tracker.example/dl/55?key=PASSKEY"


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """Where names lead; what is not there is a public address."""
    known: dict[str, tuple[str, ...]] = {}

    async def resolve(host: str, port: int) -> tuple[str, ...]:
        return known.get(host, ("93.184.216.34",))

    monkeypatch.setattr(download, "resolve", resolve)
    return known


async def found(prowlarr: Prowlarr, place: int = 0) -> Release:
    return (await prowlarr.search(FERRY))[place]


async def test_a_torrent_is_fetched(prowlarr: Factory, mouse: ProwlarrIndexer) -> None:
    plugin = prowlarr()
    torrent = await plugin.fetch(await found(plugin))
    assert torrent == read_torrent(mouse.offers[0].torrent or b"")
    assert torrent.private
    assert mouse.downloads == {mouse.offers[0].guid: 1}


async def test_links_that_name_a_host_nobody_can_reach_are_followed_all_the_same(
    site: ProwlarrStandIn, prowlarr: Factory, spy: Spy, key: str
) -> None:
    site.links_at = "http://prowlarr-in-a-container:9999/elsewhere"
    plugin = prowlarr(http=spy)
    release = await found(plugin)
    assert await plugin.fetch(release)
    (sent,) = spy.to("/1/download")
    assert sent["url"] == f"{site.url}/1/download"
    assert sent["headers"]["X-Api-Key"] == key
    assert key not in str(sent["params"])
    assert key not in repr(release)


async def test_a_magnet_link_is_read_and_not_followed(prowlarr: Factory) -> None:
    plugin = prowlarr()
    torrent = await plugin.fetch(await found(plugin, 1))
    assert torrent.info_hash == "0123456789abcdef0123456789abcdef01234567"
    assert torrent.content is None
    assert torrent.magnet == f"magnet:?xt=urn:btih:{torrent.info_hash}&dn=The+Glass+Ferry"


async def test_links_survive_a_restart(site: ProwlarrStandIn, prowlarr: Factory) -> None:
    plugin = prowlarr()
    release = await found(plugin)
    await site.stop()
    with pytest.raises(Unavailable):
        await plugin.fetch(release)
    await site.start()
    assert await plugin.fetch(release)


async def test_what_is_gone_is_refused(site: ProwlarrStandIn, prowlarr: Factory, mouse: ProwlarrIndexer) -> None:
    plugin = prowlarr()
    release = await found(plugin)
    mouse.gone.add(mouse.offers[0].guid)
    with pytest.raises(Refused, match="no longer available") as caught:
        await plugin.fetch(release)
    assert caught.value.code == "gone"
    mouse.gone.clear()
    mouse.enabled = False
    with pytest.raises(Refused, match="Indexer is disabled"):
        await plugin.fetch(release)
    site.indexers.remove(mouse)
    with pytest.raises(Refused, match="Indexer Not Found"):
        await plugin.fetch(release)


async def test_a_link_of_another_installation_is_gone(prowlarr: Factory) -> None:
    plugin = prowlarr()
    with pytest.raises(Refused, match="Failed to normalize"):
        await plugin.fetch(replace(await found(plugin), extra={**LINK, "indexer": "1"}))


async def test_a_limit_of_downloads_says_how_long_to_wait(prowlarr: Factory, mouse: ProwlarrIndexer) -> None:
    mouse.grab_limit = 1
    plugin = prowlarr()
    release = await found(plugin)
    await plugin.fetch(release)
    with pytest.raises(Unavailable, match="Grab Limit of 1") as caught:
        await plugin.fetch(release)
    assert caught.value.retry_after == 24 * 3600


async def test_a_tracker_that_fails_is_waited_for(prowlarr: Factory, mouse: ProwlarrIndexer, clock: Clock) -> None:
    plugin = prowlarr()
    release = await found(plugin)
    mouse.failing = True
    with pytest.raises(Unavailable, match="Downloading torrent failed"):
        await plugin.fetch(release)
    with pytest.raises(Unavailable, match="due to recent failures") as caught:
        await plugin.fetch(release)
    assert caught.value.retry_after == 60
    mouse.failing = False
    clock.advance(61)
    assert await plugin.fetch(release)


@pytest.mark.parametrize("extra", [{}, {"tid": "7"}, {**LINK, "indexer": "1/../9"}, {**LINK, "link": "a&b"}])
async def test_without_a_link_nothing_is_asked(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, extra: dict[str, str]
) -> None:
    with pytest.raises(Refused) as caught:
        await scripted_prowlarr.fetch(replace(RELEASE, extra=extra))
    assert caught.value.code == "no_link"
    assert scripted.asked == []


async def test_a_torrent_for_vip_members_is_not_asked_for_by_others(prowlarr: Factory, mouse: ProwlarrIndexer) -> None:
    vip = replace(mouse.offers[0], title=f"{mouse.offers[0].title} [VIP]")
    mouse.offers = [vip]
    plugin = prowlarr()
    with pytest.raises(Refused) as caught:
        await plugin.fetch(await found(plugin))
    assert caught.value.code == "vip_only"
    assert mouse.downloads == {}
    mouse.offers = [replace(vip, flags=("freeleech",))]
    assert await plugin.fetch(await found(plugin))


async def test_a_redirect_to_the_tracker_is_followed_without_the_key(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, sample: Sample, addresses: object, key: str
) -> None:
    scripted.answers = [
        answer(status=301, location=OUTSIDE),
        answer(status=302, location="/really/55.torrent"),
        answer(sample("download_torrent.torrent")),
    ]
    torrent = await scripted_prowlarr.fetch(RELEASE)
    assert torrent.info_hash == "fc79f0c72a838d1fa6776932033be3b73ec68a83"
    first, second, third = scripted.asked
    assert first == (OWN, {"X-Api-Key": key, "Accept": "application/json, */*", "link": "QUJD", "file": "A Book"})
    assert (second, third) == ((OUTSIDE, {}), ("https://tracker.example/really/55.torrent", {}))


async def test_the_way_back_to_prowlarr_does_not_bring_the_key_back(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, addresses: object
) -> None:
    scripted.answers = [answer(status=301, location=OUTSIDE), answer(status=301, location=OWN)]
    with pytest.raises(Refused) as caught:
        await scripted_prowlarr.fetch(RELEASE)
    assert caught.value.code == "unsafe_redirect"
    assert len(scripted.asked) == 2


async def test_within_prowlarr_redirects_are_followed_with_the_key(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, sample: Sample, key: str
) -> None:
    scripted.answers = [
        answer(status=307, location="/other/4/download?link=QUJD&file=x"),
        answer(sample("download_torrent.torrent")),
    ]
    assert await scripted_prowlarr.fetch(RELEASE)
    url, sent = scripted.asked[1]
    assert url == "http://prowlarr.lan:9696/other/4/download?link=QUJD&file=x"
    assert sent["X-Api-Key"] == key


@pytest.mark.parametrize(
    "target",
    [
        "http://tracker.example/dl/55", "http://127.0.0.1:8080/api", "http://prowlarr.lan/admin", "file:///etc/passwd",
        "ftp://tracker.example/55", "https://me@tracker.example/", "https://[::1", "//tracker.example/x", "https:///x",
        "javascript:alert(1)",
    ],
)  # fmt: skip
async def test_nothing_but_https_is_followed(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, addresses: object, target: str
) -> None:
    scripted.answers = [answer(status=301, location=target)]
    with pytest.raises(Refused) as caught:
        await scripted_prowlarr.fetch(RELEASE)
    assert caught.value.code == "unsafe_redirect"
    assert len(scripted.asked) == 1


@pytest.mark.parametrize("inside", [("127.0.0.1",), ("192.168.1.9",), ("93.184.216.34", "10.0.0.1"), ("::1",), ()])
async def test_nobody_can_point_us_into_our_own_network(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, inside: tuple[str, ...],
    addresses: dict[str, tuple[str, ...]],
) -> None:  # fmt: skip
    addresses["tracker.example"] = inside
    scripted.answers = [answer(status=301, location=OUTSIDE)]
    with pytest.raises(Refused, match=r"tracker\.example, which is no address of the open internet") as caught:
        await scripted_prowlarr.fetch(RELEASE)
    assert caught.value.code == "unsafe_redirect"
    assert len(scripted.asked) == 1


async def test_a_name_is_really_looked_up(scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer) -> None:
    scripted.answers = [answer(status=301, location="https://localhost/dl")]
    with pytest.raises(Refused, match="localhost"):
        await scripted_prowlarr.fetch(RELEASE)
    scripted.answers = [answer(status=301, location="https://no-such-host.invalid/dl")]
    with pytest.raises(Unavailable, match=r"no-such-host\.invalid, to which Prowlarr sends us, cannot be found"):
        await scripted_prowlarr.fetch(RELEASE)


async def test_nobody_is_followed_for_ever(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, addresses: object
) -> None:
    scripted.answers = [answer(status=301, location=OUTSIDE)] * 20
    with pytest.raises(Refused):
        await scripted_prowlarr.fetch(RELEASE)
    assert len(scripted.asked) == 5


OWN_CASES: list[tuple[dict[str, object], type[PluginError]]] = [
    ({"status": 404, "content_type": "application/json", "body": {"message": "Indexer Not Found"}}, Refused),
    ({"status": 404, "content_type": "text/plain", "body": "404 page not found"}, Unavailable),
    ({"status": 301}, Unavailable),
    ({"status": 403}, AuthFailed),
    ({"status": 503, "body": "Prowlarr is starting up, please try again later"}, Unavailable),
    ({"status": 200, "body": ""}, Unavailable),
    ({"status": 200, "body": b"d4:infod6:lengthi7e"}, Unavailable),
    ({"status": 200, "body": b"d4:infod6:lengthi7e4:name2:..ee"}, Refused),
]


@pytest.mark.parametrize(("given", "expected"), OWN_CASES)
async def test_what_prowlarr_answers_instead_of_a_torrent(
    scripted_prowlarr: Prowlarr,
    scripted: ScriptedHttp,
    answer: Answer,
    given: dict[str, Any],
    expected: type[PluginError],
) -> None:
    scripted.answers = [answer(**given)]
    with pytest.raises(expected):
        await scripted_prowlarr.fetch(RELEASE)


TRACKER_CASES: list[tuple[dict[str, object], type[PluginError], str]] = [
    ({"status": 404}, Refused, "gone"),
    ({"status": 410}, Refused, "gone"),
    ({"status": 200, "body": "<html>login</html>"}, Refused, "needs_login"),
    ({"status": 403}, Refused, "needs_login"),
    ({"status": 500}, Unavailable, ""),
    ({"status": 200, "body": "nonsense"}, Unavailable, ""),
]


@pytest.mark.parametrize(("given", "expected", "code"), TRACKER_CASES)
async def test_what_a_tracker_answers_instead_of_a_torrent(
    scripted_prowlarr: Prowlarr,
    scripted: ScriptedHttp,
    answer: Answer,
    addresses: object,
    given: dict[str, Any],
    expected: type[PluginError],
    code: str,
) -> None:
    scripted.answers = [answer(status=301, location=OUTSIDE), answer(**given)]
    with pytest.raises(expected) as caught:
        await scripted_prowlarr.fetch(RELEASE)
    assert getattr(caught.value, "code", "") == code
    assert "PASSKEY" not in str(caught.value)


OUTCOMES: dict[str, tuple[type[PluginError] | None, str]] = {
    "magnet": (None, ""),
    "redirect to tracker": (None, ""),
    "disabled": (Refused, "Indexer is disabled"),
    "limit": (Unavailable, "Grab Limit of 10"),
    "tracker failed": (Unavailable, "Downloading torrent failed"),
    "bad link": (Refused, "Failed to normalize provided link"),
    "html with 200": (Unavailable, "other than a whole"),
}


async def test_every_answer_of_the_samples_is_understood(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer, sample: Sample, addresses: object
) -> None:
    cases = {case["name"]: case for case in sample("download_cases.json")}
    assert set(cases) == set(OUTCOMES)
    for name, (expected, words) in OUTCOMES.items():
        case = cases[name]
        headers = {header.lower().replace("-", "_"): value for header, value in case["headers"].items()}
        scripted.answers = [
            answer(case["body"], case["status"], **headers), answer(sample("download_torrent.torrent")),
        ]  # fmt: skip
        if expected is None:
            assert (await scripted_prowlarr.fetch(RELEASE)).info_hash
            continue
        with pytest.raises(expected, match=words) as caught:
            await scripted_prowlarr.fetch(RELEASE)
        wait = case["expect"].get("retry_after_s")
        assert getattr(caught.value, "retry_after", None) == wait, name


async def test_no_address_of_the_tracker_is_told(
    scripted_prowlarr: Prowlarr, scripted: ScriptedHttp, answer: Answer
) -> None:
    told = "HTTP request failed: [404:NotFound] [GET] at [https://tracker.example/dl?passkey=PASSKEY]"
    body = f'<?xml version="1.0"?>\n<error code="500" description="{told}" />'
    scripted.answers = [answer(body, 500, content_type="application/rss+xml")]
    with pytest.raises(Unavailable, match="HTTP request failed") as caught:
        await scripted_prowlarr.fetch(RELEASE)
    assert "PASSKEY" not in str(caught.value)
