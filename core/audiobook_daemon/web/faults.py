"""Turns everything that goes wrong into an answer of one shape."""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from aiohttp.typedefs import Middleware

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.answers import Failure, MistakeTold, Problem, moment
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.refusals import Refusal, refusal_of

_log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
FaultPage = Callable[[web.Request, int, Problem], Awaitable[web.StreamResponse]]
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
FAULT_PAGE: web.AppKey[FaultPage] = web.AppKey("fault_page")
"""Shows to a person what went wrong; without it, and below `/api`, everybody is told in JSON."""
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 400: "bad_request"}
_KEPT = frozenset({"Allow", "Retry-After", "WWW-Authenticate"})
_UNKNOWN = 401
CLIENT_GONE = 499
"""The status, for log and figures alone, of what nobody waits for any more."""
_SENTENCES = {404: "There is nothing at this address.", 405: "This cannot be done here."}
_HINTS = {404: "GET /api/openapi.json tells all addresses; /docs shows them in a browser."}


def answers_faults(lent: Lent) -> Middleware:
    """Return the middleware that answers for what a handler raises; nobody sees a traceback."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[REQUEST_ID] = secrets.token_hex(6)
        try:
            answer = await handler(request)
        except AudiobookDaemonError as error:
            answer = await _told(request, *_of_refusal(refusal_of(error), lent.redact))
        except web.HTTPException as error:
            if error.status < 400:
                raise
            answer = await _told(request, error.status, _of_server(error, seen=_looks(request)), dict(error.headers))
        except Exception as error:  # noqa: BLE001 - a bug ends the request, not the daemon
            if _has_gone(request, error):
                return web.Response(status=CLIENT_GONE)
            _log.exception("Request %s ended in a mistake in the program.", request[REQUEST_ID])
            told = Problem(code="internal", message="The daemon made a mistake; its log tells more.")
            answer = await _told(request, 500, told, {})
        if not answer.prepared:
            answer.headers["X-Request-Id"] = request[REQUEST_ID]
        return answer

    return middleware


def _has_gone(request: web.Request, error: Exception) -> bool:
    """Whether somebody has left in the middle of asking or of being answered, which is no mistake of ours.

    A browser does so whenever a page is left. Reading from a connection that is closed already is a RuntimeError to the
    library.
    """
    if not isinstance(error, ConnectionError) and error.args != ("Connection closed.",):
        return False
    return request.transport is None or request.transport.is_closing()


def _of_refusal(refusal: Refusal, redact: Callable[[str], str]) -> tuple[int, Problem, dict[str, str]]:
    seconds = None if refusal.retry_after is None else math.ceil(refusal.retry_after)
    problem = Problem(
        code=refusal.code,
        message=redact(str(refusal)),
        hint=refusal.hint,
        mistakes=tuple(MistakeTold(path=one.path, message=one.message, hint=one.hint) for one in refusal.mistakes),
        retry_after=seconds,
    )
    headers = {} if seconds is None else {"Retry-After": str(seconds)}
    if refusal.status == _UNKNOWN:
        headers["WWW-Authenticate"] = 'Bearer realm="audiobook-daemon"'
    return refusal.status, problem, headers


def _of_server(error: web.HTTPException, *, seen: bool) -> Problem:
    """What the server refuses by itself; to somebody who sees a page a hint at the API says nothing."""
    if isinstance(error, web.HTTPMethodNotAllowed):
        hint: str | None = f"What can be done here: {', '.join(sorted(error.allowed_methods))}."
    else:
        hint = _HINTS.get(error.status)
    code, sentence = _CODES.get(error.status, "refused"), _SENTENCES.get(error.status, error.reason)
    return Problem(code=code, message=sentence, hint=None if seen else hint)


async def _told(request: web.Request, status: int, problem: Problem, headers: Mapping[str, str]) -> web.StreamResponse:
    told = problem.model_copy(update={"request_id": request[REQUEST_ID]})
    show = request.app.get(FAULT_PAGE)
    if show is not None and _looks(request):
        answer = await show(request, status, told)
    else:
        text = Failure(error=told, timestamp=moment()).model_dump_json()
        answer = web.Response(text=text, status=status, content_type="application/json")
    for name in _KEPT & headers.keys():
        answer.headers[name] = headers[name]
    return answer


def _looks(request: web.Request) -> bool:
    """Whether it is a person with a browser who asked for a page."""
    below = request.path.removeprefix(visit_of(request).prefix)
    return not below.startswith("/api/") and "text/html" in request.headers.get("Accept", "")
