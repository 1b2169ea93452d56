"""Which events people are told of: what has changed for them, once, and not each step or each repetition."""

from __future__ import annotations

from audiobook_daemon.events import (
    Event,
    GapsFound,
    InstanceChanged,
    LibraryReturned,
    LibraryShrunk,
    RunFinished,
    StandingSeen,
    UpdateFound,
    WantChanged,
)
from audiobook_daemon.models import Health, InstanceStatus, Run, RunOutcome, Want, WantState
from audiobook_daemon.pipeline.engine import REJECTED
from audiobook_daemon.pipeline.returning.standing import KEPT, RESTORED, UNDONE

_TOLD_STATES = frozenset({WantState.REVIEW, WantState.DOWNLOADING, WantState.SHELVED, WantState.GIVEN_UP})
_UNDER_WAY = frozenset({WantState.CHOSEN, WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.VERIFIED})
_BY_A_PERSON = frozenset({KEPT, RESTORED, UNDONE, "given_up", "search_again", "revived", REJECTED})
"""Codes of changes that somebody has just made, who need not be told; or that brought no book."""


class Worth:
    """Remembers what is out of order already, so that its repetition is no news and its end is."""

    def __init__(self) -> None:
        self._in_need: set[str] = set()
        self._failing: set[str] = set()

    def is_worth(self, event: Event) -> bool:
        """Tell whether people should hear of an event."""
        match event:
            case WantChanged(want=want, before=before):
                return _is_step_of_note(want, before)
            case InstanceChanged(status=status):
                return self._changes_need(status)
            case RunFinished(run=run):
                return self._changes_health(run)
            case GapsFound(found=found, announced=announced):
                return bool(found or announced)
            case StandingSeen(standing=standing, before=earlier):
                known = earlier.dangers if earlier else ()
                return len(standing.dangers) > len(known) or bool(known and not standing.dangers)
            case LibraryShrunk() | LibraryReturned() | UpdateFound():
                return True
            case _:
                return False

    def _changes_need(self, status: InstanceStatus) -> bool:
        """An instance waits for a person, or works again after it did; a rest of some minutes is nobody's business."""
        if status.health is Health.NEEDS_PERSON:
            news = status.name not in self._in_need
            self._in_need.add(status.name)
            return news
        if status.health in {Health.READY, Health.STOPPED} and status.name in self._in_need:
            self._in_need.discard(status.name)
            return status.health is Health.READY
        return False

    def _changes_health(self, run: Run) -> bool:
        """A job that runs every minute and fails each time has failed once, until it does well.

        Whoever typed a command reads there how it ended.
        """
        if run.outcome is RunOutcome.FAILED and run.trigger != "cli":
            news = run.name not in self._failing
            self._failing.add(run.name)
            return news
        if run.outcome in {RunOutcome.SUCCESS, RunOutcome.WARNING} and run.name in self._failing:
            self._failing.discard(run.name)
            return True
        return False


def group_of(event: Event) -> tuple[object, ...]:
    """Name the kind of an event: of one kind, many may be told as one."""
    match event:
        case WantChanged(want=want):
            return WantChanged, want.state
        case InstanceChanged(status=status):
            return InstanceChanged, status.health
        case RunFinished(run=run):
            return RunFinished, run.outcome
        case _:
            return (type(event),)


def _is_step_of_note(want: Want, before: WantState | None) -> bool:
    if want.state is before or want.code in _BY_A_PERSON:
        return False
    if want.state in _TOLD_STATES:
        return True
    return want.state is WantState.WANTED and before in _UNDER_WAY and want.code is not None
