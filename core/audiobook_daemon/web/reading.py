"""Reads what a request holds into the model of its operation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from aiohttp import web
from pydantic import BaseModel, ValidationError

from audiobook_daemon.actions import Mistake, mistakes_of, sentence_of
from audiobook_daemon.web.access.bodies import in_time
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.refusals import BadRequest, Unfit

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL keeps no NUL, and half a pair is no character anywhere."""


async def read(request: web.Request, operation: Operation) -> BaseModel:
    """Return what is asked; raises BadRequest for what is no JSON object and Unfit for wrong values."""
    given: dict[str, object] = dict(request.match_info)
    given |= await _body(request) if operation.in_body else _query(request, operation.asked)
    given |= request.match_info
    if unstorable := _unstorable(given):
        mistake = Mistake(unstorable, "holds a character that cannot be kept (NUL, or half of a pair)")
        raise Unfit(sentence_of(operation.name, [mistake]), mistakes=[mistake])
    try:
        return operation.asked.model_validate(given)
    except ValidationError as error:
        mistakes = mistakes_of(error, operation.asked, "field" if operation.in_body else "parameter")
        raise Unfit(sentence_of(operation.name, mistakes), mistakes=mistakes) from None


def _query(request: web.Request, asked: type[BaseModel]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for name in request.query:
        field = asked.model_fields.get(name)
        values = request.query.getall(name)
        found[name] = values if field and _takes_list(field.annotation) else values[-1]
    return found


async def _body(request: web.Request) -> Mapping[str, object]:
    text = await in_time(request.read())
    if not text.strip():
        return {}
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequest("The body is no JSON.") from None
    if not isinstance(given, dict):
        raise BadRequest("The body is no JSON object.")
    return given


def _unstorable(given: object, place: str = "") -> str | None:
    """Return the place of the first text that no database could keep; JSON can write such texts."""
    if isinstance(given, str):
        return place if _UNSTORABLE.search(given) else None
    if isinstance(given, dict):
        if any(_UNSTORABLE.search(name) for name in given):
            return place or "body"
        parts = list(given.items())
    elif isinstance(given, list):
        parts = list(enumerate(given))
    else:
        return None
    return next((found for name, part in parts if (found := _unstorable(part, f"{place}.{name}".strip(".")))), None)


def _takes_list(annotation: object) -> bool:
    if get_origin(annotation) in {Union, UnionType}:
        return any(_takes_list(option) for option in get_args(annotation))
    return (get_origin(annotation) or annotation) in {list, tuple, set, frozenset}
