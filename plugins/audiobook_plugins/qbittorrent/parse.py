"""Pure translation of what qBittorrent says into our values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from audiobook_daemon import Download, DownloadState, HttpAnswer, Unavailable
from audiobook_plugins.qbittorrent.paths import PathMap
from audiobook_plugins.qbittorrent.records import TorrentRecord, TrackerRecord

_ID = re.compile(r"[0-9a-f]{40}")
_VERSION = re.compile(r"v?(\d{1,4}(?:\.\d{1,4}){1,3}[\w.+-]{0,20})")
_NUMBERS = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}")
_ADDRESS = re.compile(r"\w+://\S+")
_INFINITE = 8_640_000
_NOT_WORKING = frozenset({4, 5, 6})
_WORKING = 2

_STATES = {
    "downloading": DownloadState.DOWNLOADING,
    "forcedDL": DownloadState.DOWNLOADING,
    "stalledDL": DownloadState.STALLED,
    "queuedDL": DownloadState.QUEUED,
    "pausedDL": DownloadState.STOPPED,
    "stoppedDL": DownloadState.STOPPED,
    "checkingDL": DownloadState.CHECKING,
    "checkingUP": DownloadState.CHECKING,
    "checkingResumeData": DownloadState.CHECKING,
    "allocating": DownloadState.CHECKING,
    "moving": DownloadState.MOVING,
    "error": DownloadState.FAILED,
    "missingFiles": DownloadState.FAILED,
}
_FINISHED = frozenset({"uploading", "forcedUP", "stalledUP", "queuedUP", "pausedUP", "stoppedUP"})
_SEEDING = frozenset({"uploading", "forcedUP", "stalledUP"})
_NOT_SEEDING = frozenset({"pausedUP", "stoppedUP", "error", "missingFiles"})
_WITHOUT_METADATA = frozenset({"metaDL", "forcedMetaDL"})
_FAULTS = {
    "error": "error: qBittorrent could not read or write the files",
    "missingFiles": "missingFiles: files of the download have vanished",
}


@dataclass(frozen=True, slots=True)
class Version:
    """The program's version for people, and the Web API's, which decides."""

    program: str
    web_api: tuple[int, ...]


def version(program: HttpAnswer, web_api: HttpAnswer) -> Version:
    """Read both versions; raises Unavailable if the texts are none."""
    name = _VERSION.fullmatch(program.text().strip())
    numbers = _NUMBERS.fullmatch(web_api.text().strip())
    if name is None or numbers is None:
        wrong = program if name is None else web_api
        raise Unavailable(f"{wrong.url} did not answer with a version; is this qBittorrent?")
    return Version(name[1], tuple(int(part) for part in numbers[0].split(".")))


def torrent_id(text: str) -> str | None:
    """Return the id as qBittorrent writes it; None for what is none, `all` and the empty text above all."""
    lower = text.strip().lower()
    return lower if _ID.fullmatch(lower) else None


def state(row: TorrentRecord) -> DownloadState:
    """Tell where a torrent stands; a state nobody knows is never READY."""
    if row.state in _FINISHED:
        if row.progress >= 1 and row.amount_left == 0:
            return DownloadState.READY
        return DownloadState.STOPPED if row.state in {"pausedUP", "stoppedUP"} else DownloadState.DOWNLOADING
    if row.state in _WITHOUT_METADATA:
        return DownloadState.DOWNLOADING if row.num_seeds + row.num_leechs > 0 else DownloadState.STALLED
    return _STATES.get(row.state, DownloadState.CHECKING)


def download(client: str, row: TorrentRecord, paths: PathMap, message: str | None = None) -> Download:
    """Turn a row into a Download; `message` is what its trackers say."""
    # While 4.5 loads a torrent, its path is relative to nothing.
    path = None if row.state == "checkingResumeData" else paths.local(row.content_path)
    return Download(
        client=client,
        id=row.hash.lower(),
        state=state(row),
        name=row.name,
        progress=min(max(row.progress, 0.0), 1.0),
        size=row.size if row.size > 0 else None,
        rate=max(row.dlspeed, 0),
        eta=row.eta if 0 <= row.eta < _INFINITE else None,
        path=path,
        root=paths.local(row.save_path),
        message=_FAULTS.get(row.state, message),
        seeding=True if row.state in _SEEDING else False if row.state in _NOT_SEEDING else None,
        seeding_time=row.seeding_time if row.seeding_time >= 0 else None,
    )


def tracker_message(trackers: Iterable[TrackerRecord]) -> str | None:
    """Return why no tracker helps, in the tracker's words; None while one works or none has said anything."""
    real = [tracker for tracker in trackers if not tracker.url.startswith("** [")]
    if any(tracker.status == _WORKING for tracker in real):
        return None
    for tracker in real:
        if tracker.status in _NOT_WORKING and (words := " ".join(tracker.msg.split())):
            # An announce address holds the account's passkey.
            return _ADDRESS.sub("<address>", words)[:200]
    return None
