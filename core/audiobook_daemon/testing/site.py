"""A tiny site on loopback that answers what a test tells it to, and can go wrong in every usual way."""

from __future__ import annotations

import asyncio
import json as json_module
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from aiohttp import web


class Trouble(StrEnum):
    """What is wrong with every answer of a spoilt site."""

    HTML = "html"
    """A web page with status 200 where data was expected."""
    EMPTY = "empty"
    """Status 200 and no body."""
    TRUNCATED = "truncated"
    """The first half of the true body, as if it were the whole."""
    OTHER_JSON = "other_json"
    """JSON, but a list of odd things."""
    DROPPED = "dropped"
    """The connection ends in the middle of the true body."""
    ERROR = "500"
    OVERLOADED = "503"
    TOO_MANY = "429"
    """With a Retry-After header of 30 seconds."""
    REFUSED = "401"
    """The credentials are wrong; no fault of the site, so the contracts try it apart from the others."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request the site got."""

    method: str
    path: str
    query: Mapping[str, str]
    query_string: str
    """The same as it was sent."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    def json(self) -> object:
        """The body as JSON."""
        return json_module.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with more to say than its body: bytes, text, or anything JSON can hold."""

    body: object = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Scripted = Mapping[str, object] | Sequence[object] | Reply | Callable[[Asked], object]
"""Bytes, text, JSON, a Reply, or a function of the request that returns one of these."""


class FakeSite:
    """Answers scripted paths, everything else with 404; an async context manager."""

    def __init__(self) -> None:
        self.url = ""
        """Scheme, host and port, once it runs."""
        self.asked: list[Asked] = []
        """Every request so far, the newest last."""
        self._script: dict[tuple[str, str], list[Scripted]] = {}
        self._trouble: Trouble | None = None
        self._came = asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()
        self._runner: web.AppRunner | None = None

    def answer(self, method: str, path: str, *answers: Scripted) -> None:
        """Script a path: each answer once, the last one from then on. Scripting it again forgets what was before."""
        self._script[method.upper(), path] = list(answers)

    def spoil(self, trouble: Trouble) -> None:
        """Spoil every answer until `heal`."""
        self._trouble = trouble

    def heal(self) -> None:
        """Answer as scripted again."""
        self._trouble = None

    def hold(self) -> None:
        """Leave every request waiting until `release`."""
        self._came.clear()
        self._open.clear()

    async def reached(self) -> None:
        """Wait until a request is being held; raises TimeoutError after a minute."""
        async with asyncio.timeout(60):
            await self._came.wait()

    def release(self) -> None:
        """Answer what was held, and whatever comes."""
        self._open.set()

    async def reply(self, asked: Asked) -> Reply:
        """Answer as scripted; override it to let a stand-in of your own answer, spoilt by the same troubles."""
        script = self._script.get((asked.method, asked.path))
        if not script:
            return Reply(f"{asked.method} {asked.path} is not scripted", 404)
        scripted = script.pop(0) if len(script) > 1 else script[0]
        found = scripted(asked) if callable(scripted) else scripted
        return found if isinstance(found, Reply) else Reply(found)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.release()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.read()
        asked = Asked(request.method, request.path, dict(request.query), request.query_string, headers, body)
        self.asked.append(asked)
        self._came.set()
        await self._open.wait()
        if spoilt := _spoilt(self._trouble):
            return spoilt
        answer = _response(await self.reply(asked))
        if self._trouble is Trouble.DROPPED:
            return await _drop(request, answer)
        if self._trouble is Trouble.TRUNCATED and isinstance(answer.body, bytes):
            answer.body = answer.body[: len(answer.body) // 2]
        return answer


async def _drop(request: web.Request, answer: web.Response) -> web.StreamResponse:
    whole = answer.body if isinstance(answer.body, bytes) else b""
    cut = web.StreamResponse(status=answer.status, headers=answer.headers)
    cut.content_length = len(whole) + 1
    cut.force_close()
    await cut.prepare(request)
    await cut.write(whole[: len(whole) // 2])
    if request.transport is not None:
        request.transport.close()
    return cut


def _response(reply: Reply) -> web.Response:
    match reply.body:
        case bytes() as content:
            kind = "application/octet-stream"
        case str() as text:
            content, kind = text.encode(), "text/plain; charset=utf-8"
        case value:
            content, kind = json_module.dumps(value).encode(), "application/json"
    return web.Response(status=reply.status, body=content, headers={"Content-Type": kind, **reply.headers})


def _spoilt(trouble: Trouble | None) -> web.Response | None:
    match trouble:
        case Trouble.HTML:
            page = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon</body></html>"
            return web.Response(text=page, content_type="text/html")
        case Trouble.EMPTY:
            return web.Response()
        case Trouble.OTHER_JSON:
            return web.json_response([1, "two", None])
        case Trouble.ERROR | Trouble.OVERLOADED | Trouble.TOO_MANY | Trouble.REFUSED:
            headers = {"Retry-After": "30"} if trouble is Trouble.TOO_MANY else {}
            return web.Response(status=int(trouble.value), text="No.", headers=headers)
        case _:
            return None
