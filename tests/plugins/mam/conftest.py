"""The site on loopback, a scripted session for answers no server would give, and the samples."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import Context, FilePart, Http, HttpAnswer, Memory
from audiobook_daemon.demo.mam import MamStandIn, MamTorrent
from audiobook_plugins.mam import MyAnonamouse
from audiobook_plugins.mam.config import MamConfig

Json = Any  # what a JSON text may hold
Pairs = Mapping[str, str] | Sequence[tuple[str, str]]
OnCookies = Callable[[Sequence[str]], Awaitable[None]]

SEED = "SECRETSEED%2Bvery%2Fprivate"
_SAMPLES = Path(__file__).parents[2] / "samples" / "mam"


@dataclass(frozen=True)
class Sent:
    method: str
    url: str
    params: dict[str, str]
    cookie: str | None
    json: Any
    agent: str


@dataclass
class ScriptedHttp:
    """Gives the answers it was told to give, and notes what it was asked."""

    answers: list[HttpAnswer | Exception] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    paces: list[tuple[float, bool]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    gate: asyncio.Event | None = None

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        self.paces.append((seconds, one_at_a_time))

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Pairs | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Pairs | None = None,
        files: Sequence[FilePart] = (),
        timeout: float = 30.0,
        max_bytes: int = 16 * 1024 * 1024,
        attempts: int | None = None,
        on_cookies: OnCookies | None = None,
    ) -> HttpAnswer:
        headers = headers or {}
        cookie = headers.get("Cookie")
        assert cookie is None or attempts == 1, "a second attempt would carry a dead cookie"
        self.sent.append(Sent(method, url, dict(params or {}), cookie, json, headers.get("User-Agent", "")))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            if self.gate is not None:
                await self.gate.wait()
            answer = self.answers.pop(0)
        finally:
            self.at_once -= 1
        if isinstance(answer, Exception):
            raise answer
        if on_cookies and answer.set_cookies:
            await on_cookies(answer.set_cookies)
        return answer


@pytest.fixture
def seed() -> str:
    return SEED


@pytest.fixture
def sample() -> Callable[[str], Any]:
    """Read a sample: JSON parsed, everything else as bytes."""

    def read(name: str) -> Json:
        content = (_SAMPLES / name).read_bytes()
        return json.loads(content) if name.endswith(".json") else content

    return read


@pytest.fixture
def answer() -> Callable[..., HttpAnswer]:
    """Make an answer of the site; `cookie` becomes a Set-Cookie line."""

    def make(
        body: object = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        cookie: str | None = None,
        cookies: Sequence[str] = (),
    ) -> HttpAnswer:
        raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        lines = (*cookies, f"mam_id={cookie}; path=/; secure") if cookie is not None else tuple(cookies)
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        return HttpAnswer(status, lower, lines, raw, "https://www.myanonamouse.net/answer")

    return make


@pytest.fixture
def scripted() -> ScriptedHttp:
    return ScriptedHttp()


@pytest.fixture
def scripted_mam(
    scripted: ScriptedHttp, context_for: Callable[..., Context], memory: Memory
) -> Callable[..., MyAnonamouse]:
    """Make an instance that speaks to the scripted session; keywords are its configuration."""

    def make(name: str = "mam", memory: Memory = memory, http: Http = scripted, **config: object) -> MyAnonamouse:
        settings = MamConfig.model_validate({"session": SEED, **config})
        return MyAnonamouse(settings, context_for(name, http=http, memory=memory))

    return make


def _torrent_file(name: str) -> bytes:
    info = f"d6:lengthi7e4:name{len(name)}:{name}12:piece lengthi16384e6:pieces20:{'x' * 20}7:privatei1ee"
    announce = "http://127.0.0.1/PASSKEY/announce"
    return f"d8:announce{len(announce)}:{announce}4:info{info}e".encode()


def _torrent(number: int, title: str, author: str, **more: Json) -> MamTorrent:
    return MamTorrent(
        id=number,
        title=title,
        torrent=_torrent_file(f"{number}.m4b"),
        authors=(author,),
        **{"size": 300 * 1024**2, "category": 41, **more},
    )


@pytest.fixture
def torrents() -> list[MamTorrent]:
    recent = datetime(2026, 2, 27, tzinfo=UTC)
    return [
        _torrent(1, "The Glass Ferry", "Ilse Marten", times_completed=500, added=recent, narrators=("Nora Whitlock",)),
        _torrent(2, "The Glass Ferry (Unabridged)", "Ilse Marten", times_completed=400, added=recent),
        _torrent(3, "The Salt Cartographer", "Ilse Marten", times_completed=900, added=recent, vip=True),
        _torrent(4, "Die Glasfähre", "Ilse Marten", times_completed=90, added=recent, language=37),
        _torrent(5, "El molino", "Ana Ruiz", times_completed=80, added=recent, language=55),
        _torrent(6, "An Old Favourite", "Somebody Else", times_completed=9000, added=datetime(2020, 1, 1, tzinfo=UTC)),
        _torrent(7, "Stars Below", "Jo Rix", times_completed=70, added=recent, category=47, free=True),
        _torrent(8, "Warhawk's Oath", "Chris O'Neil", times_completed=5, added=recent),
        _torrent(9, "The Glass Ferry", "Ilse Marten", category=63, filetype="epub", added=recent),
    ]


@pytest.fixture
async def site(torrents: list[MamTorrent], clock: Callable[[], datetime]) -> AsyncIterator[MamStandIn]:
    async with MamStandIn(torrents, session=SEED, now=clock) as site:
        yield site


@pytest.fixture
async def mam(
    site: MamStandIn, hasty_http: Http, context_for: Callable[..., Context]
) -> AsyncIterator[Callable[..., MyAnonamouse]]:
    """Make an instance that speaks to the site on loopback; keywords are its configuration."""
    made: list[MyAnonamouse] = []

    def make(**config: object) -> MyAnonamouse:
        settings = {"session": SEED, "url": site.url, "tracker_url": site.url, "pace": 0, "download_pace": 0, **config}
        made.append(MyAnonamouse(MamConfig.model_validate(settings), context_for("mam", http=hasty_http)))
        return made[-1]

    yield make
    for instance in made:
        await instance.stop()
