"""The stand-in server for Prowlarr: its interface for programs, and the links it hands out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from aiohttp import web

from audiobook_daemon.demo.prowlarr.download import MAGNET, DownloadPage
from audiobook_daemon.demo.prowlarr.indexers import ProwlarrIndexer
from audiobook_daemon.demo.prowlarr.links import Links
from audiobook_daemon.demo.prowlarr.offers import release_json
from audiobook_daemon.demo.prowlarr.resources import complaint_json, indexer_json, system_json
from audiobook_daemon.demo.prowlarr.search import AllUnavailable, Asked, Hit, search
from audiobook_daemon.demo.standin import StandIn

_API = "/api/v1"
_STARTING = "Prowlarr is starting up, please try again later"

_Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ProwlarrStandIn(StandIn):
    """Plays one Prowlarr.

    `indexers`, `complaints` (check, level and message of the health check), `starting` (everything is answered with
    503) and `links_at` may be changed while it runs. `links_at` is the address its links name: without one it is the
    one the search was asked at, which need not be the one we know. `now` is the clock of all failures.
    """

    def __init__(
        self,
        indexers: Sequence[ProwlarrIndexer] = (),
        key: str = "demo-key-of-prowlarr",
        *,
        url_base: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self.indexers = list(indexers)
        self.key = key
        self.url_base = url_base
        self.starting = False
        self.links_at: str | None = None
        self.complaints: list[tuple[str, str, str]] = []
        self._now = now
        self._started = now()
        self._links = Links()
        self._page = DownloadPage(self._links, now)

    @property
    def url(self) -> str:
        """The address with its URL base."""
        return f"{super().url}{self.url_base}"

    def indexer(self, name: str) -> ProwlarrIndexer:
        """The indexer of a name."""
        return next(one for one in self.indexers if one.name == name)

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """What a program asks for; with a URL base everything else is sent there."""
        base = self.url_base
        api = {
            "/system/status": self._system,
            "/health": self._health,
            "/indexer": self._indexers,
            "/indexerstatus": self._statuses,
            "/search": self._search,
        }
        yield web.get(f"{base}/ping", self._open(self._ping))
        for path, answer in api.items():
            yield web.get(f"{base}{_API}{path}", self._guarded(answer))
        yield web.get(f"{base}{_API}/indexer/{{id:\\d+}}/download", self._guarded(self._download))
        yield web.get(f"{base}/{{id:\\d+}}/download", self._guarded(self._download))
        if base:
            yield web.get("/{path:.*}", self._open(self._to_base))

    def _open(self, answer: _Answer) -> _Answer:
        async def opened(request: web.Request) -> web.StreamResponse:
            if not self.starting:
                return await answer(request)
            if request.path.startswith(f"{self.url_base}/api/"):
                return web.json_response({"errorMessage": _STARTING}, status=503)
            return web.Response(status=503, text=_STARTING)

        return opened

    def _guarded(self, answer: _Answer) -> _Answer:
        async def guarded(request: web.Request) -> web.StreamResponse:
            bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
            given = request.query.get("apikey") or request.headers.get("X-Api-Key") or bearer
            return await answer(request) if given == self.key else web.Response(status=401)

        return self._open(guarded)

    async def _to_base(self, request: web.Request) -> web.Response:
        if request.path.startswith(f"{self.url_base}/"):
            return web.Response(status=404)
        return web.Response(status=307, headers={"Location": f"{self.url_base}{request.path_qs}"})

    async def _ping(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "OK"})

    async def _system(self, _: web.Request) -> web.Response:
        return web.json_response(system_json(self._started, self.url_base))

    async def _health(self, _: web.Request) -> web.Response:
        complaints = list(self.complaints)
        if away := [one.name for one in self.indexers if one.blocked(self._now())]:
            told = f"Indexers unavailable due to failures: {', '.join(away)}"
            complaints.insert(0, ("IndexerStatusCheck", "warning", told))
        return web.json_response([complaint_json(*complaint) for complaint in complaints])

    async def _indexers(self, _: web.Request) -> web.Response:
        return web.json_response([indexer_json(one, self._started) for one in self.indexers])

    async def _statuses(self, _: web.Request) -> web.Response:
        written = (one.status_json(number) for number, one in enumerate(self.indexers, start=1))
        return web.json_response([status for status in written if status is not None])

    async def _search(self, request: web.Request) -> web.Response:
        try:
            hits = await search(self.indexers, _asked(request), self._now)
        except ValueError:
            return web.json_response([{"propertyName": "limit", "errorMessage": "The value is not valid."}], status=400)
        except AllUnavailable:
            told = "Search failed due to all selected indexers being unavailable"
            return web.json_response({"message": told, "description": "a stack trace"}, status=400)
        base = self.links_at or f"{request.scheme}://{request.host}{self.url_base}"
        return web.json_response([self._release(hit, base) for hit in hits])

    def _release(self, hit: Hit, base: str) -> Mapping[str, object]:
        indexer, offer = hit

        def link(target: str, name: str) -> str:
            return self._links.make(base, indexer.id, self.key, target, name)

        download = link(offer.guid, offer.title) if offer.torrent or offer.origin else None
        magnet = link(f"{MAGNET}{offer.guid}", f"magnet {offer.title}") if offer.magnet else None
        return release_json(offer, (indexer.id, indexer.name, indexer.protocol), (download, magnet), self._now())

    async def _download(self, request: web.Request) -> web.Response:
        number = int(request.match_info["id"])
        indexer = next((one for one in self.indexers if one.id == number), None)
        return self._page.answer(indexer, request.query.get("link", ""), request.query.get("file", ""))


def _asked(request: web.Request) -> Asked:
    """Read the parameters; a list is given by naming the parameter again. Raises ValueError for what is no number."""
    query = request.query
    return Asked(
        words=query.get("query", ""),
        indexers=frozenset(map(int, query.getall("indexerIds", ()))),
        categories=frozenset(map(int, query.getall("categories", ()))),
        limit=int(query.get("limit", "0")),
        offset=int(query.get("offset", "0")),
    )
