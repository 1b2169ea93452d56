"""A want as a download, in the words that other programs were promised, and as it really stands beside them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from audiobook_daemon.models import DownloadState, WantState
from audiobook_daemon.store import DownloadRecord, QueueEntry, QueueState
from audiobook_daemon.web.answers import Answered
from audiobook_daemon.web.told.releases import ReleaseTold, release_told


class ImportStatus(StrEnum):
    """How a finished download and the library stand."""

    PENDING = "pending"
    """It has to be checked and shelved yet."""
    IMPORTED = "imported"
    """The library has the book."""
    FAILED = "import_failed"
    """It could not be shelved, and is tried again."""


class DownloadLine(Answered):
    """A download in a few words; its id is that of the want it is for."""

    id: int
    title: str
    """Of the wanted book."""
    author: str | None = None
    source: str | None = None
    """The instance that offers it; `manual` for what a person brought; null while another release is looked for."""
    status: QueueState
    """How a download queue would say it."""
    want_state: WantState
    """How the want really stands."""
    code: str | None = None
    """Why it stands or waits where it is, as a stable word."""
    reason: str | None = None
    """The same as a sentence."""
    progress: float | None = None
    """Percent, as the download client last told; null if nobody knows."""
    retry_count: int = 0
    """Releases that were tried and turned out wrong."""
    next_retry: datetime | None = None
    """It waits until then; null if it does not wait."""
    last_attempt: datetime | None = None
    """When anything about it last changed."""
    date_queued: datetime | None = None
    """When the download client was given it."""
    date_completed: datetime | None = None
    """When all of it was first seen."""


class Progress(Answered):
    """How far a download has come, as the download client last told."""

    id: int
    status: QueueState
    qb_status: DownloadState | None = None
    """What the download client says; null if it was not asked yet, or there is no torrent now."""
    progress: float | None = None
    """Percent."""
    size: int | None = None
    """Bytes in all."""
    rate_bps: int | None = None
    """Bytes per second coming in."""
    eta: int | None = None
    """Seconds to go."""
    message: str | None = None
    """What the download client says about a fault."""
    last_byte: datetime | None = None
    """When bytes last arrived."""


class DownloadTold(DownloadLine):
    """A download with all that is known of it."""

    release: ReleaseTold | None = None
    magnet_link: str | None = None
    """Names the torrent by its hash; without trackers, for their addresses hold keys."""
    torrent_url: str | None = None
    """The release's page; links to the file itself hold keys and are not kept."""
    client: str | None = None
    """The download client."""
    qb_hash: str | None = None
    """The info-hash of its torrent."""
    qb_status: DownloadState | None = None
    """What the download client last said."""
    size: int | None = None
    """Bytes in all."""
    path: str | None = None
    """Where the finished download lies."""
    max_retries: int
    """Searches without an acceptable release after which the book is given up."""
    abs_import_status: ImportStatus | None = None
    """How it stands with the library; null while it has not arrived."""
    abs_import_error: str | None = None
    """Why it could not be shelved."""
    missing_book_id: int | None = None
    """The missing book of a series or author that it fills."""


def download_line(entry: QueueEntry) -> DownloadLine:
    """Tell of a download in a few words."""
    return DownloadLine.model_validate(_line(entry))


def download_told(entry: QueueEntry, *, max_retries: int, gap: int | None) -> DownloadTold:
    """Tell all of a download."""
    want, seen = entry.want, entry.seen
    imported = imported_of(entry)
    return DownloadTold.model_validate(
        _line(entry)
        | {
            "release": release_told(want.release) if want.release else None,
            "magnet_link": _magnet(want.download, want.release.title if want.release else want.wish.book.title),
            "torrent_url": release_told(want.release).page if want.release else None,
            "client": want.client,
            "qb_hash": want.download,
            "qb_status": seen.download.state if seen else None,
            "size": seen.download.size if seen else None,
            "path": want.path,
            "max_retries": max_retries,
            "abs_import_status": imported,
            "abs_import_error": want.reason if imported is ImportStatus.FAILED else None,
            "missing_book_id": gap,
        }
    )


def progress_told(entry: QueueEntry) -> Progress:
    """Tell how far a download has come."""
    seen = entry.seen
    return Progress(
        id=entry.want.id,
        status=entry.state,
        qb_status=seen.download.state if seen else None,
        progress=_percent(entry),
        size=seen.download.size if seen else None,
        rate_bps=seen.download.rate if seen else None,
        eta=seen.download.eta if seen else None,
        message=seen.download.message if seen else None,
        last_byte=seen.progressed if seen else None,
    )


def _line(entry: QueueEntry) -> dict[str, object]:
    want, seen, book = entry.want, entry.seen, entry.want.wish.book
    return {
        "id": want.id,
        "title": book.title,
        "author": book.authors[0] if book.authors else None,
        "source": want.release.source if want.release else None,
        "status": entry.state,
        "want_state": want.state,
        "code": want.code,
        "reason": want.reason,
        "progress": _percent(entry),
        "retry_count": entry.failures,
        "next_retry": want.next_try,
        "last_attempt": want.changed,
        "date_queued": seen.added if seen else None,
        "date_completed": _completed(seen),
    }


def _percent(entry: QueueEntry) -> float | None:
    return None if entry.seen is None else round(100 * entry.seen.download.progress, 1)


def _completed(seen: DownloadRecord | None) -> datetime | None:
    return None if seen is None else seen.finished


def imported_of(entry: QueueEntry) -> ImportStatus | None:
    """Say how a download and the library stand; None while it has not arrived."""
    want = entry.want
    if entry.state is not QueueState.COMPLETED:
        return None
    if want.state in {WantState.SHELVED, WantState.OWNED} or (want.replaces is not None and want.path is None):
        return ImportStatus.IMPORTED
    failed = want.state is WantState.VERIFIED and want.faults > 0
    return ImportStatus.FAILED if failed else ImportStatus.PENDING


def _magnet(info_hash: str | None, name: str) -> str | None:
    return None if info_hash is None else f"magnet:?xt=urn:btih:{info_hash}&dn={quote(name)}"
