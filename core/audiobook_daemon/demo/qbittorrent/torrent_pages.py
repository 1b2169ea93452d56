"""The pages under `torrents/` except `add`: lists, details, and actions on many torrents at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from aiohttp import web

from audiobook_daemon.demo.qbittorrent.downloads import Downloads
from audiobook_daemon.demo.qbittorrent.forms import parameters, required
from audiobook_daemon.demo.qbittorrent.generation import Generation
from audiobook_daemon.demo.qbittorrent.torrent_json import JsonObject, files, info, properties, trackers
from audiobook_daemon.demo.qbittorrent.transfer import Transfer

_BAD_CATEGORY = re.compile(r"^/|//|\\|/$")
_INACTIVE = {"pausedDL", "pausedUP", "stoppedDL", "stoppedUP", "stalledDL", "stalledUP"}


class TorrentPages:
    """Answers what is asked of torrents. Actions on unknown hashes do nothing and succeed."""

    def __init__(self, downloads: Downloads, generation: Generation) -> None:
        self._downloads = downloads
        self._generation = generation

    async def info(self, request: web.Request) -> web.Response:
        """List torrents; an unknown filter word lists all of them."""
        query = request.query
        shown = self._downloads.named(query["hashes"]) if query.get("hashes") else self._downloads.shown()
        if "category" in query:
            shown = [one for one in shown if one.category == query["category"]]
        if "tag" in query:
            shown = [one for one in shown if (query["tag"] in one.tags if query["tag"] else not one.tags)]
        rows = [self._info(one) for one in shown]
        fits = _filters(self._generation).get(query.get("filter", "all"))
        rows = [row for row in rows if fits is None or fits(row)]
        if sort := query.get("sort"):
            if rows and sort not in rows[0]:
                raise web.HTTPBadRequest(text="'sort' parameter is invalid")
            rows.sort(key=lambda row: cast(str, row[sort]), reverse=query.get("reverse") == "true")
        start, limit = int(query.get("offset") or 0), int(query.get("limit") or 0)
        return web.json_response(rows[start : start + limit] if limit > 0 else rows[start:])

    async def properties(self, request: web.Request) -> web.Response:
        """Give one torrent's details."""
        return web.json_response(properties(self._one(request), self._downloads.speed))

    async def files(self, request: web.Request) -> web.Response:
        """List one torrent's files."""
        return web.json_response(files(self._one(request)))

    async def trackers(self, request: web.Request) -> web.Response:
        """List one torrent's trackers."""
        return web.json_response(trackers(self._one(request)))

    async def maindata(self, _request: web.Request) -> web.Response:
        """Give everything at once; a full update every time, as after a new login."""
        rows = {row.pop("hash"): row for row in map(self._info, self._downloads.shown())}
        answer: JsonObject = {
            "categories": self._categories(),
            "full_update": True,
            "rid": 1,
            "server_state": {"connection_status": "connected", "queueing": False, "refresh_interval": 1500},
            "tags": sorted(self._downloads.tags),
            "torrents": rows,
        }
        return web.json_response({key: value for key, value in answer.items() if value or key == "full_update"})

    async def delete(self, request: web.Request) -> web.Response:
        """Forget torrents, with or without their files."""
        chosen, with_files = await required(request, self._generation, "hashes", "deleteFiles")
        self._downloads.remove(self._downloads.named(chosen), with_files=with_files == "true")
        return web.Response(text="")

    async def stop(self, request: web.Request) -> web.Response:
        """Stop torrents (pause in 4.x)."""
        for transfer in await self._named(request):
            transfer.stopped = True
        return self._done()

    async def start(self, request: web.Request) -> web.Response:
        """Start torrents (resume in 4.x)."""
        for transfer in await self._named(request):
            transfer.start()
        return self._done()

    async def recheck(self, request: web.Request) -> web.Response:
        """Look at the files of torrents again."""
        for transfer in await self._named(request):
            transfer.recheck()
        return self._done()

    async def reannounce(self, request: web.Request) -> web.Response:
        """Tell the trackers at once: nothing changes here."""
        await self._named(request)
        return self._done()

    async def set_category(self, request: web.Request) -> web.Response:
        """Put torrents into a category that exists; an empty name takes them out."""
        chosen, category = await required(request, self._generation, "hashes", "category")
        if category and category not in self._downloads.categories:
            raise web.HTTPConflict(text="Incorrect category name")
        for transfer in self._downloads.named(chosen):
            transfer.category = category
        return self._done()

    async def create_category(self, request: web.Request) -> web.Response:
        """Make a category that does not exist yet."""
        form = await parameters(request)
        name = form.get("category", "")
        if not name:
            raise web.HTTPBadRequest(text="Category cannot be empty")
        if _BAD_CATEGORY.search(name):
            raise web.HTTPConflict(text="Incorrect category name")
        if name in self._downloads.categories:
            raise web.HTTPConflict(text="Unable to create category")
        self._downloads.categories[name] = form.get("savePath", "")
        return self._done()

    async def categories(self, _request: web.Request) -> web.Response:
        """List the categories."""
        return web.json_response(self._categories())

    async def add_tags(self, request: web.Request) -> web.Response:
        """Give torrents more tags."""
        chosen, text = await required(request, self._generation, "hashes", "tags")
        tags = [tag.strip() for tag in text.split(",") if tag.strip()]
        self._downloads.tags.update(tags)
        for transfer in self._downloads.named(chosen):
            transfer.tags += [tag for tag in tags if tag not in transfer.tags]
        return self._done()

    async def tags(self, _request: web.Request) -> web.Response:
        """List all tags."""
        return web.json_response(list(self._downloads.tags))

    async def set_share_limits(self, request: web.Request) -> web.Response:
        """Set how long torrents are seeded; each generation cannot do without other fields."""
        chosen, ratio, minutes, *_ = await required(request, self._generation, "hashes", *self._generation.limit_fields)
        idle = (await parameters(request)).get("inactiveSeedingTimeLimit", "-2")
        for transfer in self._downloads.named(chosen):
            transfer.ratio_limit = float(ratio)
            transfer.seeding_time_limit = int(minutes)
            transfer.inactive_seeding_time_limit = int(idle)
        return self._done()

    def _info(self, transfer: Transfer) -> JsonObject:
        return info(transfer, self._generation, self._downloads.speed)

    def _categories(self) -> JsonObject:
        later: JsonObject = {"download_path": None, "ratio_limit": -2, "seeding_time_limit": -2}
        extra = {} if self._generation.bare_replies else later
        return {name: {"name": name, "savePath": path, **extra} for name, path in self._downloads.categories.items()}

    def _one(self, request: web.Request) -> Transfer:
        if "hash" not in request.query:
            raise web.HTTPBadRequest(text="Bad Request")
        found = self._downloads.named(request.query["hash"])
        if not found or request.query["hash"] == "all":
            raise web.HTTPNotFound(text="Not Found")
        return found[0]

    async def _named(self, request: web.Request) -> list[Transfer]:
        (chosen,) = await required(request, self._generation, "hashes")
        return self._downloads.named(chosen)

    def _done(self) -> web.Response:
        self._downloads.save()
        return web.Response(text="")


def _filters(generation: Generation) -> dict[str, Callable[[JsonObject], bool]]:
    stopped = generation.stopped_state
    return {
        "downloading": lambda row: row["progress"] != 1,
        "completed": lambda row: row["progress"] == 1,
        "seeding": lambda row: row["progress"] == 1 and row["state"] != f"{stopped}UP",
        stopped: lambda row: str(row["state"]).startswith(stopped),
        "active": lambda row: row["state"] not in _INACTIVE,
        "inactive": lambda row: row["state"] in _INACTIVE,
        "stalled": lambda row: str(row["state"]).startswith("stalled"),
        "errored": lambda row: row["state"] in {"error", "missingFiles"},
    }
