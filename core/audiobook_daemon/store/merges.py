"""Keeps the proposals that two names are one series or author, and what people said to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from audiobook_daemon.store.catalogue_tables import merge_proposals
from audiobook_daemon.store.catalogue_values import MergeProposal, ProposalState
from audiobook_daemon.store.connections import Connections


class MergeProposals:
    """Keeps each pair once; what a person refused is not proposed again."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def propose(self, proposals: Sequence[MergeProposal]) -> int:
        """Write down the pairs that are new, and return how many are; known ones stay as they are."""
        now = self._connections.clock()
        statement = self._connections.insert(merge_proposals).on_conflict_do_nothing()
        known = {(one.kind, *sorted((one.one, one.other))) for one in await self.list()}
        new = [one for one in proposals if (one.kind, *sorted((one.one, one.other))) not in known]
        rows = [
            {
                "kind": one.kind,
                "one": one.one,
                "other": one.other,
                "canonical": one.canonical,
                "reason": one.reason,
                "state": ProposalState.OPEN,
                "at": now,
            }
            for one in new
        ]
        if rows:
            await self._connections.write(lambda connection: connection.execute(statement, rows))
        return len(rows)

    async def decide(self, proposal_id: int, state: ProposalState) -> MergeProposal | None:
        """Write down what a person said, and return the proposal; None if there is no such one."""
        statement = (
            update(merge_proposals)
            .where(merge_proposals.c.id == proposal_id)
            .values(state=state)
            .returning(merge_proposals)
        )
        row = (await self._connections.write(lambda connection: connection.execute(statement))).one_or_none()
        return None if row is None else MergeProposal(**row._mapping)

    async def get(self, proposal_id: int) -> MergeProposal | None:
        """Return one proposal, or None."""
        statement = select(merge_proposals).where(merge_proposals.c.id == proposal_id)
        async with self._connections.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else MergeProposal(**row._mapping)

    async def count(self, state: ProposalState | None = None) -> int:
        """Return how many proposals there are (None: all)."""
        statement = select(func.count()).select_from(merge_proposals)
        if state is not None:
            statement = statement.where(merge_proposals.c.state == state)
        async with self._connections.reading() as connection:
            return (await connection.execute(statement)).scalar_one()

    async def list(
        self,
        state: ProposalState | None = None,
        kind: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[MergeProposal, ...]:
        """Return proposals (None: all), the oldest first."""
        statement = select(merge_proposals).order_by(merge_proposals.c.id).limit(limit).offset(offset or None)
        if state is not None:
            statement = statement.where(merge_proposals.c.state == state)
        if kind is not None:
            # Nearly all are of one kind: the order is worth more than the index that begins with the kind.
            statement = statement.where(merge_proposals.c.kind.concat("") == kind)
        async with self._connections.reading() as connection:
            return tuple(MergeProposal(**row._mapping) for row in await connection.execute(statement))
