"""What has happened, what was corrected, and what ran; corrections can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import Correction, CorrectionState, FieldValue
from audiobook_daemon.web.answers import Asked, Id
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.jobs import Name

pages = Pages()
_MOST = 60
_TABS = (("/history", "What happened"), ("/history?show=corrections", "Corrections"), ("/history?show=runs", "Runs"))
_UNDOABLE = (CorrectionState.APPLIED, CorrectionState.PARTLY_UNDONE)


class HistoryAsked(Asked):
    """What kind of history, and before what."""

    show: Literal["events", "corrections", "runs"] = "events"
    before: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    started: AwareDatetime | None = None
    """Of runs: those that began before."""


class CorrectionAsked(Asked):
    """Which one."""

    correction_id: Id


class CorrectionsOfRun(Asked):
    """All that one run has corrected."""

    run_id: Name


@dataclass(frozen=True, slots=True)
class Change:
    """One field, in words."""

    field: str
    before: str | None
    after: str | None
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with its book, in words."""

    correction: Correction
    title: str | None
    changes: tuple[Change, ...]

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back."""
        return self.correction.state in _UNDOABLE


@pages.shows("/history", template="history.html.j2", title="History")
async def show_history(desk: Desk, asked: HistoryAsked) -> Mapping[str, object]:
    """The newest first; `further` leads on."""
    path = "/history" if asked.show == "events" else f"/history?show={asked.show}"
    shown = {"tabs": [(way, name, None) for way, name in _TABS], "tab": path, "show": asked.show, "further": None}
    if asked.show == "events":
        told = await desk.database.events.told(_MOST, before=asked.before)
        further = f"{path}?before={told[-1].event.id}" if len(told) == _MOST else None
        return {**shown, "told": told, "further": further}
    if asked.show == "runs":
        runs = await desk.database.runs.latest(None, _MOST, before=asked.started)
        further = f"{path}&started={runs[-1].started:%Y-%m-%dT%H:%M:%S.%fZ}" if len(runs) == _MOST else None
        return {**shown, "runs": runs, "further": further}
    corrections = await desk.database.corrections.latest(_MOST, before=asked.before)
    further = f"{path}&before={corrections[-1].id}" if len(corrections) == _MOST else None
    return {**shown, "corrections": await _with_books(desk, corrections), "further": further}


@pages.does("/corrections/{correction_id}/undo")
async def undo_correction(desk: Desk, asked: CorrectionAsked) -> Done:
    """Take one correction back."""
    return Done((await desk.act("undo", correction=asked.correction_id)).summary)


@pages.does("/runs/{run_id}/undo")
async def undo_run(desk: Desk, asked: CorrectionsOfRun) -> Done:
    """Take back all that one run has corrected."""
    return Done((await desk.act("undo", run=asked.run_id)).summary)


async def _with_books(desk: Desk, corrections: tuple[Correction, ...]) -> list[Corrected]:
    books = await desk.database.surveys.items({one.book_id for one in corrections})
    return [
        Corrected(
            one,
            books[one.book_id].book.title if one.book_id in books else None,
            tuple(
                Change(change.field, _text(change.before), _text(change.after), change.source, change.reason)
                for change in one.changes
            ),
        )
        for one in corrections
    ]


def _text(value: FieldValue | None) -> str | None:
    return worded(value)
