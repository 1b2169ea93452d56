"""Lets wants of books that a library holds be owned, without touching anything."""

from __future__ import annotations

from audiobook_daemon.actions import report_progress
from audiobook_daemon.models import LibraryItem, Want, WantState
from audiobook_daemon.pipeline.engine import save
from audiobook_daemon.pipeline.owned import in_library, owned
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.store import WantChanges

UNBEGUN = (WantState.WANTED, WantState.REVIEW, WantState.GIVEN_UP)
"""Of a want in such a state nothing has been fetched."""
_PAGE = 500


async def settle_owned(world: World, *, dry_run: bool = False) -> tuple[Want, ...]:
    """Find the wants whose book a library holds, as far as was last read, and let them be owned; returns those.

    A want with a download, one whose book is to be upgraded, or one that a person dropped, is left as it is.
    """
    settled: list[Want] = []
    last = done = 0
    while page := await world.database.wants.after(last, UNBEGUN, _PAGE):
        last = page[-1].id
        for want in page:
            item = None if want.download or want.replaces else await in_library(world, want.wish)
            if item and (dry_run or await own(world, want, item)):
                settled.append(want)
        done += len(page)
        report_progress(done, None, "looking for wanted books on the shelves")
    return tuple(settled)


async def own(world: World, want: Want, item: LibraryItem) -> Want | None:
    """Let one want be owned; None when somebody else was faster."""
    changes = WantChanges(wish=want.wish, **owned(item), faults=0, next_try=None, release=None, proposals=())
    return await save(world, want, changes)
