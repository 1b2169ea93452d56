"""The download queue: every want that has, or had, something to download."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.doors import NotFound as NoWant
from audiobook_daemon.store import QueueEntry, QueueState
from audiobook_daemon.web.answers import Asked, Id, Page, Paging
from audiobook_daemon.web.api.failures import FailureTold, failure_told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound
from audiobook_daemon.web.told.downloads import (
    DownloadLine,
    DownloadTold,
    Progress,
    download_line,
    download_told,
    progress_told,
)

operations = Operations("downloads", "/downloads")


class DownloadAsked(Asked):
    """Which one: its id is that of its want."""

    download_id: Id


class DownloadsAsked(Paging):
    """Which downloads."""

    status_filter: QueueState | None = None
    """In this state; all without one."""


class AttemptsAsked(DownloadAsked, Paging):
    """Which download, and which part of its failures."""


@operations.add("GET", "", number=30, example={"status_filter": "downloading", "limit": 10})
async def list_downloads(desk: Desk, asked: DownloadsAsked) -> Page[DownloadLine]:
    """List the downloads, the one that changed last first."""
    return await _page(desk, asked, None if asked.status_filter is None else [asked.status_filter])


@operations.add("GET", "/pending", number=37, example={"limit": 10})
async def list_pending_downloads(desk: Desk, asked: Paging) -> Page[DownloadLine]:
    """List what the download client is to have next, the one that waits longest first."""
    return await _page(desk, asked, [QueueState.QUEUED], oldest_first=True)


@operations.add("GET", "/failed", number=38, example={"limit": 10})
async def list_failed_downloads(desk: Desk, asked: Paging) -> Page[DownloadLine]:
    """List what failed, whether another release is looked for or nobody looks any longer."""
    return await _page(desk, asked, [QueueState.FAILED, QueueState.ABANDONED])


@operations.add("GET", "/retry-due", number=39, example={"limit": 10})
async def list_due_downloads(desk: Desk, asked: Paging) -> Page[DownloadLine]:
    """List what has waited long enough for another try, the one that waits longest first."""
    return await _page(desk, asked, [QueueState.QUEUED], due=desk.lent.now(), oldest_first=True)


@operations.add("GET", "/{download_id}", number=31, errors=(404,), example={"download_id": 3})
async def get_download(desk: Desk, asked: DownloadAsked) -> DownloadTold:
    """Tell all of a download."""
    return await told(desk, await entry_of(desk, asked.download_id))


@operations.add("GET", "/{download_id}/progress", errors=(404,), example={"download_id": 3})
async def get_download_progress(desk: Desk, asked: DownloadAsked) -> Progress:
    """Tell how far a download has come, as its client last told; `POST /downloads/sync` asks it."""
    return progress_told(await entry_of(desk, asked.download_id))


@operations.add("GET", "/{download_id}/attempts", errors=(404,), example={"download_id": 3})
async def list_download_attempts(desk: Desk, asked: AttemptsAsked) -> Page[FailureTold]:
    """List how often the releases of a download failed, and its searches."""
    entry = await entry_of(desk, asked.download_id)
    blocked = await desk.database.blocklist.for_want(entry.want.id)
    tried = {("download", f"{one.source}:{one.key}") for one in blocked if one.want_id is not None}
    found, total = await desk.database.failed_attempts.page(
        items={*tried, ("search", entry.want.key)}, limit=asked.limit, offset=asked.offset
    )
    return Page([failure_told(one) for one in found], total, asked.limit, asked.offset)


async def entry_of(desk: Desk, download_id: int) -> QueueEntry:
    """Return a download; raises NotFound, also for a want that never had one."""
    if entry := await desk.database.download_lists.get(download_id):
        return entry
    try:
        want = await desk.doors.show_want(download_id)
    except NoWant:
        raise NotFound(f"There is no download {download_id}.") from None
    raise NotFound(
        f"{want.wish.book.title!r} (want {want.id}) has nothing to download yet: it is {want.state}.",
        hint=f"`/api/wants/{want.id}` tells how it stands.",
    )


async def told(desk: Desk, entry: QueueEntry) -> DownloadTold:
    """Tell all of a download."""
    gaps = await desk.database.gaps.of_want(entry.want.id)
    most = desk.lent.configuration().choose.give_up_after
    return download_told(entry, max_retries=most, gap=gaps[0].id if gaps else None)


async def _page(
    desk: Desk,
    asked: Paging,
    states: list[QueueState] | None,
    *,
    due: datetime | None = None,
    oldest_first: bool = False,
) -> Page[DownloadLine]:
    found, total = await desk.database.download_lists.page(
        states, due=due, oldest_first=oldest_first, limit=asked.limit, offset=asked.offset
    )
    return Page([download_line(entry) for entry in found], total, asked.limit, asked.offset)
