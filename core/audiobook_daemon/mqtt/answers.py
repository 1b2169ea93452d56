"""The shape of the one answer that every request gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from audiobook_daemon.actions import Mistake
from audiobook_daemon.mqtt.payloads import Document, Json

_SHAPE = ConfigDict(extra="forbid", use_attribute_docstrings=True)


@with_config(_SHAPE)
class MistakeEntry(TypedDict):
    """One thing to mend."""

    path: str | None
    """The way to it in the payload, as in `arguments.limit`; null for the whole."""
    message: str
    """What is wrong."""
    hint: str | None
    """What would be right, as in `Did you mean limit?`."""


@with_config(_SHAPE)
class ErrorEntry(TypedDict):
    """Why a request was not carried out."""

    code: str
    """A short stable word: `invalid_json`, `invalid_payload`, `unknown_command`, `not_found`, `conflict`, `paused`,
    `retained`, `forbidden`, `unavailable`, `timeout`, `invalid_configuration` or `internal`."""
    message: str
    """The same in a sentence for people; it names every mistake."""
    path: str | None
    """The way to the first mistake in the payload, null for the whole."""
    hint: str | None
    """What to do, null when nobody knows."""
    errors: list[MistakeEntry]
    """Every mistake, twenty at the most."""


@with_config(_SHAPE)
class AnswerDocument(TypedDict):
    """What a request gets, exactly once."""

    status: Literal["ok", "accepted", "error"]
    """`accepted` means that a run has begun: its end is told by an event with the same `run_id`."""
    command: str
    """The path of the request, below `request/`."""
    at: str | None
    """When it was answered."""
    transaction: str | None
    """The text that the sender gave to know its answer by."""
    data: Document | None
    """What the command has to say; null with an error, unless the same was asked for before with the same key."""
    error: ErrorEntry | None
    """Null if all is well."""
    duplicate: bool
    """Whether the same was asked for before, so that nothing was done now."""


def error_entry(code: str, message: str, hint: str | None, mistakes: Sequence[Mistake]) -> Json:
    """Write an error; its path and hint are those of the first mistake unless it has a hint of its own."""
    first = mistakes[0] if mistakes else None
    errors: list[Json] = [
        {"path": one.path or None, "message": one.message, "hint": one.hint} for one in mistakes[:MOST_ERRORS]
    ]
    return {
        "code": code,
        "message": message,
        "path": (first.path or None) if first else None,
        "hint": hint or (first.hint if first else None),
        "errors": errors,
    }


MOST_ERRORS = 20
