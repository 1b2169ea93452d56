"""A Prowlarr with a tracker of every kind, a client that reads its JSON, and the samples to hold it to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.prowlarr import Kind, ProwlarrIndexer, ProwlarrOffer, ProwlarrStandIn

Json = Any  # what a JSON text may hold

KEY = "key-of-prowlarr"
HASH = "0123456789abcdef0123456789abcdef01234567"
_SAMPLES = Path(__file__).parents[2] / "samples" / "prowlarr"
_MAM = "https://www.myanonamouse.net/t"


def torrent_file(name: str) -> bytes:
    info = f"d6:lengthi7e4:name{len(name)}:{name}12:piece lengthi16384e6:pieces20:{'x' * 20}e"
    return f"d8:announce22:http://127.0.0.1/a/key4:info{info}e".encode()


BARSOOM = ProwlarrOffer(
    guid=f"{_MAM}/900103",
    page=f"{_MAM}/900103",
    title="Barsoom, Books 1-3 by Edgar Rice Burroughs [ENG / M4B]",
    torrent=torrent_file("barsoom"),
    size=1_717_986_918,
    files=3,
    grabs=15,
    seeders=12,
    leechers=0,
    categories=(3030, 100041),
    published=datetime(2026, 9, 14, 8, 21, 45, tzinfo=UTC),
)
PRINTED = ProwlarrOffer(
    guid=f"{_MAM}/900104", title="Barsoom by Edgar Rice Burroughs [ENG / EPUB]", categories=(7020,), torrent=b"de"
)
PRINCESS = ProwlarrOffer(
    guid="https://publicbay.example/torrent/777001",
    page="https://publicbay.example/torrent/777001",
    title="Edgar Rice Burroughs - A Princess of Mars - [Audiobook] MP3 64kbps",
    found_by="Barsoom",
    magnet=f"magnet:?xt=urn:btih:{HASH}&dn=A+Princess+of+Mars",
    size=236_978_176,
    categories=(3030, 3000),
    info_hash=HASH.upper(),
    seeders=41,
    leechers=9,
)
COLLECTION = ProwlarrOffer(
    guid="opaque-guid-55aa",
    page="https://general.example/details/55",
    title="Barsoom 01-11 Complete [Audiobook Collection]",
    origin="https://general.example/dl/55?key=PLACEHOLDER",
    torrent=torrent_file("collection"),
    size=96_636_764_160,
    files=512,
    grabs=3,
    flags=("halfleech", "internal", "somethingnew"),
    categories=(3000, 3010, 100077),
)


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Program:
    """A client of Prowlarr; it follows no redirects."""

    def __init__(self, client: aiohttp.ClientSession, site: ProwlarrStandIn) -> None:
        self._client = client
        self.site = site
        self.headers = {"X-Api-Key": KEY}

    async def get(self, address: str, *pairs: tuple[str, str]) -> Answer:
        """Ask a path below the address of the site, or a whole address."""
        url = address if address.startswith("http") else f"{self.site.url}{address}"
        async with self._client.get(
            url, params=list(pairs) or None, headers=self.headers, allow_redirects=False
        ) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())

    async def search(self, query: str = "", *pairs: tuple[str, str], limit: str | None = "100") -> Json:
        limits = [] if limit is None else [("limit", limit), ("offset", "0")]
        return (await self.get("/api/v1/search", ("query", query), *limits, *pairs)).json

    async def titles(self, query: str = "", *pairs: tuple[str, str]) -> set[str]:
        return {row["title"] for row in await self.search(query, *pairs)}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sample() -> Callable[[str], Json]:
    """Read a sample by its file name."""

    def read(name: str) -> Json:
        return json.loads((_SAMPLES / name).read_text(encoding="utf-8"))

    return read


@pytest.fixture
def shape() -> Callable[[object], object]:
    """Reduce a document to its names and JSON types; of a list the first entry counts."""

    def reduce(value: object) -> object:
        match value:
            case dict():
                return {name: reduce(inner) for name, inner in value.items()}
            case list():
                return [reduce(inner) for inner in value[:1]]
            case bool() | str() | None:
                return type(value).__name__
            case _:
                return "a number"

    return reduce


@pytest.fixture
def mouse() -> ProwlarrIndexer:
    return ProwlarrIndexer(
        id=1,
        name="MyAnonamouse",
        kind=Kind.MAM,
        offers=[BARSOOM, PRINTED],
        categories=(3000, 3030, 7000, 7020),
        own_categories={100013: "AudioBooks", 100039: "Audiobooks - Action/Adventure"},
    )


@pytest.fixture
def bay() -> ProwlarrIndexer:
    return ProwlarrIndexer(id=3, name="Public Bay", offers=[PRINCESS], categories=(3000, 3010, 3030), priority=40)


@pytest.fixture
def tracker() -> ProwlarrIndexer:
    return ProwlarrIndexer(
        id=4,
        name="General Tracker",
        kind=Kind.PRIVATE,
        offers=[COLLECTION],
        categories=(3000, 3010, 3040),
        own_categories={100077: "Audiobooks"},
        seed_ratio=1.5,
        seed_minutes=10080,
    )


@pytest.fixture
async def site(
    clock: Clock, mouse: ProwlarrIndexer, bay: ProwlarrIndexer, tracker: ProwlarrIndexer
) -> AsyncIterator[ProwlarrStandIn]:
    async with ProwlarrStandIn([mouse, bay, tracker], KEY, now=clock) as site:
        yield site


@pytest.fixture
async def program(site: ProwlarrStandIn) -> AsyncIterator[Program]:
    async with aiohttp.ClientSession() as client:
        yield Program(client, site)
