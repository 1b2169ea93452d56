"""What a person, or another program, may say to a download; the daemon looks before it believes."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal

from pydantic import Field

from audiobook_daemon.doors import Repeated
from audiobook_daemon.pipeline.possible import REJECTABLE
from audiobook_daemon.store import QueueEntry, QueueState
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Nothing
from audiobook_daemon.web.api.downloads import DownloadAsked, entry_of, told
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import Conflict
from audiobook_daemon.web.told.downloads import DownloadTold, ImportStatus, imported_of
from audiobook_daemon.web.told.outcomes import OutcomeTold, outcome_told
from audiobook_daemon.web.words import Sentence

operations = Operations("downloads", "/downloads")
_ONE = {"download_id": 3}
InfoHash = Annotated[str, Field(pattern=r"^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$")]


class StatusAsked(DownloadAsked):
    """How a download stands, as its sender says."""

    status: QueueState
    """`queued` tries at once, `abandoned` ends it, `failed` looks for another release, `completed` asks the client."""
    qb_hash: InfoHash | None = None
    """With `downloading`: the torrent that the download client has for it already."""
    qb_status: Literal["downloading", "seeding", "completed"] | None = None
    """What the download client says; it is asked itself, and this is taken for nothing."""


class CompleteAsked(DownloadAsked):
    """Which download, and what became of it."""

    abs_import_status: ImportStatus = ImportStatus.PENDING
    """Whether the library has it; the library is asked."""


class FailAsked(DownloadAsked):
    """Which download, and why."""

    error_msg: Sentence
    """What is wrong with it, for people."""
    retry_attempt: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Which attempt this was: the last one that the configuration allows ends it."""


class RetryAsked(DownloadAsked):
    """Which download, and when."""

    days_until_retry: Annotated[int, Field(ge=1, le=30)] = 1


class CancelAsked(DownloadAsked):
    """Which download, and whether it leaves the download client."""

    remove: bool = False
    """Remove the unfinished torrent and its files from the download client too."""


@operations.add(
    "PUT",
    "/{download_id}/status",
    number=33,
    scope=Scope.ACT,
    errors=(404, 409),
    example={**_ONE, "status": "failed"},
)
async def set_download_status(desk: Desk, asked: StatusAsked) -> DownloadTold:
    """Say how a download stands; the daemon does what follows from it, and asks the services itself."""
    entry = await entry_of(desk, asked.download_id)
    want = entry.want.id
    match asked.status:
        case QueueState.QUEUED:
            await _once(desk, "retry_download", want=want, days=0)
        case QueueState.DOWNLOADING if asked.qb_hash is not None and asked.qb_hash.lower() != entry.want.download:
            await _once(desk, "adopt_torrent", hash=asked.qb_hash, want=want)
        case QueueState.DOWNLOADING if entry.state is not QueueState.DOWNLOADING:
            raise Conflict(
                f"It is {entry.state}, and the daemon begins downloads itself.",
                hint="If the download client has its torrent already, name it by `qb_hash`.",
            )
        case QueueState.COMPLETED if entry.state is not QueueState.COMPLETED:
            await _once(desk, "complete_download", want=want)
        case QueueState.DOWNLOADING | QueueState.COMPLETED:
            pass  # as it is already
        case QueueState.FAILED:
            await _once(desk, "fail_download", want=want, reason="It was set to failed.")
        case QueueState.ABANDONED:
            await _once(desk, "give_up" if entry.want.state in REJECTABLE else "cancel_download", want=want)
    return await _as_it_stands(desk, entry, asked.status)


@operations.add(
    "PUT",
    "/{download_id}/mark-complete",
    number=34,
    scope=Scope.ACT,
    errors=(404, 409),
    example={"download_id": 5, "abs_import_status": "imported"},
)
async def complete_download(desk: Desk, asked: CompleteAsked) -> DownloadTold:
    """Say that all of a download has arrived, or that the library has the book; client or library are asked."""
    entry = await entry_of(desk, asked.download_id)
    if asked.abs_import_status is not imported_of(entry):
        await _once(desk, "complete_download", want=entry.want.id, imported=asked.abs_import_status.value)
    return await _as_it_stands(desk, entry, QueueState.COMPLETED)


@operations.add(
    "PUT",
    "/{download_id}/mark-failed",
    number=35,
    scope=Scope.ACT,
    errors=(404, 409),
    example={**_ONE, "error_msg": "Half of it is missing.", "retry_attempt": 1},
)
async def fail_download(desk: Desk, asked: FailAsked) -> DownloadTold:
    """Say that a release is no good: it is never taken again, and another one is looked for until the last attempt."""
    entry = await entry_of(desk, asked.download_id)
    await _once(desk, "fail_download", want=entry.want.id, reason=asked.error_msg, attempt=asked.retry_attempt)
    return await _as_it_stands(desk, entry, QueueState.FAILED)


@operations.add(
    "PUT",
    "/{download_id}/retry",
    number=36,
    scope=Scope.ACT,
    errors=(404, 409),
    example={"download_id": 2, "days_until_retry": 3},
)
async def retry_download(desk: Desk, asked: RetryAsked) -> DownloadTold:
    """Try again in so many days, also what was given up or dropped."""
    entry = await entry_of(desk, asked.download_id)
    await _once(desk, "retry_download", want=entry.want.id, days=asked.days_until_retry)
    return await _as_it_stands(desk, entry, QueueState.QUEUED)


@operations.add("DELETE", "/{download_id}", number=40, scope=Scope.ACT, errors=(404, 409), example=_ONE)
async def delete_download(desk: Desk, asked: CancelAsked) -> DownloadTold:
    """Cancel a download; it stays on record as abandoned, so that no list brings the book back."""
    entry = await entry_of(desk, asked.download_id)
    await _once(desk, "cancel_download", want=entry.want.id, remove=asked.remove)
    return await _as_it_stands(desk, entry, QueueState.ABANDONED)


@operations.add("POST", "/sync", scope=Scope.ACT, errors=(409,))
async def sync_downloads(desk: Desk, asked: Nothing) -> OutcomeTold:
    """Ask the download clients now how everything stands."""
    del asked
    return outcome_told(await desk.act("watch"))


async def _once(desk: Desk, action: str, **arguments: object) -> None:
    """Run an action; asked for again with its key while it goes on, the download is told as it stands."""
    with suppress(Repeated):
        await desk.act(action, **arguments)


async def _as_it_stands(desk: Desk, before: QueueEntry, otherwise: QueueState) -> DownloadTold:
    """What came of a command; `otherwise` is said of a want that has nothing to download any longer."""
    after = await desk.database.download_lists.get(before.want.id)
    if after is None:
        want = await desk.doors.show_want(before.want.id)
        after = QueueEntry(want, otherwise, before.failures, None)
    return await told(desk, after)
