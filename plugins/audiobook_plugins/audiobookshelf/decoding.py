"""Pure: turns the JSON of answers into records, quickly where it is clean and carefully where it is not."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec

from audiobook_daemon import HttpAnswer, Unavailable
from audiobook_plugins.audiobookshelf.records import Item, Named

T = TypeVar("T")

_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_ESCAPED = re.compile(rb"\\u(?:00[01][0-9a-f]|007f|d[89a-f][0-9a-f]{2})", re.IGNORECASE)
_SUSPECT = (b"\\b", b"\\f", b"\x7f")


def read(answer: HttpAnswer, shape: type[T]) -> T:
    """Read an answer as JSON of a shape; raises Unavailable if it is something else."""
    try:
        return decode(answer.body, shape)
    except msgspec.ValidationError as error:
        place = str(error).rpartition("at `")[2].strip("`$.") or "the whole"
        raise Unavailable(
            f"{answer.url} answered with JSON of another shape ({place}); is this Audiobookshelf?"
        ) from None
    except (ValueError, RecursionError):
        answer.json()  # says in plain words what the answer is instead
        raise Unavailable(f"{answer.url} answered with broken or cut JSON instead of JSON.") from None


def read_item(row: object) -> Item | None:
    """Read one row of a list; None if it is no sound item."""
    try:
        return msgspec.convert(_readable(row), Item)
    except msgspec.ValidationError:
        return None


def read_id(row: object) -> str | None:
    """Read the id of a row that is no sound item; None if even that is none."""
    try:
        return msgspec.convert(row, Named).id
    except msgspec.ValidationError:
        return None


def decode(body: bytes, shape: type[T]) -> T:
    """Read JSON as a shape; raises ValueError for what is none."""
    if _is_clean(body):
        return msgspec.json.decode(body, type=shape)
    return msgspec.convert(_readable(json.loads(body)), shape)


def _is_clean(body: bytes) -> bool:
    """Tell whether no text in it can hold what no database, file name or MQTT message can."""
    return not any(part in body for part in _SUSPECT) and (b"\\u" not in body or not _ESCAPED.search(body))


def _readable(value: Any) -> Any:  # noqa: ANN401
    """Free every text within from control signs; a path that holds one is not known, for it would name another."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().translate(_CONTROL)
    if isinstance(value, list):
        return [_readable(entry) for entry in value]
    if isinstance(value, dict):
        plain = {name: _readable(entry) for name, entry in value.items()}
        if isinstance(path := value.get("path"), str) and plain["path"] != path:
            plain["path"] = None
        return plain
    return value
