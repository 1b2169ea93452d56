"""Reads the parameters of a request as the Web API takes them: query, form or multipart, never JSON."""

from __future__ import annotations

from aiohttp import web

from audiobook_daemon.demo.qbittorrent.generation import Generation


async def parameters(request: web.Request) -> dict[str, str]:
    """Give the parameters of a GET or POST request."""
    given = request.query if request.method == "GET" else await request.post()
    return {key: value for key, value in given.items() if isinstance(value, str)}


async def required(request: web.Request, generation: Generation, *names: str) -> list[str]:
    """Give parameters the action cannot do without; 400 if one is missing, since 5.2 with its name."""
    given = await parameters(request)
    missing = [name for name in names if name not in given]
    if missing:
        told = f"Missing required parameters: {', '.join(missing)}"
        raise web.HTTPBadRequest(text="Bad Request" if generation.bare_replies else told)
    return [given[name] for name in names]
