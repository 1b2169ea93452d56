"""Loads the wants due in a state, lets the stage work on each, saves what comes of it, and tells."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta

from audiobook_daemon.actions import report_progress
from audiobook_daemon.errors import AuthFailed, DatabaseError, PluginError, Refused, Unavailable
from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.pipeline.world import Settings, World
from audiobook_daemon.store import Conflict, WantChanges

_log = logging.getLogger(__name__)

Stage = Callable[[World, Want], Awaitable[WantChanges | None]]
"""Does the work of one state for one want and says what changes; None leaves it as it is.

Raises Unavailable, AuthFailed or OSError for faults that pass, and Refused when the release is not to be had. A stage
may `save` something on its way; what it returns, or the wait after a fault, builds on that.
"""


class Waits(Unavailable):
    """Something other than a service is in the way for now; `code` is a short stable word for the want."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


REJECTED = "rejected"
"""A person refused the release; that is no failure."""
_LONGEST_ASKED = 86_400.0
_newest: ContextVar[Want] = ContextVar("newest")
"""The want a stage is working on, as this task has last written it."""


async def run_stage(
    world: World, state: WantState, stage: Stage, *, limit: int, together: int = 1, verb: str
) -> Outcome:
    """Let a stage work on the wants that are due; `together` is how many at a time."""
    due = await world.database.wants.due(state, world.now(), limit)
    return await work(world, due, stage, together=together, verb=verb)


async def work(world: World, wants: Sequence[Want], stage: Stage, *, together: int = 1, verb: str) -> Outcome:
    """Let a stage work on these wants; one that fails waits, the others go on."""
    gate = asyncio.Semaphore(together)
    moved = failed = done = 0

    async def one(want: Want) -> None:
        nonlocal moved, failed, done
        async with gate:
            report_progress(done, len(wants), f"{verb} {want.wish.book.title}")
            changed = await _advance(world, want, stage)
            done += 1
            moved += changed is not None and changed.state is not want.state
            failed += changed is not None and changed.faults > want.faults
            report_progress(done, len(wants), f"{verb} {want.wish.book.title}")

    try:
        async with asyncio.TaskGroup() as group:
            for want in wants:
                group.create_task(one(want))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None  # nothing but a fault of the database leaves `_advance`
    waiting = f", {failed} wait for a service" if failed else ""
    summary = f"{verb}: {len(wants)} due, {moved} moved on{waiting}." if wants else f"{verb}: nothing to do."
    return Outcome(summary, processed=len(wants), succeeded=moved, failed=failed)


async def save(world: World, want: Want, changes: WantChanges) -> Want | None:
    """Write a change and tell; None when a person was faster, then nothing is written."""
    try:
        changed = await world.database.wants.change(want, **changes)
    except Conflict:
        _log.info("%s was changed by somebody else meanwhile; that stands.", want.wish.book.title)
        return None
    _newest.set(changed)
    world.tell(changed, want.state)
    if changed.state is not want.state:
        _log.info("%s: %s → %s. %s", want.wish.book.title, want.state, changed.state, changed.reason or "")
    return changed


def entering(state: WantState, code: str, reason: str) -> WantChanges:
    """The changes that every entry into a new state has: its reason is told, its waiting starts afresh."""
    return WantChanges(state=state, code=code, reason=reason, faults=0, next_try=None, proposals=())


async def _advance(world: World, want: Want, stage: Stage) -> Want | None:
    _newest.set(want)
    try:
        changes = await stage(world, want)
    except Refused as error:
        changes = await put_aside(world, _newest.get(), error.code, str(error))
    except PluginError as error:
        changes = _wait(world.settings, want, error, world.now())
    except DatabaseError:
        raise
    except OSError as error:
        place = error.filename or want.wish.book.title
        changes = _wait(world.settings, want, Unavailable(f"{place}: {error.strerror or error}."), world.now())
    except Exception as error:  # noqa: BLE001 - a bug met by one book must not stop the others
        _log.exception("A mistake in the program stopped %s.", want.wish.book.title)
        reason = f"A mistake in the program: {type(error).__name__}: {error}"
        changes = {**_wait(world.settings, want, Unavailable(reason), world.now()), "code": "mistake"}
    if changes is None:
        return None
    return await save(world, _newest.get(), changes)


async def put_aside(world: World, want: Want, code: str, reason: str) -> WantChanges:
    """Block the want's release for good, and look for another one."""
    if want.release is not None:
        await world.database.blocklist.add(want.id, want.release.source, want.release.key, want.download, code, reason)
        if code != REJECTED:
            await world.database.failed_attempts.record(
                "download", f"{want.release.source}:{want.release.key}", want.release.title, reason, code
            )
    return next_candidate(code, reason)


def next_candidate(code: str, reason: str) -> WantChanges:
    """The changes that send a want back to choosing, without the release that failed."""
    return WantChanges(
        **entering(WantState.WANTED, code, reason),
        release=None,
        approved=False,
        client=None,
        download=None,
        torrent_files=(),
        selection=(),
        path=None,
        folder=None,
    )


def _wait(settings: Settings, want: Want, error: PluginError, now: datetime) -> WantChanges:
    asked = error.retry_after if isinstance(error, Unavailable) else None
    steps = min(want.faults, 20)
    delay = min(settings.first_retry * 2**steps, settings.longest_retry)
    if asked is not None:
        delay = max(timedelta(seconds=min(asked, _LONGEST_ASKED)), settings.first_retry)
    code = "needs_person" if isinstance(error, AuthFailed) else "unavailable"
    if isinstance(error, Waits):
        code = error.code
    if want.state is WantState.DOWNLOADING:
        code = want.code or code  # it remembers whether the download was added again already
    return WantChanges(code=code, reason=str(error), faults=want.faults + 1, next_try=now + delay)
