"""Whether the bytes of a file can be a whole recording: nothing cut off, and no stretch that never arrived."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from audiobook_daemon.pipeline.verify.containers import Layout

_PROBES = 128
"""Places of a file that are looked at; what never arrived is missing in whole pieces of the torrent."""
_PROBE = 4096
_BLANK = 64 * 1024
"""So many zeros in a row are no sound; in a small file an eighth of it is enough."""
_MOST_HOLES = 1000


def flaw(file: int, size: int, layout: Layout) -> str | None:
    """Say what is wrong with the bytes of an open file, or None; raises OSError when the disk cannot give them."""
    if size == 0:
        return "is empty"
    if layout.missing:
        return f"is cut off: {layout.missing} bytes are missing at its end"
    for start, end in ((start, end) for start, end in layout.sound if end - start >= _PROBE):
        for at in _doubtful_places(file, start, end, share=(end - start) / max(1, _length(layout))):
            if _is_blank(file, at, start, end):
                return f"has nothing but zeros from byte {at} on"
    return None


def _length(layout: Layout) -> int:
    return sum(end - start for start, end in layout.sound)


def _doubtful_places(file: int, start: int, end: int, *, share: float) -> Iterator[int]:
    """The holes of a sparse file, and places spread evenly from the first byte to the last."""
    yield from _holes(file, start, end)
    probes = max(1, round(_PROBES * share))
    last = max(start, end - _PROBE)
    for number in range(probes):
        yield start + (last - start) * number // max(1, probes - 1)


def _holes(file: int, start: int, end: int) -> Iterator[int]:
    """Where space was set aside and nothing was written, as far as the file system tells."""
    at = start
    with suppress(OSError):  # not every file system can say, and at the end of the data this is how it says so
        for _ in range(_MOST_HOLES):
            at = os.lseek(file, at, os.SEEK_HOLE)
            if at >= end:
                return
            yield at
            at = os.lseek(file, at, os.SEEK_DATA)


def _is_blank(file: int, at: int, start: int, end: int) -> bool:
    if any(os.pread(file, min(_PROBE, end - at), at)):
        return False
    length = min(_BLANK, max(_PROBE, (end - start) // 8))
    begin = max(start, min(at, end - length))
    return not any(os.pread(file, min(length, end - begin), begin))
