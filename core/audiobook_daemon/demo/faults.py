"""Faults on demand: a stand-in answers wrongly in every way the real world has been seen to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

HUGE_BYTES = 200_000_000
"""How much a HUGE answer holds, should a client really read it to its end."""

_DRIP_SECONDS = 0.02
_HTML = "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>"
_BAD_GATEWAY = "<html><body><h1>502 Bad Gateway</h1></body></html>"


class Fault(StrEnum):
    """What goes wrong. TRUNCATED and DROPPED do the work and spoil the answer; all others do no work."""

    HTML = "html"
    """A web page with status 200 where data was expected."""
    EMPTY = "empty"
    """Status 200 and no body at all."""
    TRUNCATED = "truncated"
    """The first half of the true body, as if it were the whole."""
    LIST = "list"
    """A JSON list instead of what was asked for."""
    NUMBER = "number"
    """A JSON number instead of what was asked for."""
    TEXT = "text"
    """A JSON string instead of what was asked for."""
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    TOO_MANY_REQUESTS = "429"
    """With a Retry-After header in seconds."""
    TOO_MANY_REQUESTS_BARE = "429-bare"
    """Without a Retry-After header."""
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    """With a Retry-After header in seconds."""
    LOGIN_REDIRECT = "302"
    """To /login.php."""
    DRIP = "drip"
    """A byte now and then, until the client gives up."""
    HUGE = "huge"
    """HUGE_BYTES of JSON, or less if the client has had enough."""
    DROPPED = "dropped"
    """The connection ends in the middle of the true body."""
    SESSION_DELETED = "session-deleted"
    """403, and every cookie that was sent comes back as `deleted`."""


_PLAIN: Mapping[Fault, tuple[int, str, str]] = {
    Fault.HTML: (200, "text/html", _HTML),
    Fault.EMPTY: (200, "text/html", ""),
    Fault.LIST: (200, "application/json", '[1, "two", null]'),
    Fault.NUMBER: (200, "application/json", "42"),
    Fault.TEXT: (200, "application/json", '"maintenance"'),
    Fault.UNAUTHORIZED: (401, "text/plain", "Unauthorized"),
    Fault.FORBIDDEN: (403, "text/plain", "Forbidden"),
    Fault.NOT_FOUND: (404, "text/plain", "Not Found"),
    Fault.TOO_MANY_REQUESTS: (429, "text/html", "Too Many Requests"),
    Fault.TOO_MANY_REQUESTS_BARE: (429, "text/html", ""),
    Fault.SERVER_ERROR: (500, "text/plain", "Internal Server Error"),
    Fault.BAD_GATEWAY: (502, "text/html", _BAD_GATEWAY),
    Fault.UNAVAILABLE: (503, "text/plain", "Service Unavailable"),
    Fault.LOGIN_REDIRECT: (302, "text/html", ""),
    Fault.SESSION_DELETED: (403, "text/html", "Invalid session"),
}
_WITH_RETRY_AFTER = frozenset({Fault.TOO_MANY_REQUESTS, Fault.UNAVAILABLE})


@dataclass(slots=True)
class _Planned:
    kind: Fault
    match: str
    retry_after: int
    left: int | None
    """How many more answers it spoils; None means all of them, until cleared."""


class Faults:
    """The faults planned for one stand-in; its `middleware` puts them in place of the true answers."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def next(self, kind: Fault, times: int = 1, match: str = "/", *, retry_after: int = 30) -> None:
        """Spoil the next `times` answers whose path begins with `match`.

        Faults planned this way are used up in the order they were planned, and before any planned with
        `always`. `retry_after` is in seconds; only 429 and 503 tell it.
        """
        if times > 0:
            self._planned.append(_Planned(kind, match, retry_after, times))

    def always(self, kind: Fault, match: str = "/", *, retry_after: int = 30) -> None:
        """Spoil every answer whose path begins with `match`, until `clear`; the latest plan wins."""
        self._planned.append(_Planned(kind, match, retry_after, None))

    def clear(self) -> None:
        """Forget every planned fault: the stand-in is well again."""
        self._planned.clear()

    @property
    def waiting(self) -> int:
        """How many answers planned with `next` are still to be spoilt."""
        return sum(planned.left for planned in self._planned if planned.left is not None)

    def planned(self, path: str) -> Fault | None:
        """What the next answer at a path will be instead of the true one."""
        found = self._next(path)
        return found.kind if found else None

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Give the true answer, or the planned fault in its place."""
        planned = self._take(request.path)
        if planned is None:
            return await handler(request)
        match planned.kind:
            case Fault.TRUNCATED:
                return _truncated(await handler(request))
            case Fault.DROPPED:
                return await _dropped(request, await handler(request))
            case Fault.DRIP:
                return await _drip(request)
            case Fault.HUGE:
                return await _huge(request)
            case _:
                return _plain(request, planned)

    def _take(self, path: str) -> _Planned | None:
        planned = self._next(path)
        if planned is not None and planned.left is not None:
            planned.left -= 1
            if planned.left == 0:
                self._planned.remove(planned)
        return planned

    def _next(self, path: str) -> _Planned | None:
        fitting = [planned for planned in self._planned if path.startswith(planned.match)]
        return next((planned for planned in fitting if planned.left is not None), fitting[-1] if fitting else None)


def _plain(request: web.Request, planned: _Planned) -> web.Response:
    status, content_type, text = _PLAIN[planned.kind]
    answer = web.Response(status=status, content_type=content_type, text=text)
    if planned.kind in _WITH_RETRY_AFTER:
        answer.headers["Retry-After"] = str(planned.retry_after)
    if planned.kind is Fault.LOGIN_REDIRECT:
        answer.headers["Location"] = f"/login.php?returnto={quote(request.path_qs, safe='')}"
    if planned.kind is Fault.SESSION_DELETED:
        for name in request.cookies:
            answer.set_cookie(name, "deleted", max_age=0, expires="Thu, 01-Jan-1970 00:00:01 GMT")
    return answer


def _half(answer: web.StreamResponse) -> bytes:
    whole = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    return whole[: len(whole) // 2] or b"{"


def _truncated(answer: web.StreamResponse) -> web.StreamResponse:
    if answer.prepared:
        return answer
    cut = web.Response(status=answer.status, headers=answer.headers, body=_half(answer))
    cut.cookies.update(answer.cookies)
    return cut


async def _dropped(request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
    if not answer.prepared:
        cut = web.StreamResponse(status=answer.status, headers=answer.headers)
        cut.cookies.update(answer.cookies)
        half = _half(answer)
        cut.content_length = 2 * len(half) + 1
        await cut.prepare(request)
        await cut.write(half)
        answer = cut
    if request.transport is not None:
        request.transport.close()
    return answer


async def _drip(request: web.Request) -> web.StreamResponse:
    answer = await _stream(request)
    await answer.write(b'{"data": [')
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(_DRIP_SECONDS)
        await answer.write(b" ")
    return answer


async def _huge(request: web.Request) -> web.StreamResponse:
    answer = await _stream(request)
    await answer.write(b'{"data": ["')
    chunk = b"x" * 65_536
    for _ in range(HUGE_BYTES // len(chunk)):
        await answer.write(chunk)
    await answer.write(b'"]}')
    return answer


async def _stream(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    await answer.prepare(request)
    return answer
