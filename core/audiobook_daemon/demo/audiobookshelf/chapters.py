"""Reads the chapter list (`chpl`) of an MP4 audiobook, which tag readers leave out."""

from __future__ import annotations

import struct
from pathlib import Path

from audiobook_daemon.demo.audiobookshelf.records import Chapter

_TICKS = 10_000_000
_HEADER_LENGTH = 9  # version and flags (4), reserved (4), number of chapters (1)


def embedded_chapters(path: Path, duration: float) -> list[Chapter]:
    """Read the chapters of an MP4 file of `duration` seconds; none if it has no chapter list."""
    body = path.read_bytes()
    for name in (b"moov", b"udta", b"chpl"):
        found = _box(body, name)
        if found is None:
            return []
        body = found
    starts: list[tuple[float, str]] = []
    offset = _HEADER_LENGTH
    for _ in range(body[_HEADER_LENGTH - 1]):
        ticks, length = struct.unpack_from(">QB", body, offset)
        offset += 9
        starts.append((ticks / _TICKS, body[offset : offset + length].decode("utf-8", "replace")))
        offset += length
    ends = [start for start, _ in starts[1:]] + [duration]
    return [
        {"start": start, "end": end, "title": title, "id": position}
        for position, ((start, title), end) in enumerate(zip(starts, ends, strict=True))
    ]


def _box(body: bytes, wanted: bytes) -> bytes | None:
    offset = 0
    while offset + 8 <= len(body):
        length, name = struct.unpack_from(">I4s", body, offset)
        if name == wanted:
            return body[offset + 8 : offset + length]
        if length < 8:
            return None
        offset += length
    return None
