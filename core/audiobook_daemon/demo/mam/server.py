"""The stand-in server for MyAnonamouse; it plays the hosts `www`, `t` and `cdn` at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime

from aiohttp import web

from audiobook_daemon.demo.mam import pages, query
from audiobook_daemon.demo.mam.account import MamAccount, SummaryShape
from audiobook_daemon.demo.mam.download import DownloadDesk
from audiobook_daemon.demo.mam.rows import Row, RowShape, native_row, numeric, string_row
from audiobook_daemon.demo.mam.search import Hit, search
from audiobook_daemon.demo.mam.seedbox import Seedbox
from audiobook_daemon.demo.mam.session import COOKIE, Session
from audiobook_daemon.demo.mam.torrent import MamTorrent
from audiobook_daemon.demo.standin import StandIn

_SEARCH = "/tor/js/loadSearchJSONbasic.php"
_DOWNLOAD = "/tor/download.php"

_Answer = Callable[[web.Request], Awaitable[web.Response]]


class MamStandIn(StandIn):
    """Plays MyAnonamouse for one account with one API session.

    Every accepted call rotates the session cookie. `now` is the clock of all time windows, so that a test can turn
    it. The parts may be changed while it runs: `session`, `account`, `desk` (downloads), `seedbox`, `torrents`,
    `row_shape`, `summary_shape`.
    """

    def __init__(
        self,
        torrents: Sequence[MamTorrent],
        session: str = "demo%2Bsession",
        *,
        grace: bool = False,
        account: MamAccount | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self.torrents = list(torrents)
        self.session = Session(session, grace=grace)
        self.account = account or MamAccount()
        self.desk = DownloadDesk(self.account, now)
        self.seedbox = Seedbox(now)
        self.row_shape = RowShape.NATIVE
        self.summary_shape = SummaryShape.NESTED
        self._now = now

    @property
    def downloads(self) -> Counter[int]:
        """How often each torrent was handed out, by its number."""
        return self.desk.counts

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The documented interfaces, and the login page that a lost session leads to."""
        return (
            web.get(_SEARCH, self._for_members(self._search)),
            web.post(_SEARCH, self._for_members(self._search)),
            web.get(_DOWNLOAD, self._for_members(self._download)),
            web.get(f"{_DOWNLOAD}/{{secret}}", self._download_by_link),
            web.get("/jsonLoad.php", self._for_members(self._user_data)),
            web.post("/jsonLoad.php", self._for_members(self._user_data)),
            web.get("/json/checkCookie.php", self._check_cookie),
            web.get("/json/dynamicSeedbox.php", self._dynamic_seedbox),
            web.get("/json/jsonIp.php", self._json_ip),
            web.get("/login.php", self._login),
        )

    def _for_members(self, answer: _Answer) -> _Answer:
        async def guarded(request: web.Request) -> web.Response:
            reason = self.session.check(request.cookies.get(COOKIE))
            if reason is not None:
                return self.session.refuse(request, reason)
            given = await answer(request)
            self.session.hand_out(given)
            return given

        return guarded

    async def _search(self, request: web.Request) -> web.Response:
        asked = await _read_query(request)
        if asked is None:
            return web.Response(content_type="text/html", text="")
        hits = search(self.torrents, asked)
        if "my_snatched" in asked.switches:
            hits = [hit for hit in hits if self.desk.snatched(hit.torrent)]
        page = hits[asked.start : asked.start + asked.per_page]
        if not page:
            return web.json_response({"error": f"Nothing returned, out of {len(hits)}"})
        data = [self._row(hit, asked.switches) for hit in page]
        loaded, found = asked.start + len(page), len(hits)
        if self.row_shape is RowShape.STRINGS:
            return web.json_response({"total": str(loaded), "total_found": str(found), "data": data})
        envelope = {"perpage": asked.per_page, "start": asked.start, "data": data, "total": loaded, "found": found}
        return web.json_response(envelope)

    def _row(self, hit: Hit, switches: frozenset[str]) -> Row:
        torrent = hit.torrent
        snatched = self.desk.snatched(torrent)
        if self.row_shape is RowShape.STRINGS:
            row = string_row(torrent, snatched=snatched)
        else:
            row = native_row(torrent, weight=hit.weight, snatched=snatched)
        if "dlLink" in switches:
            row["dl"] = f"{self._secret(torrent)}?tid={torrent.id}"
        if "isbn" in switches:
            row["isbn"] = None if torrent.isbn is None else numeric(torrent.isbn)
        if "description" in switches:
            row["description"] = None if torrent.description is None else numeric(torrent.description)
        if switches & {"thumbnail", "thumbnails"}:
            row["thumbnail"] = torrent.thumbnail
        return row

    def _secret(self, torrent: MamTorrent) -> str:
        digest = hashlib.sha256(f"{self.account.uid}:{torrent.id}".encode()).hexdigest()
        return f"{digest[:24]},{digest[24:32]},{torrent.id},{digest[32:40]}"

    async def _download(self, request: web.Request) -> web.Response:
        number = request.query.get("tid", "")
        torrent = next((it for it in self.torrents if str(it.id) == number), None)
        return self.desk.hand_out(torrent, wedge="fl" in request.query)

    async def _download_by_link(self, request: web.Request) -> web.Response:
        """The link of `dlLink` is a secret of its own and needs no session."""
        secret = request.match_info["secret"]
        torrent = next((it for it in self.torrents if self._secret(it) == secret), None)
        return self.desk.hand_out(torrent, wedge="fl" in request.query)

    async def _user_data(self, request: web.Request) -> web.Response:
        shape = self.summary_shape if "snatch_summary" in request.query else None
        return web.json_response(self.account.document(self._now(), shape))

    async def _check_cookie(self, request: web.Request) -> web.Response:
        reason = self.session.check(request.cookies.get(COOKIE))
        if reason is not None:
            return web.json_response({"Success": False, "Message": reason}, status=403)
        answer = web.Response(content_type="text/html", text="Session type - API session")
        self.session.hand_out(answer)
        return answer

    async def _dynamic_seedbox(self, request: web.Request) -> web.Response:
        reason = self.session.check(request.cookies.get(COOKIE))
        if reason is not None:
            return self.seedbox.refuse(reason)
        answer = self.seedbox.register()
        self.session.hand_out(answer)
        return answer

    async def _json_ip(self, _: web.Request) -> web.Response:
        return web.json_response(self.seedbox.where())

    async def _login(self, _: web.Request) -> web.Response:
        return web.Response(content_type="text/html", text=pages.LOGIN)


async def _read_query(request: web.Request) -> query.SearchQuery | None:
    """Read the query as its encoding says; a URL query beside a POST body is not looked at."""
    if request.method == "GET":
        return query.from_pairs(request.query.items())
    if request.content_type == "application/json":
        return query.from_json(await request.read())
    form = await request.post()
    return query.from_pairs((name, value) for name, value in form.items() if isinstance(value, str))
