"""Why a request is not carried out, and the status that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from audiobook_daemon import doors, store
from audiobook_daemon.actions import BadArguments, Mistake, UnknownAction
from audiobook_daemon.errors import AudiobookDaemonError, DatabaseError, PluginError, Unavailable


class Refusal(AudiobookDaemonError):
    """A request was not carried out; its text, in a sentence, goes to the caller."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        mistakes: Sequence[Mistake] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.hint, self.mistakes, self.retry_after = hint, tuple(mistakes), retry_after


class BadRequest(Refusal):
    """It cannot be read, or asks for nothing."""


class Unauthorised(Refusal):
    """No key, or a wrong one."""

    status, code = 401, "unauthorised"


class Forbidden(Refusal):
    """The key does not open this."""

    status, code = 403, "forbidden"


class NotFound(Refusal):
    """There is no such thing."""

    status, code = 404, "not_found"


class Conflict(Refusal):
    """It cannot be done as things stand."""

    status, code = 409, "conflict"


class Unfit(Refusal):
    """What was sent is not of the right shape; `mistakes` names each thing."""

    status, code = 422, "invalid"


class TooMany(Refusal):
    """Too often; `retry_after` says in how many seconds to come again."""

    status, code = 429, "too_many_requests"


class Away(Refusal):
    """Something outside does not answer."""

    status, code = 503, "unavailable"


class Upstream(Refusal):
    """Something outside answered with a fault."""

    status, code = 502, "upstream"


def refusal_of(error: AudiobookDaemonError) -> Refusal:
    """Return what the caller is told of an error out of another room."""
    text = str(error)
    match error:
        case Refusal():
            return error
        case BadArguments():
            return Unfit(text, mistakes=error.mistakes)
        case doors.Misconfigured():
            return Unfit(text, hint=error.hint, mistakes=error.mistakes)
        case doors.NotFound():
            return NotFound(text, hint=error.hint)
        case UnknownAction():
            return NotFound(text)
        case doors.CommandRefused():
            return Conflict(text, hint=error.hint, mistakes=error.mistakes)
        case store.Conflict():
            return Conflict(text, hint="It has changed meanwhile: look at it again.")
        case Unavailable():
            return Away(text, retry_after=error.retry_after)
        case DatabaseError():
            return Away(text)
        case PluginError():
            return Upstream(text)
        case _:
            return Conflict(text)
