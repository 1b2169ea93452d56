"""How large a picture is, by its first bytes alone; nothing is decoded."""

from __future__ import annotations

from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_NO_FRAMES: Final = frozenset({0xC4, 0xC8, 0xCC})
"""Markers of JPEG between those of frames that are none."""


def pixels(picture: bytes) -> int | None:
    """The number of pixels of a PNG, JPEG, GIF or WebP picture; None for what is none of them, or broken."""
    size = _size(picture)
    return size[0] * size[1] if size and all(size) else None


def is_larger(new: bytes, old: bytes) -> bool:
    """Whether a picture surely has more pixels than another one."""
    mine, theirs = pixels(new), pixels(old)
    return mine is not None and theirs is not None and mine > theirs


def _size(picture: bytes) -> tuple[int, int] | None:
    if picture.startswith(_PNG) and len(picture) >= 24:
        return _number(picture[16:20]), _number(picture[20:24])
    if picture[:6] in {b"GIF87a", b"GIF89a"} and len(picture) >= 10:
        return int.from_bytes(picture[6:8], "little"), int.from_bytes(picture[8:10], "little")
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP" and len(picture) >= 30:
        return _webp(picture)
    return _jpeg(picture) if picture.startswith(b"\xff\xd8") else None


def _jpeg(picture: bytes) -> tuple[int, int] | None:
    """Go from segment to segment until the one of the frame."""
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            return _number(picture[at + 7 : at + 9]), _number(picture[at + 5 : at + 7])
        # A filling byte stands alone; every other segment says how long it is.
        at += 1 if marker == 0xFF else 2 + max(2, _number(picture[at + 2 : at + 4]))
    return None


def _webp(picture: bytes) -> tuple[int, int] | None:
    kind = picture[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(picture[24:27], "little"), 1 + int.from_bytes(picture[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(picture[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = (int.from_bytes(picture[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        return width, height
    return None


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")
