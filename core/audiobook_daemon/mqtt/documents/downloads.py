"""What is being downloaded, and what has been."""

from __future__ import annotations

import math
from collections.abc import Sequence

from typing_extensions import TypedDict

from audiobook_daemon.doors import BookDownload, FinishedDownloads
from audiobook_daemon.models import DownloadState
from audiobook_daemon.mqtt.documents.shape import MOST_ENTRIES, NAME_LENGTH, TITLE_LENGTH, cut, described
from audiobook_daemon.mqtt.payloads import shortened

_QUEUED = frozenset({DownloadState.QUEUED, DownloadState.STOPPED, DownloadState.CHECKING})
_ACTIVE = frozenset({DownloadState.DOWNLOADING, DownloadState.MOVING})


@described
class DownloadEntry(TypedDict):
    """One download."""

    id: str
    """Its info-hash, or what the download client knows it by."""
    title: str
    """The book it is for."""
    author: str | None
    """The book's first author."""
    state: DownloadState
    """Where it stands."""
    progress: float
    """Percent."""
    rate_bps: int | None
    """Bytes per second."""


@described
class DownloadsDocument(TypedDict):
    """The downloads of books that are on their way."""

    active: int
    """How many are being downloaded or moved."""
    queued: int
    """How many wait, are stopped or are being checked."""
    stalled: int
    """How many get nothing."""
    failed: int
    """How many have failed."""
    rate_bps: int
    """Bytes per second, all together."""
    remaining_bytes: int
    """Bytes to go, of those whose size is known."""
    progress: float | None
    """Percent, of those whose size is known; null without any."""
    eta_min: int | None
    """Minutes until the last of the active ones is there; null if nobody knows."""
    entries: list[DownloadEntry]
    """The downloads, 20 at most."""
    finished_today: int
    """Downloads that came to their end since midnight in the configured time zone."""
    finished_today_bytes: int
    """Bytes of those."""
    finished_total: int
    """Downloads that ever came to their end; it never shrinks."""
    finished_total_bytes: int
    """Bytes of those."""


def downloads_document(downloads: Sequence[BookDownload], finished: FinishedDownloads) -> DownloadsDocument:
    """Sum up the downloads; `remaining_bytes` and `progress` count those whose size is known."""
    seen = [book.download for book in downloads]
    open_ones = [one for one in seen if one.state not in {DownloadState.READY, DownloadState.FAILED}]
    sized = [(one.size, one.progress) for one in open_ones if one.size]
    total = sum(size for size, _ in sized)
    remaining = sum(size * (1 - progress) for size, progress in sized)
    etas = [one.eta for one in open_ones if one.eta is not None and one.state in _ACTIVE]
    active, queued, stalled, failed = download_counts(downloads)
    return {
        "active": active,
        "queued": queued,
        "stalled": stalled,
        "failed": failed,
        "rate_bps": sum(one.rate or 0 for one in seen),
        "remaining_bytes": round(remaining),
        "progress": round(100 * (1 - remaining / total), 1) if total else None,
        "eta_min": math.ceil(max(etas) / 60) if etas else None,
        "entries": [_entry(book) for book in downloads[:MOST_ENTRIES]],
        "finished_today": finished.today,
        "finished_today_bytes": finished.today_size,
        "finished_total": finished.total,
        "finished_total_bytes": finished.total_size,
    }


def download_counts(downloads: Sequence[BookDownload]) -> tuple[int, int, int, int]:
    """Count the downloads that are active, queued, stalled and failed."""
    states = [book.download.state for book in downloads]
    return (
        sum(state in _ACTIVE for state in states),
        sum(state in _QUEUED for state in states),
        states.count(DownloadState.STALLED),
        states.count(DownloadState.FAILED),
    )


def _entry(book: BookDownload) -> DownloadEntry:
    return {
        "id": shortened(book.download.id, NAME_LENGTH),
        "title": shortened(book.title, TITLE_LENGTH),
        "author": cut(book.author, TITLE_LENGTH),
        "state": book.download.state,
        "progress": round(100 * book.download.progress, 1),
        "rate_bps": book.download.rate,
    }
