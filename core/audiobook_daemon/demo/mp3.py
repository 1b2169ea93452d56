"""MP3 files built by hand: ID3v2.4 tags and MPEG-2 Layer III frames of silence."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from audiobook_daemon.demo.audio import AudioTags, picture_type

# MPEG-2 Layer III, no checksum, 16 kbit/s, 16 kHz, mono: 576 samples in exactly 72 bytes, never any padding.
_HEADER = b"\xff\xf3\x28\xc0"
_FRAME_BYTES = 72
FRAME_SECONDS = 576 / 16000
# Side information of nothing but zeros says that no frequency line is coded: silence.
_SIDE_INFORMATION = bytes(9)
_SILENCE = _HEADER.ljust(_FRAME_BYTES, b"\0")


def mp3_length(seconds: float) -> float:
    """The exact length in seconds of the file that `make_mp3` makes when asked for `seconds`."""
    return max(1, round(seconds / FRAME_SECONDS)) * FRAME_SECONDS


def make_mp3(seconds: float, tags: AudioTags) -> bytes:
    """Make a constant-bitrate MP3 file of silence, `seconds` long to within one frame (36 ms)."""
    frames = max(1, round(seconds / FRAME_SECONDS))
    return b"".join((_id3(tags), _info_frame(frames), _SILENCE * frames))


def _info_frame(frames: int) -> bytes:
    """The leading frame that tells players the exact length; it is not played itself."""
    counts = struct.pack(">4sIII", b"Info", 0x3, frames, (frames + 1) * _FRAME_BYTES)
    return (_HEADER + _SIDE_INFORMATION + counts).ljust(_FRAME_BYTES, b"\0")


def _id3(tags: AudioTags) -> bytes:
    body = b"".join(_tag_frames(tags))
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _tag_frames(tags: AudioTags) -> Iterator[bytes]:
    texts = {
        b"TIT2": tags.title,
        b"TPE1": tags.artist,
        b"TALB": tags.album,
        b"TPE2": tags.album_artist,
        b"TCOM": tags.composer,
        b"TCON": tags.genre,
        b"TPUB": tags.publisher,
        b"TDRC": "" if tags.year is None else str(tags.year),
        b"TRCK": _position(tags.track, tags.tracks),
        b"TPOS": _position(tags.disc, tags.discs),
    }
    for name, text in texts.items():
        if text:
            yield _frame(name, b"\x03" + text.encode())
    if tags.comment:
        yield _frame(b"COMM", b"\x03eng\0" + tags.comment.encode())
    if tags.cover is not None:
        kind = picture_type(tags.cover).encode()
        yield _frame(b"APIC", b"\x03" + kind + b"\0\x03\0" + tags.cover)


def _frame(name: bytes, body: bytes) -> bytes:
    return name + _synchsafe(len(body)) + b"\0\0" + body


def _position(number: int | None, total: int | None) -> str:
    if number is None:
        return ""
    return str(number) if total is None else f"{number}/{total}"


def _synchsafe(number: int) -> bytes:
    """A size in four bytes of seven bits each, as ID3 writes them."""
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))
