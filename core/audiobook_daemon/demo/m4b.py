"""M4B files built by hand: a minimal MP4 container with AAC-LC frames of silence, tags and chapters."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from audiobook_daemon.demo.audio import AudioTags, Chapter, picture_type

_RATE = 16000
_SAMPLES = 1024
FRAME_SECONDS = _SAMPLES / _RATE
# AudioSpecificConfig: AAC-LC (2), 16 kHz (index 8), one channel.
_DECODER_CONFIG = b"\x14\x08"
_FRAMES_A_CHUNK = 16
_UNITY_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4
"""The packed language code `und`."""


def _silent_frame() -> bytes:
    """One raw AAC block of 128 bytes (16 kbit/s): a channel without any scale factor band, then filling."""
    channel = "0000000" + "01100100" + "00000000000" + "000"
    # Fill element: a count of 15 goes on in an eight-bit count less one; the payload is `fill_data`.
    payload_bytes = 122
    fill = "1101111" + f"{payload_bytes - 14:08b}" + "00000000" + "10100101" * (payload_bytes - 1)
    bits = channel + fill + "111"
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


_SILENCE = _silent_frame()


def m4b_length(seconds: float) -> float:
    """The exact length in seconds of the file that `make_m4b` makes when asked for `seconds`."""
    return max(1, round(seconds / FRAME_SECONDS)) * FRAME_SECONDS


def make_m4b(seconds: float, tags: AudioTags, chapters: Sequence[Chapter] = ()) -> bytes:
    """Make an audiobook file of silence, `seconds` long to within one frame (64 ms).

    At most 255 chapters, the most that the Nero chapter list holds; raises ValueError for more.
    """
    if len(chapters) > 255:
        raise ValueError("An M4B file made here holds at most 255 chapters.")
    frames = max(1, round(seconds / FRAME_SECONDS))
    start = _box(b"ftyp", b"M4B \0\0\0\0M4B mp42isom")
    media = _box(b"mdat", _SILENCE * frames)
    # The sample table points into `mdat`, which lies behind it: build once for the length, once for the offsets.
    movie = _movie(frames, tags, chapters, 0)
    return start + _movie(frames, tags, chapters, len(start) + len(movie) + 8) + media


def _movie(frames: int, tags: AudioTags, chapters: Sequence[Chapter], first_byte: int) -> bytes:
    duration = frames * _SAMPLES
    header = struct.pack(">IIII", 0, 0, _RATE, duration) + struct.pack(">IH", 0x10000, 0x100) + bytes(10)
    header += _UNITY_MATRIX + bytes(24) + struct.pack(">I", 2)
    user_data = _tag_box(tags)
    if chapters:
        user_data += _chapter_box(chapters)
    return _box(b"moov", _full_box(b"mvhd", header) + _track(frames, duration, first_byte) + _box(b"udta", user_data))


def _track(frames: int, duration: int, first_byte: int) -> bytes:
    header = struct.pack(">IIIII", 0, 0, 1, 0, duration) + bytes(8) + struct.pack(">HHHH", 0, 0, 0x100, 0)
    header += _UNITY_MATRIX + bytes(8)
    media_header = struct.pack(">IIIIHH", 0, 0, _RATE, duration, _UNDETERMINED, 0)
    handler = bytes(4) + b"soun" + bytes(12) + b"\0"
    references = _full_box(b"dref", struct.pack(">I", 1) + _full_box(b"url ", b"", flags=1))
    information = _full_box(b"smhd", bytes(4)) + _box(b"dinf", references) + _sample_table(frames, first_byte)
    media = _full_box(b"mdhd", media_header) + _full_box(b"hdlr", handler) + _box(b"minf", information)
    return _box(b"trak", _full_box(b"tkhd", header, flags=0x7) + _box(b"mdia", media))


def _sample_table(frames: int, first_byte: int) -> bytes:
    full, rest = divmod(frames, _FRAMES_A_CHUNK)
    runs = [(1, _FRAMES_A_CHUNK)] if full else []
    if rest:
        runs.append((full + 1, rest))
    chunk_runs = b"".join(struct.pack(">III", chunk, samples, 1) for chunk, samples in runs)
    chunks = full + bool(rest)
    chunk_bytes = _FRAMES_A_CHUNK * len(_SILENCE)
    offsets = struct.pack(f">{chunks}I", *(first_byte + chunk * chunk_bytes for chunk in range(chunks)))
    return _box(
        b"stbl",
        _sample_description()
        + _full_box(b"stts", struct.pack(">III", 1, frames, _SAMPLES))
        + _full_box(b"stsc", struct.pack(">I", len(runs)) + chunk_runs)
        + _full_box(b"stsz", struct.pack(">II", len(_SILENCE), frames))
        + _full_box(b"stco", struct.pack(">I", chunks) + offsets),
    )


def _sample_description() -> bytes:
    bits_a_second = len(_SILENCE) * 8 * _RATE // _SAMPLES
    decoder = struct.pack(">BBBHII", 0x40, 0x15, 0, len(_SILENCE), bits_a_second, bits_a_second)
    decoder += _descriptor(5, _DECODER_CONFIG)
    stream = struct.pack(">HB", 1, 0) + _descriptor(4, decoder) + _descriptor(6, b"\x02")
    entry = bytes(6) + struct.pack(">H", 1) + bytes(8) + struct.pack(">HHHHI", 1, 16, 0, 0, _RATE << 16)
    entry += _full_box(b"esds", _descriptor(3, stream))
    return _full_box(b"stsd", struct.pack(">I", 1) + _box(b"mp4a", entry))


def _tag_box(tags: AudioTags) -> bytes:
    texts = {
        b"\xa9nam": tags.title,
        b"\xa9ART": tags.artist,
        b"\xa9alb": tags.album,
        b"aART": tags.album_artist,
        b"\xa9wrt": tags.composer,
        b"\xa9gen": tags.genre,
        b"\xa9cmt": tags.comment,
        b"\xa9pub": tags.publisher,
        b"\xa9day": "" if tags.year is None else str(tags.year),
    }
    entries = [_tag(name, 1, text.encode()) for name, text in texts.items() if text]
    if tags.track is not None:
        entries.append(_tag(b"trkn", 0, struct.pack(">HHHH", 0, tags.track, tags.tracks or 0, 0)))
    if tags.disc is not None:
        entries.append(_tag(b"disk", 0, struct.pack(">HHH", 0, tags.disc, tags.discs or 0)))
    entries.append(_tag(b"stik", 21, b"\x02"))  # media kind: audiobook
    if tags.cover is not None:
        entries.append(_tag(b"covr", 13 if picture_type(tags.cover) == "image/jpeg" else 14, tags.cover))
    handler = _full_box(b"hdlr", bytes(4) + b"mdirappl" + bytes(8) + b"\0")
    return _full_box(b"meta", handler + _box(b"ilst", b"".join(entries)))


def _tag(name: bytes, kind: int, value: bytes) -> bytes:
    return _box(name, _box(b"data", struct.pack(">II", kind, 0) + value))


def _chapter_box(chapters: Sequence[Chapter]) -> bytes:
    """Nero's chapter list, read by ffmpeg and by library servers; times count in 100 ns."""
    body = struct.pack(">IB", 0, len(chapters))
    for chapter in chapters:
        title = chapter.title.encode()[:255]
        body += struct.pack(">QB", round(chapter.start * 10_000_000), len(title)) + title
    return _full_box(b"chpl", body, version=1)


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def _full_box(name: bytes, body: bytes, *, version: int = 0, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", version << 24 | flags) + body)


def _descriptor(tag: int, body: bytes) -> bytes:
    return bytes((tag, len(body))) + body
