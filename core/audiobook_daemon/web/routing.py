"""Makes routes of operations and of pages, all behind the gate."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args, get_origin

from aiohttp import web
from pydantic import TypeAdapter

from audiobook_daemon.web.access import Caller, Scope
from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.access.login import to_login
from audiobook_daemon.web.answers import Envelope, ListEnvelope, Page, PageInfo, Raw, moment
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.reading import idempotency_key, read
from audiobook_daemon.web.refusals import Unauthorised

ANYBODY = Caller("anybody", Scope.READ)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class PageRoute:
    """A page, or the form of one; whoever has not logged in is sent to the login."""

    method: str
    path: str
    """With its slash, as in `/wanted/{want_id:\\d+}`; without the prefix of a proxy."""
    handler: Callable[[web.Request, Desk], Awaitable[web.StreamResponse]]
    scope: Scope = Scope.READ


def pages(table: Iterable[PageRoute], lent: Lent, gate: Gate) -> list[web.RouteDef]:
    """Return a route for each page; `caller_of` and `csrf_token` tell a page who looks at it."""
    return [web.route(one.method, one.path, _page(one, lent, gate)) for one in table]


def _page(page: PageRoute, lent: Lent, gate: Gate) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            caller = await gate.admit(request, page.scope)
        except Unauthorised:
            return to_login(request)
        return await page.handler(request, Desk(lent, caller))

    return handle


def routes(operations: tuple[Operation, ...], lent: Lent, gate: Gate) -> list[web.RouteDef]:
    """Return a route for each operation. A path without anything that varies is never shadowed by one with."""
    ordered = sorted(operations, key=lambda one: len(one.in_path))
    return [web.route(one.method, one.base + pattern(one), _handler(one, lent, gate)) for one in ordered]


def pattern(operation: Operation) -> str:
    """Return the path as the router takes it: what is a number there matches digits only."""
    path = operation.path
    for name in operation.in_path:
        if operation.asked.model_fields[name].annotation is int:
            path = path.replace(f"{{{name}}}", rf"{{{name}:\d+}}")
    return path


def _handler(operation: Operation, lent: Lent, gate: Gate) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        caller = ANYBODY if operation.scope is None else await gate.admit(request, operation.scope)
        asked = await read(request, operation)
        key = idempotency_key(request, operation)
        answer = await operation.function(Desk(lent, caller, key), asked)
        if isinstance(answer, Raw):
            return await answer.send(request)
        return answer if isinstance(answer, web.StreamResponse) else json_answer(operation, answer)

    return handle


def json_answer(operation: Operation, answer: object) -> web.Response:
    """Put an answer into its envelope."""
    now = moment()
    if isinstance(answer, Page):
        info = PageInfo(
            limit=answer.limit, offset=answer.offset, has_more=answer.offset + len(answer.items) < answer.total
        )
        body: object = ListEnvelope.model_construct(
            data=list(answer.items), timestamp=now, total=answer.total, page_info=info
        )
    else:
        body = Envelope.model_construct(data=answer, timestamp=now)
    text = _adapter(operation.answer).dump_json(body)
    return web.Response(body=text, status=operation.status, content_type="application/json")


@lru_cache(maxsize=256)
def _adapter(answer: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - whatever an operation returns
    return TypeAdapter(enveloped(answer))


def enveloped(answer: Any) -> Any:  # noqa: ANN401 - a type made while the program runs
    """Return the type of the whole answer for what an operation returns."""
    envelope: Any = ListEnvelope if get_origin(answer) is Page else Envelope
    return envelope[get_args(answer)[0] if envelope is ListEnvelope else answer]
