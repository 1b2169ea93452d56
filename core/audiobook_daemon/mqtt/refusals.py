"""What a request is told when it is not carried out."""

from __future__ import annotations

from audiobook_daemon.actions import BadArguments, UnknownAction
from audiobook_daemon.doors import CommandRefused, Repeated
from audiobook_daemon.errors import AudiobookDaemonError, AuthFailed, DatabaseError, Unavailable
from audiobook_daemon.models import RunOutcome
from audiobook_daemon.mqtt.answers import Answer
from audiobook_daemon.mqtt.command import Mistaken, Restriction
from audiobook_daemon.mqtt.handlers import repeated
from audiobook_daemon.mqtt.payloads import InvalidPayload

RETAINED = Answer.error(
    "retained",
    "A request with the retain flag may be old and is not carried out: it was cleared.",
    "Publish it without the retain flag.",
)
STOPPING = Answer.error("unavailable", "The daemon stops.", "Ask again when it is back.")
MISTAKE_OF_OURS = Answer.error("internal", "The daemon made a mistake; its log tells more.")


def too_many(most: int) -> Answer:
    """Refuse what comes too fast."""
    return Answer.error("unavailable", f"More than {most} requests in a second: try later.", "Wait a second.")


def unknown(nearest: str | None) -> Answer:
    """Refuse a path that is no command."""
    hint = f"Did you mean {nearest}?" if nearest else "Request daemon/commands."
    return Answer.error("unknown_command", "There is no such command; request daemon/commands lists them.", hint)


def forbidden(restriction: Restriction) -> Answer:
    """Refuse what the configuration forbids."""
    return Answer.error("forbidden", str(restriction), f"Change {restriction.setting} in the configuration.")


def timed_out(path: str, seconds: float) -> Answer:
    """Tell that a command has not ended in time."""
    message = f"{path} did not end within {seconds:.0f} s."
    return Answer.error("timeout", message, "It may still come to its end: look before you ask again.")


def of_payload(error: InvalidPayload) -> Answer:
    """Refuse a payload that does not fit."""
    return Answer.error("invalid_payload", str(error), mistakes=error.mistakes if isinstance(error, Mistaken) else ())


def of_daemon(error: AudiobookDaemonError) -> Answer:
    """Say in the words of an answer why the daemon does not do something."""
    match error:
        case BadArguments():
            return Answer.error("invalid_payload", str(error), mistakes=error.mistakes)
        case UnknownAction():
            return Answer.error("not_found", str(error))
        case Repeated():
            return of_repeated(error)
        case CommandRefused():
            return Answer.error(error.code, str(error), error.hint, error.mistakes)
        case Unavailable() | AuthFailed() | DatabaseError():
            return Answer.error("unavailable", str(error))
    return Answer.error("conflict", str(error))


def of_repeated(error: Repeated) -> Answer:
    """Answer a request with a key that was used before with what came of the first one."""
    run, data = error.run, repeated(error.run, error.want)
    if run.outcome in {RunOutcome.SUCCESS, RunOutcome.WARNING}:
        return Answer("ok", data, duplicate=True)
    if run.outcome is RunOutcome.RUNNING:
        return Answer("accepted", data, duplicate=True)
    message = f"It was asked for before with this key and ended as {run.outcome}: {run.error or 'the daemon ended'}"
    return Answer("error", data, "conflict", message, "Take a new key to try again.", duplicate=True)
