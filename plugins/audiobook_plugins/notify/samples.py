"""An event of each kind, to try templates on and to list what they can say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from audiobook_daemon import (
    Book,
    Event,
    GapsFound,
    Health,
    InstanceChanged,
    InstanceStatus,
    LibraryShrunk,
    Proposal,
    Release,
    Run,
    RunFinished,
    RunOutcome,
    SeriesPlace,
    Standing,
    StandingSeen,
    UpdateFound,
    Want,
    WantChanged,
    WantState,
    Wish,
)
from audiobook_plugins.notify.kinds import Kind
from audiobook_plugins.notify.variables import variables_of
from audiobook_plugins.notify.wording import SUMMARY

_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
_WANT = Want(
    id=1,
    key="sample",
    wish=Wish(Book("Emma", ("Jane Austen",), series=(SeriesPlace("Highbury", "1"),)), note="a sample"),
    state=WantState.REVIEW,
    version=1,
    reason="It is a sample.",
    release=Release("sample", "1", "Emma", narrators=("A Reader",), formats=("m4b",), size=6 * 10**8, runtime=36000.0),
    proposals=(Proposal(1, "Emma", "sample", "1", "A Reader", "m4b", 6 * 10**8, "It fits."),),
)
_WANT_CHANGED = WantChanged(_AT, _WANT, WantState.WANTED)
_EVENTS: Mapping[Kind, Event] = {
    Kind.SHELVED: _WANT_CHANGED,
    Kind.GRABBED: _WANT_CHANGED,
    Kind.REVIEW: _WANT_CHANGED,
    Kind.FAILED: _WANT_CHANGED,
    Kind.GAPS: GapsFound(_AT, "series_completion", 2, 1, 2, ("Emma (Highbury)",)),
    Kind.SERVICE: InstanceChanged(_AT, InstanceStatus("sample", "sample", (), Health.NEEDS_PERSON, "It is a sample.")),
    Kind.JOB: RunFinished(_AT, Run("1", "sample", "schedule", _AT, RunOutcome.FAILED, _AT, error="It is a sample.")),
    Kind.LIBRARY: LibraryShrunk(_AT, "sample", 100, 50),
    Kind.TRACKER: StandingSeen(_AT, "sample", Standing(_AT, ratio=1.5, free_slots=3, dangers=("A sample.",)), None),
    Kind.UPDATE: UpdateFound(_AT, "9.9.9", "https://example.org"),
}


def sample_of(kind: str) -> Mapping[str, object]:
    """Return the variables of a kind of message with values that could be."""
    if kind == SUMMARY:
        groups = [{"kind": "shelved", "name": "On the shelf", "count": 1, "lines": ["Emma"], "more": 0}]
        return {"heading": "Daily digest", "count": 1, "since": "2026-03-01 12:00", "groups": groups}
    return variables_of(_EVENTS[Kind(kind)])
