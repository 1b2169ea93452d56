"""Between documents and bytes: everything that leaves is bounded and redacted, everything that comes in is limited."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"
Document: TypeAlias = Mapping[str, object]
"""A document of any shape; it holds what JSON can."""
Redact = Callable[[str], str]
"""Takes secrets out of a text."""

LONGEST_TEXT = 1000
LARGEST_REQUEST = 64 * 1024
DEEPEST_REQUEST = 10
_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\n\t"}


class InvalidJson(ValueError):
    """The payload looks like JSON and is none."""


class InvalidPayload(ValueError):
    """The payload can be read and is not what a request may hold."""


def moment(at: datetime | None) -> str | None:
    """Write a moment as RFC 3339 with its zone, in whole seconds."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


def shortened(text: str, limit: int = LONGEST_TEXT) -> str:
    """Cut a text that is too long, visibly."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def encoded(document: Document, redact: Redact, longest: int = LONGEST_TEXT) -> bytes:
    """Return the JSON text of a document, its texts without secrets and then not longer than so many characters."""
    return plain(_clean(document, redact, longest))


def plain(value: object) -> bytes:
    """Return a value as JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(errors="replace")


def _clean(value: object, redact: Redact, longest: int) -> object:
    if isinstance(value, str):
        return shortened(redact(value.encode(errors="replace").decode().translate(_CONTROLS)), longest)
    if isinstance(value, Mapping):
        return {name: _clean(inner, redact, longest) for name, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner, redact, longest) for inner in value]
    return value


def decoded(payload: bytes) -> Mapping[str, object] | str:
    """Read a request: an object, or a bare word; nothing, `{}` and `PRESS` are all an empty object.

    Raises InvalidJson or InvalidPayload with a sentence for the sender.
    """
    if len(payload) > LARGEST_REQUEST:
        raise InvalidPayload(f"The request has {len(payload)} bytes; {LARGEST_REQUEST} are allowed.")
    try:
        text = payload.decode().strip()
    except UnicodeDecodeError:
        raise InvalidJson("The request is no UTF-8 text.") from None
    if text in {"", "PRESS"}:
        return {}
    if text[0] not in '{["':
        return _checked_text(text)
    try:
        value: object = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"The request is no valid JSON: {shortened(str(error), 200)}.") from None
    if isinstance(value, str):
        return _checked_text(value)
    if not isinstance(value, dict):
        raise InvalidPayload("The request must be a JSON object, a bare word, or empty.")
    _check(value)
    return value


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")


def _checked_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InvalidPayload(f"A text in the request has {len(text)} characters; {LONGEST_TEXT} are allowed.")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidPayload("A text in the request holds a character that is none: NUL or half of a surrogate pair.")
    return text


def _check(value: object, depth: int = 1) -> None:
    if depth > DEEPEST_REQUEST:
        raise InvalidPayload(f"The request is nested more than {DEEPEST_REQUEST} levels deep.")
    if isinstance(value, str):
        _checked_text(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _checked_text(name)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
