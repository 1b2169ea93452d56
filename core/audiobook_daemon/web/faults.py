"""Turns everything that goes wrong into an answer of one shape."""

from __future__ import annotations

import logging
import math
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.web.answers import Failure, MistakeTold, Problem, moment
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.refusals import Refusal, refusal_of

_log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 400: "bad_request"}
_SENTENCES = {404: "There is nothing at this address.", 405: "This cannot be done here."}


def answers_faults(lent: Lent) -> Middleware:
    """Return the middleware that answers for what a handler raises; nobody sees a traceback."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[REQUEST_ID] = secrets.token_hex(6)
        try:
            answer = await handler(request)
        except AudiobookDaemonError as error:
            answer = refused(request, refusal_of(error), lent.redact)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            answer = _failure(request, error.status, _of_server(error), dict(error.headers))
        except Exception:  # noqa: BLE001 - a bug ends the request, not the daemon
            _log.exception("Request %s ended in a mistake in the program.", request[REQUEST_ID])
            told = Problem(code="internal", message="The daemon made a mistake; its log tells more.")
            answer = _failure(request, 500, told)
        if not answer.prepared:
            answer.headers["X-Request-Id"] = request[REQUEST_ID]
        return answer

    return middleware


def refused(request: web.Request, refusal: Refusal, redact: Callable[[str], str]) -> web.Response:
    """Return the answer to a request that is not carried out."""
    seconds = None if refusal.retry_after is None else math.ceil(refusal.retry_after)
    problem = Problem(
        code=refusal.code,
        message=redact(str(refusal)),
        hint=refusal.hint,
        mistakes=[MistakeTold(path=one.path, message=one.message, hint=one.hint) for one in refusal.mistakes],
        retry_after=seconds,
    )
    headers = {} if seconds is None else {"Retry-After": str(seconds)}
    return _failure(request, refusal.status, problem, headers)


def _of_server(error: web.HTTPException) -> Problem:
    return Problem(code=_CODES.get(error.status, "refused"), message=_SENTENCES.get(error.status, error.reason))


def _failure(
    request: web.Request, status: int, problem: Problem, headers: dict[str, str] | None = None
) -> web.Response:
    told = problem.model_copy(update={"request_id": request[REQUEST_ID]})
    kept = {name: value for name, value in (headers or {}).items() if name in {"Allow", "Retry-After"}}
    text = Failure(error=told, timestamp=moment()).model_dump_json()
    return web.Response(text=text, status=status, content_type="application/json", headers=kept)
