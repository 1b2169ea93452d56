"""Every look at the market that is on record."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.releases import DecisionTold, decision_told
from audiobook_daemon.web.words import Word

operations = Operations("decisions", "/decisions")


class DecisionsAsked(Paging):
    """Which decisions."""

    want_id: Id | None = None
    """About this want."""
    outcome: Word | None = None
    """Those that ended so (`chosen`, `ambiguous`, `no_release`)."""


class DecisionAsked(Asked):
    """Which one."""

    decision_id: Id


class DecisionLineTold(Answered):
    """A look at the market in a few words."""

    id: int
    want_id: int
    title: str
    """Of the wanted book."""
    at: datetime
    outcome: str
    reason: str


@operations.add("GET", "", example={"outcome": "ambiguous", "limit": 20})
async def list_decisions(desk: Desk, asked: DecisionsAsked) -> Page[DecisionLineTold]:
    """List what was decided, the newest first; of each want the last ten are kept."""
    found, total = await desk.database.decisions.page(
        want_id=asked.want_id, outcome=asked.outcome, limit=asked.limit, offset=asked.offset
    )
    return Page([DecisionLineTold.model_validate(one) for one in found], total, asked.limit, asked.offset)


@operations.add("GET", "/{decision_id}", errors=(404,), example={"decision_id": 1})
async def get_decision(desk: Desk, asked: DecisionAsked) -> DecisionTold:
    """Tell of one decision, with every candidate and every verdict."""
    decision = await desk.database.decisions.get(asked.decision_id)
    if decision is None:
        raise NotFound(f"There is no decision {asked.decision_id}; of each want the last ten are kept.")
    return decision_told(decision)
