"""Makes routes of operations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, get_args, get_origin

from aiohttp import web
from pydantic import TypeAdapter

from audiobook_daemon.web.access import Caller, Scope
from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.answers import Envelope, ListEnvelope, Page, PageInfo, Raw, moment
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.reading import read
from audiobook_daemon.web.refusals import Forbidden

_LONGEST_KEY = 200
ANYBODY = Caller("anybody", Scope.READ)
CALLER: web.RequestKey[Caller] = web.RequestKey("caller", Caller)


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


def _handler(operation: Operation, lent: Lent, gate: Gate) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        caller = ANYBODY if operation.scope is None else await gate.admit(request)
        request[CALLER] = caller
        if operation.scope is not None and not caller.scope.holds(operation.scope):
            raise Forbidden(
                f"The key {caller.name} has the scope {caller.scope}; this needs {operation.scope}.",
                hint="Use another key, or give this one a wider scope.",
            )
        asked = await read(request, operation)
        key = request.headers.get("Idempotency-Key", "")[:_LONGEST_KEY] or None
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
