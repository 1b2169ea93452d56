"""Prowlarr on loopback with two trackers, a scripted session for what no loopback can play, and the samples."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import Context, Http, HttpAnswer
from audiobook_daemon.demo.prowlarr import Kind, ProwlarrIndexer, ProwlarrOffer, ProwlarrStandIn
from audiobook_plugins.prowlarr import Prowlarr
from audiobook_plugins.prowlarr.config import ProwlarrConfig

Json = Any  # what a JSON text may hold

KEY = "0123456789abcdefVERYSECRET"
MAM = "https://www.myanonamouse.net/t"
HASH = "0123456789abcdef0123456789abcdef01234567"
_SAMPLES = Path(__file__).parents[2] / "samples" / "prowlarr"


def torrent_file(name: str) -> bytes:
    info = f"d6:lengthi7e4:name{len(name)}:{name}12:piece lengthi16384e6:pieces20:{'x' * 20}7:privatei1ee"
    return f"d8:announce22:http://127.0.0.1/a/key4:info{info}e".encode()


@dataclass
class ScriptedHttp:
    """Gives the answers it was told to give, and notes what it was asked and with which headers."""

    answers: list[HttpAnswer | Exception] = field(default_factory=list)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        raise AssertionError("nobody asked for a distance")

    async def request(self, method: str, url: str, **named: Json) -> HttpAnswer:
        assert method == "GET"
        self.asked.append((url, {**(named.get("headers") or {}), **dict(named.get("params") or ())}))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def sample() -> Callable[[str], Any]:
    """Read a sample: JSON parsed, everything else as bytes."""

    def read(name: str) -> Json:
        content = (_SAMPLES / name).read_bytes()
        return json.loads(content) if name.endswith(".json") else content

    return read


@pytest.fixture
def answer() -> Callable[..., HttpAnswer]:
    """Make an answer."""

    def make(body: object = b"", status: int = 200, **headers: str) -> HttpAnswer:
        raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        lower = {name.replace("_", "-"): value for name, value in headers.items()}
        return HttpAnswer(status, lower, (), raw, "http://prowlarr.example/answer")

    return make


@pytest.fixture
def mouse() -> ProwlarrIndexer:
    """MyAnonamouse as Prowlarr has it."""
    offers = [
        ProwlarrOffer(
            guid=f"{MAM}/900001",
            page=f"{MAM}/900001",
            title="The Glass Ferry by Ilse Marten [ENG / M4B]",
            torrent=torrent_file("ferry.m4b"),
            size=300 * 1024**2,
            seeders=12,
            leechers=0,
            files=1,
            grabs=40,
            categories=(3030, 100041),
        ),
        ProwlarrOffer(
            guid=f"{MAM}/900002",
            page=f"{MAM}/900002",
            title="The Glass Ferry by Ilse Marten [ENG / EPUB]",
            torrent=torrent_file("ferry.epub"),
            categories=(7020, 100063),
        ),
    ]
    return ProwlarrIndexer(
        id=1,
        name="MyAnonamouse",
        kind=Kind.MAM,
        offers=offers,
        categories=(3000, 3030, 7000, 7020),
        own_categories={100041: "Audiobooks - Fantasy", 100063: "Ebooks - Fantasy"},
    )


@pytest.fixture
def bay() -> ProwlarrIndexer:
    """A public tracker."""
    offer = ProwlarrOffer(
        guid="https://bay.example/torrent/7",
        title="Ilse Marten - The Glass Ferry - [Audiobook] MP3 64kbps",
        magnet=f"magnet:?xt=urn:btih:{HASH}&dn=The+Glass+Ferry",
        info_hash=HASH.upper(),
        categories=(3000, 3030),
    )
    other = ProwlarrOffer(guid="8", title="Glass and Other Stories", torrent=torrent_file("glass.mp3"), seeders=3)
    return ProwlarrIndexer(id=3, name="Public Bay", offers=[offer, other], priority=40)


@pytest.fixture
async def site(
    mouse: ProwlarrIndexer, bay: ProwlarrIndexer, clock: Callable[[], Any]
) -> AsyncIterator[ProwlarrStandIn]:
    async with ProwlarrStandIn([mouse, bay], KEY, now=clock) as site:
        yield site


@pytest.fixture
def prowlarr(site: ProwlarrStandIn, hasty_http: Http, context_for: Callable[..., Context]) -> Callable[..., Prowlarr]:
    """Make an instance that speaks to Prowlarr on loopback; keywords are its configuration."""

    def make(*, http: Http = hasty_http, **config: object) -> Prowlarr:
        settings = ProwlarrConfig.model_validate({"url": site.url, "key": KEY, **config})
        return Prowlarr(settings, context_for("prowlarr", http=http))

    return make


@pytest.fixture
def scripted() -> ScriptedHttp:
    return ScriptedHttp()


@pytest.fixture
def scripted_prowlarr(scripted: ScriptedHttp, context_for: Callable[..., Context]) -> Prowlarr:
    """An instance that speaks to the scripted session."""
    settings = ProwlarrConfig.model_validate({"url": "http://prowlarr.lan:9696/base", "key": KEY})
    return Prowlarr(settings, context_for("prowlarr", http=scripted))
