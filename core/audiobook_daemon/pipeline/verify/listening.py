"""Opens the files of a finished download and says what each of them is."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from audiobook_daemon.pipeline.verify.containers import read_layout
from audiobook_daemon.pipeline.verify.soundness import flaw
from audiobook_daemon.shelving import Located

Tags = Mapping[str, tuple[str, ...]]
"""What a file says about itself: names of fields in lower case, and their texts."""
_LONGEST_TAG = 2000
"""Characters; a chapter list or a whole book in a comment is nobody's title."""


@dataclass(frozen=True, slots=True)
class Track:
    """One file, opened; the running time in seconds is None for what nobody could read."""

    path: str
    """As the torrent names it."""
    place: Path
    runtime: float | None = None
    exact: bool = True
    """Whether the file states its running time itself; otherwise it is estimated."""
    flaw: str | None = None
    """What is wrong with it, as the end of a sentence that begins with its name."""
    opened: bool = True
    """Whether it could be read without ffmpeg, which knows more kinds of files."""
    tags: Tags = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.place.name


def is_whole(located: Located) -> bool:
    """Whether a file is there with the torrent's size; a link is no file of a torrent."""
    place = located.place
    return place.is_file() and not place.is_symlink() and place.stat().st_size == located.file.size


def listen(located: Located) -> Track:
    """Open one file; raises OSError when the disk cannot give its bytes."""
    path, place = located.file.path, located.place
    handle = os.open(place, os.O_RDONLY)
    try:
        size = os.fstat(handle).st_size
        layout = read_layout(handle, size)
        wrong = flaw(handle, size, layout)
    finally:
        os.close(handle)
    if wrong:
        return Track(path, place, flaw=wrong)
    return _open(Track(path, place, exact=layout.exact), longer=layout.longer)


def _open(track: Track, *, longer: float) -> Track:
    from tinytag import TinyTag, TinyTagException  # noqa: PLC0415 - only needed when a download is complete

    unread = replace(track, exact=False, opened=False, flaw="cannot be played")
    try:
        read = TinyTag.get(track.place)
    except TinyTagException as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno != errno.EINVAL:  # that is a size in the file that cannot be
            raise cause from None
        return unread
    if not read.duration or read.duration < 0:
        return unread
    stated = {name: _texts(value) for name, value in read.as_dict().items() if isinstance(value, list)}
    exact = track.exact and longer == 1.0
    return replace(track, runtime=read.duration * longer, exact=exact, tags=stated)


def _texts(values: list[str]) -> tuple[str, ...]:
    return tuple(value[:_LONGEST_TAG] for value in values)
