"""What an action did."""

from __future__ import annotations

from pydantic import JsonValue, TypeAdapter

from audiobook_daemon.models import Outcome
from audiobook_daemon.web.answers import Answered

_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


class OutcomeTold(Answered):
    """What an action did, in numbers and one sentence."""

    summary: str
    processed: int = 0
    succeeded: int = 0
    failed: int = 0
    data: JsonValue = None
    """What there is to say beyond the sentence."""


def outcome_told(outcome: Outcome) -> OutcomeTold:
    """Tell of an outcome."""
    return OutcomeTold(
        summary=outcome.summary,
        processed=outcome.processed,
        succeeded=outcome.succeeded,
        failed=outcome.failed,
        data=_JSON.validate_python(outcome.data),
    )
