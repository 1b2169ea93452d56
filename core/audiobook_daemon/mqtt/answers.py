"""The shape of the one answer that every request gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from audiobook_daemon.actions import Mistake
from audiobook_daemon.mqtt.payloads import Document, moment

MOST_ERRORS = 20
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
    data: Mapping[str, Any] | None
    """What the command has to say; null with an error, unless the same was asked for before with the same key."""
    error: ErrorEntry | None
    """Null if all is well."""
    duplicate: bool
    """Whether the same was asked for before, so that nothing was done now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request, before it is written down."""

    status: Literal["ok", "accepted", "error"]
    data: Document | None = None
    code: str | None = None
    message: str = ""
    hint: str | None = None
    mistakes: tuple[Mistake, ...] = ()
    duplicate: bool = False

    @classmethod
    def error(cls, code: str, message: str, hint: str | None = None, mistakes: Sequence[Mistake] = ()) -> Answer:
        """Refuse a request."""
        return cls("error", code=code, message=message, hint=hint, mistakes=tuple(mistakes))

    def document(self, command: str, transaction: str | None, *, duplicate: bool) -> AnswerDocument:
        """Write the answer to a command."""
        return AnswerDocument(
            status=self.status,
            command=command,
            at=moment(datetime.now(UTC)),
            transaction=transaction,
            data=self.data,
            error=self._error(),
            duplicate=duplicate or self.duplicate,
        )

    def _error(self) -> ErrorEntry | None:
        if self.code is None:
            return None
        entries = [
            MistakeEntry(path=one.path or None, message=one.message, hint=one.hint)
            for one in self.mistakes[:MOST_ERRORS]
        ]
        first = entries[0] if entries else MistakeEntry(path=None, message=self.message, hint=None)
        return ErrorEntry(
            code=self.code,
            message=self.message,
            path=first["path"],
            hint=self.hint or first["hint"],
            errors=entries,
        )
