"""A site to search, a member who follows the rotation of its cookie, and the samples to hold both to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from audiobook_daemon.demo.mam import MamAccount, MamStandIn, MamTorrent

Json = Any  # what a JSON text may hold

_SAMPLES = Path(__file__).parents[2] / "samples" / "mam"
_SEARCH = "/tor/js/loadSearchJSONbasic.php"
_DOWNLOAD = "/tor/download.php"
_NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


def torrent_file(name: str) -> bytes:
    info = f"d6:lengthi7e4:name{len(name)}:{name}12:piece lengthi16384e6:pieces20:{'x' * 20}e"
    return f"d8:announce22:http://127.0.0.1/a/key4:info{info}e".encode()


_BEAGLE = MamTorrent(
    id=910002,
    title="The Voyage of the Beagle",
    torrent=torrent_file("beagle.m4b"),
    authors=("Charles Darwin",),
    narrators=("Tamsin Brightwater", "Linnea Ashgrove"),
    category=89,
    size=276 * 1024**2,
    seeders=23,
    leechers=1,
    times_completed=53,
    comments=4,
    added=datetime(2026, 1, 6, 6, 26, 29, tzinfo=UTC),
    tags="unabridged 1839 96 kbps",
    vip=True,
    vip_until=datetime.fromtimestamp(1805155200, UTC),
    thumbnail="http://127.0.0.1/t/p/small/910002.webp",
    duration=6 * 3600 + 42 * 60 + 11,
    bitrate=96,
    chapters=tuple(f"Chapter {number}" for number in range(1, 7)),
    isbn="978-0-00-000000-2",
    description="<p>First line.<br />Second &amp; last.</p>",
)
_ALICE = MamTorrent(
    id=900101,
    title='Alice\'s Adventures & Other "Tales"',
    torrent=torrent_file("alice.m4b"),
    authors=("Lewis Carroll",),
    narrators=("Zoë Marchbanks",),
    series=(("Alice & Friends", "1-2"), ("Wonderland", "")),
    category=44,
    times_completed=15,
    added=datetime(2026, 9, 14, tzinfo=UTC),
    size=1_040_588,
    isbn="9780000000019",
)
_NUMBERS = MamTorrent(
    id=900120,
    title="813",
    torrent=torrent_file("813.mp3"),
    authors=("Maurice Leblanc",),
    series=(("Arsène Lupin", "4"),),
    category=40,
    language=36,
    filetype="mp3",
    seeders=0,
    times_completed=200,
    added=datetime(2026, 5, 1, tzinfo=UTC),
    size=500,
    tags="2019",
    free=True,
    browseflags=32,
)
_PRINTED = MamTorrent(
    id=900130,
    title="Alice in Print",
    torrent=torrent_file("alice.epub"),
    authors=("Lewis Carroll",),
    category=66,
    filetype="epub",
    added=datetime(2026, 2, 1, tzinfo=UTC),
    size=2 * 1024**3,
)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookie: str | None

    @property
    def json(self) -> Json:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Member:
    """A client that follows the rotation of its cookie, as every client of the site must."""

    def __init__(self, client: aiohttp.ClientSession, site: MamStandIn) -> None:
        self.client = client
        self.site = site
        self.cookie: str | None = site.session.value

    async def call(self, method: str, path: str, **options: Json) -> Answer:
        headers = {"Cookie": f"mam_id={self.cookie}"} if self.cookie else {}
        url = f"{self.site.url}{path}"
        async with self.client.request(method, url, headers=headers, allow_redirects=False, **options) as answer:
            body = await answer.read()
            fresh = answer.cookies["mam_id"].value if "mam_id" in answer.cookies else None
            if fresh:
                self.cookie = fresh
            return Answer(answer.status, dict(answer.headers), body, fresh)

    async def get(self, path: str, **query: str) -> Answer:
        return await self.call("GET", path, params=query)

    async def search(self, perpage: object = None, **tor: object) -> Json:
        """Search as JSON; keys that begin with `with_` are switches of the body."""
        body: dict[str, object] = {} if perpage is None else {"perpage": perpage}
        for name in [name for name in tor if name.startswith("with_")]:
            body[name.removeprefix("with_")] = tor.pop(name)
        return (await self.call("POST", _SEARCH, json={**body, "tor": tor})).json

    async def ids(self, **tor: object) -> list[int]:
        answer = await self.search(**tor)
        return [row["id"] for row in answer.get("data", [])]

    async def download(self, number: int) -> Answer:
        return await self.get(_DOWNLOAD, tid=str(number))


class Clock:
    def __init__(self) -> None:
        self.time = _NOW

    def __call__(self) -> datetime:
        return self.time


@dataclass(frozen=True)
class Books:
    """The four torrents of the site."""

    beagle: MamTorrent = _BEAGLE
    alice: MamTorrent = _ALICE
    numbers: MamTorrent = _NUMBERS
    printed: MamTorrent = _PRINTED


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def sample() -> Callable[[str], Json]:
    """Read a sample by its file name."""

    def read(name: str) -> Json:
        return json.loads((_SAMPLES / name).read_text(encoding="utf-8"))

    return read


@pytest.fixture
def shape() -> Callable[[object], object]:
    """Reduce a document to its names and JSON types."""

    def reduce(value: object) -> object:
        if isinstance(value, dict):
            return {name: reduce(inner) for name, inner in value.items()}
        return type(value).__name__

    return reduce


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def site(clock: Clock) -> AsyncIterator[MamStandIn]:
    account = MamAccount(vip_until=datetime(2026, 12, 24, 18, 30, tzinfo=UTC))
    async with MamStandIn((_BEAGLE, _ALICE, _NUMBERS, _PRINTED), "seed%2Bvalue", account=account, now=clock) as site:
        yield site


@pytest.fixture
async def member(site: MamStandIn) -> AsyncIterator[Member]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        yield Member(client, site)
