"""Where in an audio file the sound lies, and whether the file is as long as its own container says."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

_ID3_HEADER = 10
_FLAC_BLOCK_HEADER = 4
_MOST_BOXES = 100_000
_HEAD = 8192
_MP4_BEGINNINGS = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"})
_MAY_BE_SILENT = (b"RIFF", b"FORM")
"""Uncompressed sound, in which silence is nothing but zeros."""
_MPEG_FRAME = rb"\xff[\xe2-\xff]"
_XING = re.compile(_MPEG_FRAME + rb"..(?:.{9}|.{17}|.{32})(?:Xing|Info)(.{12})", re.DOTALL)
_VBRI = re.compile(_MPEG_FRAME + rb"..(?:.{32})VBRI.{6}(.{4})", re.DOTALL)
_FRAMES, _BYTES = 1, 2
_LITTLE = 0.02
"""The share by which an MP3's own count of its bytes may be wrong: tags behind the sound are not always counted."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file's container promises; offsets and sizes in bytes."""

    sound: tuple[tuple[int, int], ...]
    """The stretches (from, to) of compressed sound, which are never zeros for long."""
    missing: int = 0
    """How many bytes the container promises and the file does not have."""
    longer: float = 1.0
    """How many times longer it is than its head says: MP3 files put one behind the other keep the first one's head."""
    exact: bool = True
    """Whether the container states its running time; otherwise that is an estimate from the bitrate."""


def read_layout(file: int, size: int) -> Layout:
    """Read how an open file (its descriptor) of `size` bytes is laid out; an unknown kind is sound throughout."""
    begin = _behind_id3(file)
    head = os.pread(file, _HEAD, begin)
    if head[4:8] in _MP4_BEGINNINGS:
        return _mp4(file, begin, size)
    if head.startswith(b"fLaC"):
        return Layout(((_behind_flac_head(file, begin + len(b"fLaC"), size), size),))
    if head.startswith(_MAY_BE_SILENT):
        return Layout(())
    if head[:1] == b"\xff" or begin:
        return _mp3(head, begin, size)
    return Layout(((begin, size),))


def _behind_id3(file: int) -> int:
    """Where the file goes on behind its ID3v2 tags; 0 without any."""
    at = 0
    while (head := os.pread(file, _ID3_HEADER, at)).startswith(b"ID3") and len(head) == _ID3_HEADER:
        length = 0
        for byte in head[6:]:
            length = length << 7 | byte & 0x7F
        at += _ID3_HEADER + length
    return at


def _behind_flac_head(file: int, at: int, size: int) -> int:
    """Where the sound begins: behind the metadata blocks, of which one may be nothing but padding."""
    while at < size:
        head = os.pread(file, _FLAC_BLOCK_HEADER, at)
        if len(head) < _FLAC_BLOCK_HEADER:
            break
        at += _FLAC_BLOCK_HEADER + int.from_bytes(head[1:], "big")
        if head[0] & 0x80:
            break
    return min(at, size)


def _mp4(file: int, begin: int, size: int) -> Layout:
    boxes = tuple(_boxes(file, begin, size))
    sound = tuple((start, min(end, size)) for kind, start, end in boxes if kind == b"mdat")
    return Layout(sound, missing=max((end - size for _, _, end in boxes), default=0))


def _boxes(file: int, at: int, size: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of the top level: kind, where the content begins, where the box should end."""
    for _ in range(_MOST_BOXES):
        head = os.pread(file, 16, at)
        if len(head) < 8:
            return
        length, kind = struct.unpack(">I4s", head[:8])
        content = at + 8
        if length == 1 and len(head) == 16:
            length, content = int.from_bytes(head[8:], "big"), at + 16
        end = size if length == 0 else at + length
        if end < content:
            return  # no box at all
        yield kind, content, end
        if end >= size:
            return
        at = end


def _mp3(head: bytes, begin: int, size: int) -> Layout:
    counted = _counted_bytes(head)
    if counted is None:
        return Layout(((begin, size),), exact=False)
    first, length = counted
    length = max(length, 1)
    there = size - begin - first
    missing = length - there
    if missing > _LITTLE * length:
        return Layout(((begin, size),), missing=missing)
    return Layout(((begin, size),), longer=there / length if -missing > _LITTLE * length else 1.0)


def _counted_bytes(head: bytes) -> tuple[int, int] | None:
    """Where the first frame is, and how many bytes its table says there are; None without such a table."""
    if found := _XING.search(head):
        flags, *numbers = struct.unpack(">3I", found[1])
        if flags & _FRAMES and flags & _BYTES:
            return found.start(), numbers[1]
        return None
    if found := _VBRI.search(head):
        return found.start(), int.from_bytes(found[1], "big")
    return None
