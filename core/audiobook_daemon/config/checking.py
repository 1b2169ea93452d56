"""A section of the file against its pydantic model, and pydantic's findings in plain words at their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError
from pydantic_core import ErrorDetails

from audiobook_daemon.config.mistakes import nearest, suggestion
from audiobook_daemon.config.positions import Document, Way
from audiobook_daemon.wording import in_plain_words

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Finding:
    way: Way
    branch: Way
    """The members of a union that pydantic tried on the way, and their places."""
    kind: str
    message: str


def check(document: Document, way: Way, model: type[M], data: object, also: Collection[str] = ()) -> M | None:
    """Validate `data`, which stands at `way`; every fault becomes a mistake of the document, and then None returns.

    `also` are further keys to suggest where `data` has an unknown one.
    """
    try:
        folder = Path(document.file).parent.absolute()
        valid = model.model_validate({} if data is None else data, context={"folder": folder})
    except ValidationError as error:
        # include_input=False: what a person wrote may be a secret.
        details = error.errors(include_url=False, include_input=False)
        for finding in _deepest([_finding(document, way, model, data, item, also) for item in details]):
            if not _follows_from_another(document, finding):
                key = finding.kind in {"missing", "extra_forbidden"} or finding.way == way
                document.note(finding.way, finding.message, key=key)
        return None
    return None if any(_within(bad, way, data) for bad in document.unresolved) else valid


def _within(bad: Way, way: Way, data: object) -> bool:
    here = bad[: len(way)] == way
    return here and (len(bad) == len(way) or not isinstance(data, Mapping) or bad[len(way)] in data)


def _finding(
    document: Document, way: Way, model: type[BaseModel], data: object, item: ErrorDetails, also: Collection[str]
) -> _Finding:
    found, branch, current = way, [], data
    for part in item["loc"]:
        if _leads_on(current, part):
            found = (*found, part)
            current = document.at(found)
        elif item["type"] == "missing" and part == item["loc"][-1]:
            found = (*found, part)
        else:
            branch.append(f"{len(found)}:{part}")
    kind = item["type"]
    if kind == "extra_forbidden":
        message = _unknown_key(model, found[len(way) :], also)
    elif kind != "missing" and document.at(found) is None and found != way and "value_error" not in kind:
        message = "is empty"
    else:
        message = _message(item, document.at(found))
    return _Finding(found, tuple(branch), kind, _hidden(message, document.secrets))


def _leads_on(current: object, part: str | int) -> bool:
    """Whether a part of pydantic's location is a key or index; else it names a member of a union."""
    if isinstance(current, Mapping):
        return part in current
    return isinstance(current, list) and isinstance(part, int) and part < len(current)


def _message(item: ErrorDetails, value: object) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind in {"literal_error", "enum"}:
        near = nearest(value, re.findall("'([^']*)'", context["expected"])) if isinstance(value, str) else ""
        return f"should be {context['expected']}{near}"
    if kind == "too_short":
        return f"should have at least {context['min_length']} entries" if context["min_length"] > 1 else "is empty"
    if kind == "string_too_short" and context["min_length"] == 1:
        return "is empty"
    return in_plain_words(item)


def _unknown_key(model: type[BaseModel], way: Way, also: Collection[str]) -> str:
    key = str(way[-1])
    if ":" in key:
        return "this is no key; a space is missing after the colon"
    known = set(_keys_at(model, way[:-1])) | (set(also) if len(way) == 1 else set())
    return f"unknown key{suggestion(key, known)}"


def _keys_at(model: type[BaseModel], way: Way) -> Iterator[str]:
    """Yield the keys a model knows at a place, found in its JSON Schema, which has one shape for every kind of type."""
    try:
        schema = model.model_json_schema()
    except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError):
        yield from (model.model_fields if not way else ())
        return
    definitions = schema.get("$defs", {})

    def branches(node: object) -> Iterator[Mapping[str, object]]:
        if not isinstance(node, Mapping):
            return
        if isinstance(reference := node.get("$ref"), str):
            yield from branches(definitions.get(reference.rpartition("/")[2]))
        for word in ("anyOf", "oneOf", "allOf"):
            for member in node.get(word, ()):
                yield from branches(member)
        yield node

    places = [*branches(schema)]
    for part in way:
        places = [deeper for place in places for deeper in branches(_child(place, part))]
    for place in places:
        properties = place.get("properties")
        if isinstance(properties, Mapping):
            yield from properties


def _child(place: Mapping[str, object], part: str | int) -> object:
    if isinstance(part, int):
        return place.get("items")
    properties = place.get("properties")
    if isinstance(properties, Mapping) and part in properties:
        return properties[part]
    return place.get("additionalProperties")


def _deepest(findings: list[_Finding]) -> Iterator[_Finding]:
    """Keep what says it best, and write the alternatives of a union at one place as one mistake."""
    kept = [one for one in findings if not any(_says_it_better(other, one) for other in findings)]
    for way, kind in dict.fromkeys((one.way, one.kind in {"missing", "extra_forbidden"}) for one in kept):
        same = [one for one in kept if one.way == way and (one.kind in {"missing", "extra_forbidden"}) == kind]
        first, *others = dict.fromkeys(one.message for one in same)
        message = " or ".join([first, *(other.removeprefix("should be ") for other in others)])
        yield _Finding(way, (), same[0].kind, message)


def _says_it_better(other: _Finding, one: _Finding) -> bool:
    """Whether the other member of a union fits further, or a missing key is there with a slip of the pen."""
    if one.kind == "missing":
        siblings = other.kind == "extra_forbidden" and other.way[:-1] == one.way[:-1]
        return siblings and bool(nearest(str(other.way[-1]), [str(one.way[-1])]))
    inside = len(other.way) > len(one.way) and other.way[: len(one.way)] == one.way
    # pydantic counts the valid entries only, so that a list of one wrong entry is too short for it as well.
    other_member = bool(one.branch and other.branch and one.branch != other.branch)
    return inside and (other_member or one.kind == "too_short")


def _follows_from_another(document: Document, finding: _Finding) -> bool:
    """Whether it is only there because a value could not be found, which has been noted already."""
    for bad in document.unresolved:
        # What compares a whole section may be right as soon as the value is there.
        compares = finding.kind == "value_error" and bad[: len(finding.way)] == finding.way
        if compares or finding.way[: len(bad)] == bad:
            return True
    return False


def _hidden(message: str, secrets: Collection[str]) -> str:
    for secret in sorted(secrets, key=len, reverse=True):
        message = (
            message.replace(secret, "***") if len(secret) > 3 else re.sub(rf"\b{re.escape(secret)}\b", "***", message)
        )
    return message
