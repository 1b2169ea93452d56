"""The releases that must not be taken again."""

from __future__ import annotations

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Asked, Id, Page, Paging
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.blocked import BlockedTold, blocked_told
from audiobook_daemon.web.told.outcomes import OutcomeTold, outcome_told
from audiobook_daemon.web.words import Sentence, Word

operations = Operations("blocklist", "/blocklist")


class BlocklistAsked(Paging):
    """Which entries."""

    want_id: Id | None = None
    """For this want alone."""
    source: Word | None = None
    """Offered by this instance."""


class EntryAsked(Asked):
    """Which one."""

    entry_id: Id


class BlockAsked(Asked):
    """A release, by the instance that offers it and its key there."""

    source: Word
    key: Word
    want_id: Id | None = None
    """For this want only; for every one without."""
    reason: Sentence = "A person blocked it."


@operations.add("GET", "", example={"limit": 10})
async def list_blocked(desk: Desk, asked: BlocklistAsked) -> Page[BlockedTold]:
    """List the releases that must not be taken again, the newest first."""
    found, total = await desk.database.blocklist.page(
        want_id=asked.want_id, source=asked.source, limit=asked.limit, offset=asked.offset
    )
    return Page([blocked_told(one) for one in found], total, asked.limit, asked.offset)


@operations.add(
    "POST",
    "",
    scope=Scope.ACT,
    status=201,
    errors=(404, 409),
    example={"source": "mam", "key": "4711", "reason": "It is another book."},
)
async def block_release(desk: Desk, asked: BlockAsked) -> OutcomeTold:
    """Never take a release again, for one want or for all."""
    if asked.want_id is not None:
        await desk.doors.show_want(asked.want_id)
    outcome = await desk.act("block", source=asked.source, key=asked.key, want=asked.want_id, reason=asked.reason)
    return outcome_told(outcome)


@operations.add("DELETE", "/{entry_id}", scope=Scope.ACT, errors=(404, 409), example={"entry_id": 1})
async def unblock_release(desk: Desk, asked: EntryAsked) -> BlockedTold:
    """Allow a release again."""
    blocked = await desk.database.blocklist.get(asked.entry_id)
    if blocked is None:
        raise NotFound(f"There is no entry {asked.entry_id} on the blocklist.")
    await desk.act("unblock", entry=asked.entry_id)
    return blocked_told(blocked)
