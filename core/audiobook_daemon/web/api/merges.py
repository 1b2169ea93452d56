"""Names that are probably one series; a person decides."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.store import MergeProposal, ProposalState
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Id, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound

operations = Operations("merges", "/merge-proposals")


class MergeListAsked(Paging):
    """Which proposals."""

    state: ProposalState = ProposalState.OPEN


class MergeAsked(Asked):
    """Which one."""

    proposal_id: Id


class MergeTold(Answered):
    """Two names that are probably one series."""

    id: int
    kind: str
    canonical: str
    """The name for both."""
    one: str
    """The key of the series that stays."""
    one_id: int | None
    other: str
    """The key of the one that becomes part of it."""
    other_id: int | None
    reason: str
    state: ProposalState
    at: datetime | None


@operations.add("GET", "", example={"state": "open"})
async def list_merges(desk: Desk, asked: MergeListAsked) -> Page[MergeTold]:
    """List the names that are probably one series, the oldest proposal first."""
    merges = desk.database.merges
    part = await merges.list(asked.state, limit=asked.limit, offset=asked.offset)
    return Page(await _told(desk, part), await merges.count(asked.state), asked.limit, asked.offset)


@operations.add("POST", "/{proposal_id}/accept", scope=Scope.ACT, errors=(404, 409), example={"proposal_id": 1})
async def accept_merge(desk: Desk, asked: MergeAsked) -> MergeTold:
    """Agree that two names are one series: they are one from now on, and looked up again."""
    await _the_proposal(desk, asked.proposal_id)
    await desk.act("accept_merge", proposal=asked.proposal_id)
    return await _the_proposal(desk, asked.proposal_id)


@operations.add("POST", "/{proposal_id}/refuse", scope=Scope.ACT, errors=(404, 409), example={"proposal_id": 1})
async def refuse_merge(desk: Desk, asked: MergeAsked) -> MergeTold:
    """Say that two names are two series; it is not proposed again."""
    await _the_proposal(desk, asked.proposal_id)
    await desk.act("refuse_merge", proposal=asked.proposal_id)
    return await _the_proposal(desk, asked.proposal_id)


async def _the_proposal(desk: Desk, proposal_id: int) -> MergeTold:
    found = await desk.database.merges.get(proposal_id)
    if found is None:
        raise NotFound(f"There is no merge proposal {proposal_id}.")
    return (await _told(desk, (found,)))[0]


async def _told(desk: Desk, found: list[MergeProposal] | tuple[MergeProposal, ...]) -> list[MergeTold]:
    keys = [key for one in found for key in (one.one, one.other)]
    ids = {one.key: one.id for one in await desk.database.series.with_keys(keys)}
    same = ("id", "kind", "canonical", "one", "other", "reason", "state", "at")
    return [
        MergeTold.model_validate(
            {name: getattr(one, name) for name in same} | {"one_id": ids.get(one.one), "other_id": ids.get(one.other)}
        )
        for one in found
    ]
