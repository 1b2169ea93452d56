"""Audio files as their paths and tags describe them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

AUDIO = frozenset({
    *(".m4b", ".mp3", ".m4a", ".mp4", ".aac", ".flac", ".opus", ".ogg", ".oga"),
    *(".wma", ".aiff", ".aif", ".wav", ".webma", ".mka", ".awb", ".aax", ".aaxc"),
})  # fmt: skip
"""Endings of audio files, as library servers and audiobook shops use them."""
EBOOKS = frozenset({
    *(".epub", ".pdf", ".mobi", ".azw", ".azw3", ".azw4", ".kfx", ".cbz", ".cbr", ".djvu", ".fb2", ".lit"),
    *(".rtf", ".doc", ".docx", ".odt", ".pdb"),
})  # fmt: skip
"""Endings of files that are a book to be read."""
WHOLE_BOOKS = frozenset({".m4b", ".aax", ".aaxc"})
"""Endings of files that as a rule hold a whole book."""
_DEEPEST = 32
_TAG_NUMBER = re.compile(r"\s*0*(\d{1,6})\s*(?:/\s*\d*\s*)?")


@dataclass(frozen=True, slots=True)
class AudioFile:
    """One audio file: where it lies and what its tags say."""

    path: str
    """Relative, with `/`."""
    size: int | None = None
    """Bytes."""
    duration: float | None = None
    """Seconds."""
    disc: int | None = None
    track: int | None = None
    album: str | None = None
    author: str | None = None

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return PurePosixPath(self.path).stem

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders it lies in, the outermost first."""
        return path_parts(self.path)[:-1]

    @property
    def ending(self) -> str:
        """Lower case, with its dot; empty if it has none."""
        return PurePosixPath(self.path).suffix.lower()


def path_parts(path: str) -> tuple[str, ...]:
    """The folders of a path and its name; folders deeper than any file system has them count as one."""
    parts = PurePosixPath(path).parts
    if len(parts) <= _DEEPEST:
        return parts
    return (*parts[: _DEEPEST - 2], "/".join(parts[_DEEPEST - 2 : -1]), parts[-1])


def is_audio(path: str) -> bool:
    """Whether a file is audio by its ending."""
    return PurePosixPath(path).suffix.lower() in AUDIO


def is_ebook(path: str) -> bool:
    """Whether a file is an e-book by its ending."""
    return PurePosixPath(path).suffix.lower() in EBOOKS


def tag_number(tag: str | int | None) -> int | None:
    """The number in a track or disc tag (`3`, `"03"`, `"3/12"`); None for anything that is none."""
    if tag is None or isinstance(tag, int):
        return tag
    found = _TAG_NUMBER.fullmatch(tag)
    return int(found[1]) if found else None
