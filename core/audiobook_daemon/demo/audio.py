"""Makes small, real, playable audio files, so that everything that opens one can be tried without any tool."""

from __future__ import annotations

from dataclasses import dataclass

BITRATE = 16
"""kbit/s of every file made here: 2000 bytes a second."""


@dataclass(frozen=True, slots=True)
class AudioTags:
    """What a file says about itself; an empty text or a None writes no tag."""

    title: str = ""
    artist: str = ""
    """The author, as audiobook files have it."""
    album: str = ""
    album_artist: str = ""
    composer: str = ""
    """The narrator."""
    genre: str = ""
    comment: str = ""
    publisher: str = ""
    year: int | None = None
    track: int | None = None
    tracks: int | None = None
    disc: int | None = None
    discs: int | None = None
    cover: bytes | None = None
    """A JPEG or PNG picture."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named point in a file; `start` is seconds from its beginning."""

    start: float
    title: str


def picture_type(picture: bytes) -> str:
    """The MIME type of a cover by its first bytes; raises ValueError if it is neither JPEG nor PNG."""
    if picture.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    raise ValueError("A cover must be a JPEG or PNG picture.")
