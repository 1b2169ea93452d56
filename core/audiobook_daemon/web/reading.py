"""Reads what a request holds into the model of its operation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, NoReturn, Union, get_args, get_origin

from aiohttp import web
from pydantic import BaseModel, ValidationError

from audiobook_daemon.actions import Mistake, mistakes_of, sentence_of
from audiobook_daemon.web.access.bodies import in_time
from audiobook_daemon.web.operation import Operation
from audiobook_daemon.web.refusals import BadRequest, Unfit

_MOST_MISTAKES, _LONGEST = 20, 200
_BROKEN = re.compile("[\0\ud800-\udfff]")
LONGEST_KEY = 200
_KEY = re.compile(f"[!-~]{{1,{LONGEST_KEY}}}")
_WHOLE, _NUMBER = re.compile(r"-?[0-9]{1,40}"), re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")
_EXACT = 2**53
_WORDS = {"true": True, "false": False}


async def read(request: web.Request, operation: Operation) -> BaseModel:
    """Return what is asked; raises BadRequest for what is no JSON object and Unfit for wrong values.

    Values are as strict as the description: a number in quotes is no number. In the path and the query everything is
    a text, so there a text that reads like a number is one where a number is wanted.
    """
    given = await _body(request, operation) if operation.in_body else _query(request, operation)
    if doubled := [name for name in request.match_info if name in given]:
        raise _unfit(operation, [Mistake(name, f"{name} stands in the path already") for name in doubled])
    given |= {name: _plain(value, operation, name) for name, value in request.match_info.items()}
    try:
        _check_texts(operation, given)
        return operation.asked.model_validate_json(json.dumps(given), strict=True)
    except RecursionError:
        raise BadRequest("The body is nested too deeply.") from None
    except ValidationError as error:
        noun = "field" if operation.in_body else "parameter"
        raise _unfit(operation, mistakes_of(error, operation.asked, noun)) from None


def idempotency_key(request: web.Request, operation: Operation) -> str | None:
    """Return the header by which a request is known when it comes again; raises Unfit if it is none."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        message = f"should be 1 to {LONGEST_KEY} letters, digits and signs of ASCII, without spaces"
        raise _unfit(operation, [Mistake("Idempotency-Key", message)])
    return key


def _unfit(operation: Operation, mistakes: list[Mistake] | tuple[Mistake, ...]) -> Unfit:
    told = tuple(Mistake(_whole(one.path), _whole(one.message), one.hint) for one in mistakes[:_MOST_MISTAKES])
    return Unfit(sentence_of(operation.name, told), mistakes=told)


def _query(request: web.Request, operation: Operation) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in request.query:
        values = [_plain(value, operation, name) for value in request.query.getall(name)]
        field = operation.asked.model_fields.get(name)
        if field and _wants(field.annotation, list, tuple, set, frozenset):
            found[name] = values
        elif len(values) > 1:
            raise _unfit(operation, [Mistake(name, f"parameter {name} is given more than once")])
        else:
            found[name] = values[0]
    return found


async def _body(request: web.Request, operation: Operation) -> dict[str, object]:
    if request.query:
        raise _unfit(operation, [Mistake(name, f"{name} belongs into the body") for name in request.query])
    text = await in_time(request.read())
    if not text.strip():
        return {}
    try:
        given: Any = json.loads(text, parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise BadRequest("The body is no JSON.") from None
    if not isinstance(given, dict):
        raise BadRequest("The body is no JSON object.")
    return given


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _number(text: str) -> float | int:
    """Return a number; to JSON `2.0` is as whole as `2`."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def _plain(text: str, operation: Operation, name: str) -> object:
    """Return the number or truth that a text stands for where one is wanted, else the text."""
    field = operation.asked.model_fields.get(name)
    wanted = field.annotation if field else str
    if _wants(wanted, bool) and text in _WORDS:
        return _WORDS[text]
    if _wants(wanted, int) and _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _wants(wanted, float) and _NUMBER.fullmatch(text) else text


def _wants(annotation: object, *kinds: type) -> bool:
    """Whether a value of one of these kinds fits a field, or an entry of it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _wants(get_args(annotation)[0], *kinds)
    if origin in {Union, UnionType}:
        return any(_wants(option, *kinds) for option in get_args(annotation))
    if origin in {list, tuple, set, frozenset} and origin not in kinds:
        return any(_wants(option, *kinds) for option in get_args(annotation))
    return (origin or annotation) in kinds


def _check_texts(operation: Operation, given: object) -> None:
    """Refuse what no database keeps: NUL, and halves of characters."""
    if places := [place for place, text in _texts(given) if _BROKEN.search(text)]:
        raise _unfit(operation, [Mistake(place, "holds a character that cannot be kept") for place in places])


def _whole(text: str) -> str:
    """Return what can be told of a text: a mistake may lie in a name that is no text itself."""
    return _BROKEN.sub("\ufffd", text)[:_LONGEST]


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a piece of JSON, with the way to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield place, name
            yield from _texts(part, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, f"{place}.{number}".lstrip("."))
