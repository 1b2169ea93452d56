"""Paints pictures of plain squares as JPEG, so that stand-ins have real covers without a library for pictures."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Iterator

Colour = tuple[int, int, int]
"""Brightness and the two colour differences, 0 to 255 each."""

_SIDE = 8
"""A square has one colour: of its frequencies only the lowest is written."""
_CATEGORIES = 9
_ZIGZAG = 64


def paint(width: int, height: int, colour: Callable[[float, float], Colour]) -> bytes:
    """Return a JPEG; `colour` is asked for each square, with its place from 0 to 1 across and down."""
    columns, rows = -(-width // _SIDE), -(-height // _SIDE)
    squares = (colour(x / columns, y / rows) for y in range(rows) for x in range(columns))
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            _segment(0xDB, bytes([0, *[_SIDE] * _ZIGZAG])),
            _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + bytes([1, 17, 0, 2, 17, 0, 3, 17, 0])),
            _segment(0xC4, bytes([0x00, 0, 0, 0, _CATEGORIES, *[0] * 12, *range(_CATEGORIES)])),
            _segment(0xC4, bytes([0x10, 1, *[0] * 15, 0])),
            _segment(0xDA, bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])),
            _packed("".join(_codes(squares))),
            b"\xff\xd9",
        )
    )


def paint_cover(title: str, width: int) -> bytes:
    """Return a square cover that no other title has: a darker spine, and a moon or a sun over two ranges of hills."""
    first, second, third, fourth, fifth, *_ = hashlib.sha256(title.encode()).digest()
    sky = (84 + first % 64, 92 + second % 72, 92 + third % 72)
    disc, side = 0.1 + fourth % 16 / 120, 0.32 + fourth // 16 / 32
    height, slope = 0.2 + fifth % 16 / 60, 1 + fifth // 16 / 12

    def colour(x: float, y: float) -> Colour:
        if x < 0.07:
            return _shaded(sky, -48)
        if y > 0.8 + 0.06 * math.sin(5 * slope * x + third):
            return _shaded(sky, -44)
        if y > 0.62 + 0.1 * math.sin(4 * slope * x + second):
            return _shaded(sky, -24)
        if math.hypot(x - side, y - height - 0.05) < disc:
            return (226, 116, 136)
        return _shaded(sky, round(34 * y))

    return paint(width, width, colour)


def _shaded(colour: Colour, by: int) -> Colour:
    return (colour[0] + by, colour[1], colour[2])


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _codes(squares: Iterator[Colour]) -> Iterator[str]:
    """The bits of each square: how the colour differs from the one before, and that nothing follows."""
    before = (128, 128, 128)
    for square in squares:
        for new, old in zip(square, before, strict=True):
            difference = new - old
            size = abs(difference).bit_length()
            bits = difference if difference > 0 else difference + (1 << size) - 1
            yield f"{size:04b}{bits:0{size}b}0" if size else "00000"
        before = square


def _packed(bits: str) -> bytes:
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8).replace(b"\xff", b"\xff\0")
