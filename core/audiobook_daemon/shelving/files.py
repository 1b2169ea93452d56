"""Which files of a download are the book, in which order, and where they lie."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audiobook_daemon.matching.contents import order_paths
from audiobook_daemon.models import TorrentFile

AUDIO = frozenset({
    *(".m4b", ".mp3", ".m4a", ".mp4", ".aac", ".flac", ".opus", ".ogg", ".oga"),
    *(".wma", ".aiff", ".aif", ".wav", ".webma", ".mka", ".awb"),
})  # fmt: skip
"""What Audiobookshelf takes for audio (its own list, without video)."""
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Located:
    """One file of a torrent, and where its bytes lie."""

    file: TorrentFile
    place: Path


def audio_files(files: Sequence[TorrentFile]) -> tuple[TorrentFile, ...]:
    """The audio files in the reading order that folders and names tell."""
    found = {file.path: file for file in files if is_audio(file.path)}
    return tuple(found[path] for path in order_paths(tuple(found)))


def is_audio(path: str) -> bool:
    """Whether a file is audio by its name."""
    return PurePosixPath(path).suffix.lower() in AUDIO


def locate(download: Path, files: Sequence[TorrentFile], selection: Collection[str] = ()) -> tuple[Located, ...]:
    """The audio files of one book in reading order, with their places.

    `download` is the content path: the torrent's top folder or its single file. `files` are all files of the torrent,
    `selection` the paths that are the book, in reading order; without it, all its audio is the book.
    """
    known = {file.path: file for file in files}
    chosen = [known[path] for path in selection if path in known] if selection else audio_files(files)
    alone = len(files) == 1
    return tuple(Located(file, _place(download, file, alone=alone)) for file in chosen)


def place_of(download: Path, file: TorrentFile, files: Sequence[TorrentFile]) -> Path:
    """Where one of the `files` of a torrent lies."""
    return _place(download, file, alone=len(files) == 1)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key in which `Part 2` comes before `Part 10`."""
    parts = _DIGITS.split(text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _place(download: Path, file: TorrentFile, *, alone: bool) -> Path:
    """Where a torrent's file lies: the content path stands for the first part of its name.

    For a top folder with a single file in it, a client may name that file itself (qBittorrent does).
    """
    path = PurePosixPath(file.path)
    if alone and download.name == path.name:
        return download
    return download.joinpath(*path.parts[1:])
