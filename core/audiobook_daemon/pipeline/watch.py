"""Watch: downloads are looked at until they are complete, vanish or fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from audiobook_daemon.errors import PluginError, Unavailable
from audiobook_daemon.events import DownloadsSeen
from audiobook_daemon.models import Download, DownloadState, Outcome, Want, WantState
from audiobook_daemon.pipeline.engine import entering, put_aside, work
from audiobook_daemon.pipeline.grab import ADDED_AGAIN, GRABBED, VANISHED, downloading
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.store import WantChanges

_UNSEEN = "unseen"
_UNSEEN_AGAIN = "unseen_again"
_PATIENCE = timedelta(minutes=1)
"""A download client that has just started does not list everything yet (seen with qBittorrent)."""


async def watch(world: World, limit: int) -> Outcome:
    """Ask each download client once about all its downloads and move the finished ones on."""
    due = await world.database.wants.due(WantState.DOWNLOADING, world.now(), limit)
    groups: dict[str, list[Want]] = defaultdict(list)
    for want in due:
        if want.client and want.client in world.host.instances:
            groups[want.client].append(want)
    seen = {client: await _ask(world, client, wants) for client, wants in groups.items()}

    async def look(world: World, want: Want) -> WantChanges | None:
        if want.client not in seen:
            return _ownerless(want)
        found = seen[want.client]
        if isinstance(found, PluginError):
            raise found
        return await _judge(world, want, found.get(want.download or ""))

    outcome = await work(world, due, look, verb="watch")
    if due:
        world.bus.publish(DownloadsSeen(at=world.now()))
    return outcome


def _ownerless(want: Want) -> WantChanges:
    """The client was removed or renamed: the present one is told; it knows the torrent if it only has a new name."""
    reason = f"{want.client or 'Its client'} is no longer in the configuration; the present client is asked."
    changes = entering(WantState.CHOSEN, GRABBED, reason)
    changes["client"] = None
    return changes


async def _ask(world: World, client: str, wants: Sequence[Want]) -> Mapping[str, Download] | PluginError:
    ids = list(dict.fromkeys(want.download for want in wants if want.download))  # a torrent may be several wants'
    try:
        found = await world.host.ask_one(client, DownloadClient.status, ids=ids)
    except PluginError as error:
        return error
    await world.database.downloads.record(*found)
    return {download.id: download for download in found}


async def _judge(world: World, want: Want, download: Download | None) -> WantChanges | None:
    if download is None:
        return await _vanished(world, want)
    if download.state is DownloadState.READY and download.path:
        changes = entering(WantState.DOWNLOADED, "complete", "Every byte has arrived.")
        changes["path"] = download.path
        return changes
    if download.state is DownloadState.FAILED:
        # A full or missing disk, as a rule: another release would fare no better.
        told = download.message or "it gives no reason"
        raise Unavailable(f"{download.client} reports a fault of this download: {told}.")
    if download.state is DownloadState.STALLED and await _stalled_too_long(world, want):
        told = f" ({download.message})" if download.message else ""
        days = world.settings.stalled_after / timedelta(days=1)
        return await put_aside(world, want, "stalled", f"Nothing has arrived for {days:g} days{told}.")
    reason = _standing(download)
    if want.faults or want.reason != reason:
        code = ADDED_AGAIN if want.code in {ADDED_AGAIN, _UNSEEN_AGAIN} else GRABBED
        return WantChanges(code=code, reason=reason, faults=0, next_try=None)
    return None


def _standing(download: Download) -> str:
    if download.state is DownloadState.STOPPED:
        return f"It is stopped in {download.client}; start it there."
    if download.state is DownloadState.READY:
        return f"It is complete, but {download.client} does not say yet where it lies."
    return downloading(download)


async def _vanished(world: World, want: Want) -> WantChanges:
    """A download that stays away is added once more; if it goes again, somebody does not want it."""
    again = want.code in {ADDED_AGAIN, _UNSEEN_AGAIN}
    if want.code not in {_UNSEEN, _UNSEEN_AGAIN}:
        code = _UNSEEN_AGAIN if again else _UNSEEN
        return WantChanges(code=code, reason=f"{want.client} does not list it.", next_try=world.now() + _PATIENCE)
    if again:
        return await put_aside(world, want, "vanished", "The download was removed from the client twice.")
    changes = entering(WantState.CHOSEN, VANISHED, f"The download is gone from {want.client}; it is added again.")
    changes["client"] = None
    return changes


async def _stalled_too_long(world: World, want: Want) -> bool:
    """Whether nothing has arrived for too long while the daemon was there to see it."""
    record = await world.database.downloads.get(want.download or "")
    if record is None:
        return False
    return world.now() - max(record.progressed, world.since) > world.settings.stalled_after
