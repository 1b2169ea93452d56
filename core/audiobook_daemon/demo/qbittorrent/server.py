"""The server: which paths there are, and who is let in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from audiobook_daemon.demo.qbittorrent.add_page import AddPage
from audiobook_daemon.demo.qbittorrent.app_pages import AppPages
from audiobook_daemon.demo.qbittorrent.downloads import Downloads
from audiobook_daemon.demo.qbittorrent.generation import generation_of
from audiobook_daemon.demo.qbittorrent.sessions import Sessions
from audiobook_daemon.demo.qbittorrent.torrent_pages import TorrentPages
from audiobook_daemon.demo.qbittorrent.transfer import Transfer
from audiobook_daemon.demo.standin import StandIn

_BASE = "/api/v2/"


class QBittorrentStandIn(StandIn):
    """Plays the Web API of qBittorrent 4.5.2, 5.1.0 or 5.3.0 and really brings files into the save path.

    The payload of every torrent lies in `content` under the torrent's own top name; it comes in with `speed` bytes a
    second, and a torrent whose payload is not there stays stalled. With `state` the torrents are kept in that JSON
    file, so that another object made of the same file goes on where this one ended. `api_key` works with 5.3.0 only.
    Raises ValueError for any other version.
    """

    def __init__(
        self,
        content: Path,
        save_path: Path,
        *,
        username: str = "admin",
        password: str = "demo",
        version: str = "5.1.0",
        speed: float = 10_000_000,
        state: Path | None = None,
        api_key: str | None = None,
    ) -> None:
        super().__init__()
        self.generation = generation_of(version)
        self.downloads = Downloads(content, save_path, speed, state)
        self.sessions = Sessions(self.generation, username, password, api_key)
        """Its `timeout`, `ban` (seconds) and `failures_allowed` may be changed at will."""
        self._app = AppPages(self.downloads, self.generation, self.sessions)

    @property
    def transfers(self) -> dict[str, Transfer]:
        """The torrents by hash, to be looked at and aged at will."""
        return self.downloads.transfers

    @property
    def added(self) -> Counter[str]:
        """How often each torrent was taken in, by hash."""
        return self.downloads.added

    @property
    def duplicates(self) -> Counter[str]:
        """How often each torrent was refused because it was there, by hash."""
        return self.downloads.duplicates

    @property
    def refused(self) -> list[str]:
        """Every try to change the preferences or to end the program; all are refused."""
        return self._app.refused

    async def start(self, port: int = 0) -> None:
        """Begin to answer and to move bytes; sessions and bans of an earlier life are forgotten."""
        self.sessions.forget()
        await super().start(port)
        self.downloads.start()

    async def stop(self) -> None:
        """End at once."""
        await super().stop()
        await self.downloads.stop()

    def routes(self) -> Iterator[web.RouteDef]:
        """Name every path of the Web API that is played."""
        yield web.post(f"{_BASE}auth/login", self._checked(self.sessions.login))
        yield web.post(f"{_BASE}auth/logout", self._checked(self.sessions.logout))
        for path, handler in self._reading().items():
            yield web.route("*", _BASE + path, self._guarded(handler))
        for path, handler in self._acting().items():
            yield web.post(_BASE + path, self._guarded(handler))
            yield web.route("*", _BASE + path, self._guarded(_wrong_method))
        yield web.route("*", "/{path:.*}", self._guarded(self._unknown))

    def _reading(self) -> dict[str, Handler]:
        torrents = TorrentPages(self.downloads, self.generation)
        return {
            "app/version": self._app.version,
            "app/webapiVersion": self._app.web_api_version,
            "app/defaultSavePath": self._app.default_save_path,
            "app/preferences": self._app.preferences,
            "sync/maindata": torrents.maindata,
            "torrents/info": torrents.info,
            "torrents/properties": torrents.properties,
            "torrents/files": torrents.files,
            "torrents/trackers": torrents.trackers,
            "torrents/categories": torrents.categories,
            "torrents/tags": torrents.tags,
        }

    def _acting(self) -> dict[str, Handler]:
        torrents = TorrentPages(self.downloads, self.generation)
        return {
            "app/setPreferences": self._app.set_preferences,
            "app/shutdown": self._app.shutdown,
            "torrents/add": AddPage(self.downloads, self.generation).add,
            "torrents/delete": torrents.delete,
            f"torrents/{self.generation.stop}": torrents.stop,
            f"torrents/{self.generation.start}": torrents.start,
            "torrents/recheck": torrents.recheck,
            "torrents/reannounce": torrents.reannounce,
            "torrents/setCategory": torrents.set_category,
            "torrents/createCategory": torrents.create_category,
            "torrents/addTags": torrents.add_tags,
            "torrents/setShareLimits": torrents.set_share_limits,
        }

    def _checked(self, handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            self.sessions.check_origin(request)
            return await handler(request)

        return checked

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not self.sessions.has_key(request):
                self.sessions.check_origin(request)
            self.sessions.check(request)
            return await handler(request)

        return guarded

    async def _unknown(self, request: web.Request) -> web.Response:
        scope = request.path.removeprefix(_BASE).partition("/")[0]
        known = not self.generation.bare_replies and scope in {"app", "auth", "sync", "torrents"}
        raise web.HTTPNotFound(text="Endpoint does not exist" if known else "Not Found")


async def _wrong_method(request: web.Request) -> web.Response:
    raise web.HTTPMethodNotAllowed(request.method, ["POST"], text="Method Not Allowed")
