"""Makes what was recognised a want on its way, in one transaction: after a crash it is there, or nothing is."""

from __future__ import annotations

import logging

from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Release, Want, WantState
from audiobook_daemon.pipeline.adopting.recognising import Recognised, refuse_busy
from audiobook_daemon.pipeline.blocked import blocked_among
from audiobook_daemon.pipeline.owned import known_want
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import Conflict, WantFields

_log = logging.getLogger(__name__)
_TRIES = 5
_NOBODY = 0
_ANEW = WantFields(
    attempts=0,
    client=None,
    download=None,
    torrent_files=(),
    selection=(),
    path=None,
    folder=None,
    library=None,
    item=None,
    replaces=None,
)
"""What a want may still have from before."""


async def take_in(world: World, found: Recognised, state: WantState, reason: str, fields: WantFields) -> Want:
    """Let the want, an old or a new one, go on from `state` with what is there.

    Raises NotPossible if the release failed before for this book, or if the want got its book meanwhile.
    """
    release = fields["release"]
    assert release is not None
    await refuse_blocked(world, found.want, release)
    said = WantFields(
        state=state, code="adopted", reason=reason, faults=0, next_try=None, proposals=(), approved=found.by_person
    )
    changes: WantFields = {**_ANEW, **said, **fields}
    want = found.want or await known_want(world, found.wish.book)
    if want is None:
        want, created = await world.database.wants.add(book_key(found.wish.book), found.wish, **changes)
        if created:
            return _told(world, want, None)
    for _ in range(_TRIES):
        refuse_busy(want)
        try:
            return _told(world, await world.database.wants.change(want, **changes), want.state)
        except Conflict:
            want = await world.database.wants.get(want.id) or want
    raise NotPossible(f"Want {want.id} is changed by somebody else again and again; try it later.")


def _told(world: World, want: Want, before: WantState | None) -> Want:
    world.tell(want, before)
    _log.info("%s: %s → %s. %s", want.wish.book.title, before or "new", want.state, want.reason)
    return want


async def refuse_blocked(world: World, want: Want | None, release: Release) -> None:
    """Raise NotPossible for a release that failed before, for this want or for all."""
    known = await world.database.blocklist.for_want(want.id if want else _NOBODY)
    for blocked in blocked_among((release,), known).values():
        raise NotPossible(f"{release.title!r} was tried before: {blocked.reason.rstrip('.')}.")
