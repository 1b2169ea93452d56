"""Which files of a download are the book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from audiobook_daemon.models import TorrentFile

AUDIO = frozenset({
    *(".m4b", ".mp3", ".m4a", ".mp4", ".aac", ".flac", ".opus", ".ogg", ".oga"),
    *(".wma", ".aiff", ".aif", ".wav", ".webma", ".mka", ".awb"),
})  # fmt: skip
"""What Audiobookshelf takes for audio (its own list, without video)."""
_DIGITS = re.compile(r"(\d+)")


def audio_files(files: Sequence[TorrentFile]) -> tuple[TorrentFile, ...]:
    """The audio files in reading order: folder by folder, numbers by value."""
    found = [file for file in files if PurePosixPath(file.path).suffix.lower() in AUDIO]
    return tuple(sorted(found, key=lambda file: natural_key(file.path)))


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key in which `Part 2` comes before `Part 10`."""
    parts = _DIGITS.split(text.casefold())
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
