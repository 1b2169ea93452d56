"""What every answer tells a browser to refrain from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.settings import WebSettings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, and no script or style within a page; an answer may carry another policy of its own."""
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_EXPOSED = "Retry-After, X-Request-Id"
Signal = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


def puts_headers(settings: WebSettings) -> Signal:
    """Return what adds to every answer that which it does not say itself.

    It is a signal, for an answer that streams has left before any middleware sees it.
    """
    origins = frozenset(settings.origins)

    async def put(request: web.Request, answer: web.StreamResponse) -> None:
        if (origin := request.headers.get("Origin")) in origins and origin is not None:
            _let(answer, origin)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        if visit_of(request).secure:
            answer.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        answer.headers["Server"] = "audiobook-daemon"

    return put


def _let(answer: web.StreamResponse, origin: str) -> None:
    """Let the page read the answer; cookies stay out of it, for without `Allow-Credentials` they are not sent."""
    answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Access-Control-Expose-Headers"] = _EXPOSED
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers.add("Vary", "Origin")
