"""Reads what the address and the form of a page hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Union, get_args, get_origin

from aiohttp import web
from multidict import MultiMapping
from pydantic import ValidationError

from audiobook_daemon.actions import mistakes_of, sentence_of
from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.pages.entry import Entry
from audiobook_daemon.web.refusals import BadRequest, Unfit

CSRF, BACK = "csrf_token", "back"
_OURS = frozenset({CSRF, BACK})


async def read_form(request: web.Request) -> MultiMapping[str]:
    """Return the fields of a form; raises BadRequest for a file, which no form of ours sends."""
    fields = await request.post()
    if any(not isinstance(value, str) for value in fields.values()):
        raise BadRequest("No file is expected here.")
    return fields  # type: ignore[return-value] # every value is text


def asked_of(entry: Entry, given: MultiMapping[str], in_path: Mapping[str, str]) -> Asked:
    """Return what is asked; raises Unfit for wrong values. An empty field says nothing; unknown ones are left out."""
    fields, open_ended = entry.asked.model_fields, entry.asked.model_config.get("extra") == "allow"
    found: dict[str, object] = {}
    for name in given:
        if name in _OURS or (name not in fields and not open_ended):
            continue
        values = [value for value in given.getall(name) if value.strip()]
        if values:
            found[name] = values if name in fields and _takes_list(fields[name].annotation) else values[-1]
    try:
        return entry.asked.model_validate(found | dict(in_path))
    except ValidationError as error:
        mistakes = mistakes_of(error, entry.asked, "field")
        raise Unfit(sentence_of("That cannot be read", mistakes), mistakes=mistakes) from None


def _takes_list(annotation: object) -> bool:
    if get_origin(annotation) in {Union, UnionType}:
        return any(_takes_list(option) for option in get_args(annotation))
    return (get_origin(annotation) or annotation) in {list, tuple, set, frozenset}
