"""Serves the files that pages are made of; only those that were there when the server began."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path

from aiohttp import web

_KEEP = "public, max-age=31536000, immutable"
_ASK = "no-cache"


def serve_assets() -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the handler of `/static/`; a name that is not one of the files has no meaning at all."""
    root = Path(str(files("audiobook_daemon.web").joinpath("static")))
    known = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}

    async def handle(request: web.Request) -> web.StreamResponse:
        path = known.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        # A version in the address means that the address changes with the file.
        return web.FileResponse(path, headers={"Cache-Control": _KEEP if "v" in request.query else _ASK})

    return handle
