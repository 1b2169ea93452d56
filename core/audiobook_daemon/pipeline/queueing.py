"""What a person may say to a download: try again, it failed, it is there, never mind; the daemon goes on from there."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from audiobook_daemon.actions.kinds import Id, Sentence
from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import DownloadState, Outcome, Release, Want, WantState
from audiobook_daemon.pipeline.engine import entering, next_candidate
from audiobook_daemon.pipeline.owned import in_library, owned
from audiobook_daemon.pipeline.packs import sharing
from audiobook_daemon.pipeline.people import NotPossible, change_want, name_of
from audiobook_daemon.pipeline.returning.standing import KEPT, where_it_was
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.store import WantChanges

Days = Annotated[int, Field(ge=0, le=30)]
Attempt = Annotated[int, Field(ge=1, le=1_000_000)]
FAILED = "marked_failed"
"""A person said that a release is no good."""
RETRY = "retry"
_RETRIED = frozenset({WantState.WANTED, WantState.REVIEW, WantState.CHOSEN, WantState.GIVEN_UP, WantState.DROPPED})
_TRIED = frozenset({WantState.CHOSEN, WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.VERIFIED})
_ARRIVED = frozenset({WantState.DOWNLOADED, WantState.VERIFIED, WantState.SHELVED})


class Import(StrEnum):
    """What a person says of a finished download and the library."""

    PENDING = "pending"
    """All of it has arrived; the library does not have it yet."""
    IMPORTED = "imported"
    """The library has it."""
    FAILED = "import_failed"
    """The library did not take it."""


class Queueing:
    """The commands for single downloads; each returns an Outcome and raises NotPossible."""

    names: ClassVar[tuple[str, ...]] = ("retry_download", "fail_download", "complete_download", "cancel_download")
    """The methods that are actions."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def retry_download(self, want: Id, days: Days = 1) -> Outcome:
        """Try to get a book again in so many days, also one that was given up or dropped; 0 is at once."""
        when = "at once" if not days else f"in {days} day{'s' * (days > 1)}"

        async def change(current: Want) -> WantChanges:
            if current.state not in _RETRIED:
                raise NotPossible(f"{name_of(current)} needs no other try: it is {current.state}.")
            if current.state is WantState.CHOSEN:
                changes = entering(WantState.CHOSEN, RETRY, f"A person asked for another try {when}.")
            else:
                changes = next_candidate(RETRY, f"A person asked for another try {when}.")
            if not current.state.open:
                changes |= WantChanges(attempts=0, library=None, item=None, replaces=None)
            changes["next_try"] = self._world.now() + timedelta(days=days) if days else None
            return changes

        return await change_want(self._world, want, change, f"is tried again {when}")

    async def fail_download(self, want: Id, reason: Sentence, attempt: Attempt | None = None) -> Outcome:
        """Say that what was chosen or downloaded is no good: it is never taken again, and another one is looked for.

        After so many an `attempt` as `choose.give_up_after` allows, nobody looks any longer.
        """
        last = attempt is not None and attempt >= self._world.settings.give_up_after
        told = f"A person says that it failed: {reason.strip().rstrip('.')}."
        failed: list[Release] = []

        async def change(current: Want) -> WantChanges:
            release = current.release
            if release is None or not (current.state in _TRIED or (current.state is WantState.REVIEW and current.path)):
                raise NotPossible(f"{name_of(current)} has nothing that could have failed: it is {current.state}.")
            failed[:] = [release]
            await self._world.database.blocklist.add(
                current.id, release.source, release.key, current.download, FAILED, told
            )
            if last and current.replaces is not None:
                return where_it_was(current, KEPT, told)
            changes = next_candidate(FAILED, told)
            if last:
                changes["state"] = WantState.GIVEN_UP
            return changes

        outcome = await change_want(self._world, want, change, "is given up" if last else "is looked for anew")
        for release in failed:
            await self._world.database.failed_attempts.record(
                "download", f"{release.source}:{release.key}", release.title, told, FAILED
            )
        return outcome

    async def complete_download(self, want: Id, imported: Import = Import.PENDING) -> Outcome:
        """Say that all of a download has arrived, that the library has the book, or that it did not take it.

        It is looked at before it is believed: the download client is asked, or the library.
        """

        async def change(current: Want) -> WantChanges:
            if imported is Import.IMPORTED:
                return await self._in_library(current)
            if imported is Import.FAILED:
                return self._not_taken(current)
            return await self._arrived(current)

        return await change_want(self._world, want, change, f"is noted as {imported.value.replace('_', ' ')}")

    async def cancel_download(self, want: Id, remove: bool = False) -> Outcome:
        """Want a book no longer; with `remove` its unfinished torrent and the files of it leave the download client.

        A finished one stays there, for its tracker wants it seeded.
        """
        cancelled: list[Want] = []

        async def change(current: Want) -> WantChanges:
            if current.state is WantState.SHELVED:
                raise NotPossible(f"{name_of(current)} is on the shelf already; `undo` takes it out again.")
            if remove:
                await self._refuse_removal(current)
            cancelled[:] = [current]
            if current.replaces is not None:
                return where_it_was(current, KEPT, "A person called the search for a better edition off.")
            return entering(WantState.DROPPED, "dropped", "A person cancelled its download.")

        outcome = await change_want(self._world, want, change, "is cancelled")
        for one in cancelled if remove else ():
            await self._remove(one)
        return outcome

    async def _remove(self, cancelled: Want) -> None:
        if not cancelled.client or not cancelled.download:
            return
        try:
            await self._world.host.ask_one(cancelled.client, DownloadClient.remove, id=cancelled.download, files=True)
        except PluginError as error:
            raise NotPossible(
                f"{name_of(cancelled)} is cancelled, but its torrent is still in {cancelled.client}: {error}"
            ) from error

    async def _arrived(self, current: Want) -> WantChanges:
        if current.state in _ARRIVED:
            raise NotPossible(f"{name_of(current)} has arrived already: it is {current.state}.")
        if current.state is not WantState.DOWNLOADING or not current.client or not current.download:
            raise NotPossible(f"{name_of(current)} is not being downloaded: it is {current.state}.")
        found = await self._world.host.ask_one(current.client, DownloadClient.status, ids=(current.download,))
        await self._world.database.downloads.record(*found)
        if not found or found[0].state is not DownloadState.READY or not found[0].path:
            has = f"has {found[0].progress:.0%} of it ({found[0].state})" if found else "does not list it"
            raise NotPossible(f"{name_of(current)} is not complete: {current.client} {has}.")
        changes = entering(WantState.DOWNLOADED, "complete", "Every byte has arrived, as a person said.")
        changes["path"] = found[0].path
        return changes

    async def _in_library(self, current: Want) -> WantChanges:
        if current.state in {WantState.SHELVED, WantState.OWNED}:
            raise NotPossible(f"{name_of(current)} is in the library already: it is {current.state}.")
        if current.replaces is not None:
            raise NotPossible(f"{name_of(current)} is to replace another edition, which is what the library has.")
        item = await in_library(self._world, current.wish, ask=True)
        if item is None:
            raise NotPossible(f"The library does not have {name_of(current)}; `sync` reads it anew.")
        return WantChanges(wish=current.wish, **owned(item), faults=0, next_try=None, proposals=())

    def _not_taken(self, current: Want) -> WantChanges:
        if current.state is WantState.SHELVED:
            raise NotPossible(f"{name_of(current)} is on the shelf; `undo` takes it out again.")
        if current.state is not WantState.VERIFIED:
            raise NotPossible(f"{name_of(current)} was not brought to the library yet: it is {current.state}.")
        return WantChanges(
            code=Import.FAILED.value,
            reason="A person says that the library did not take it; it is tried again.",
            faults=current.faults + 1,
            next_try=self._world.now() + self._world.settings.longest_retry,
        )

    async def _refuse_removal(self, current: Want) -> None:
        """Raise NotPossible for a torrent that others need, or that is complete and owes its tracker."""
        if self._world.settings.dry_run:
            raise NotPossible("Nothing is removed while the daemon rehearses (`dry_run: yes`).")
        if not current.client or not current.download:
            return
        if others := await sharing(self._world, current, current.download):
            raise NotPossible(f"The torrent of {name_of(current)} is also that of {name_of(others[0])}; it stays.")
        found = await self._world.host.ask_one(current.client, DownloadClient.status, ids=(current.download,))
        if found and (found[0].progress >= 1 or found[0].state is DownloadState.READY or found[0].seeding):
            raise NotPossible(
                f"All of {name_of(current)} has arrived, and its tracker wants it seeded: cancel it without removing "
                f"it, and remove it in {current.client} when it has been seeded for long enough."
            )
