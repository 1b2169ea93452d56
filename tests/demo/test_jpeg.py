"""What is painted is a JPEG that any program can read."""

from __future__ import annotations

import pytest

from audiobook_daemon.demo.jpeg import paint, paint_cover


def decoded(picture: bytes) -> list[tuple[int, int, int]]:
    """Read the squares back as the format says, with none of the writer's code."""
    start = picture.index(b"\xff\xda")
    length = int.from_bytes(picture[start + 2 : start + 4])
    scan = picture[start + 2 + length : -2].replace(b"\xff\0", b"\xff")
    bits = "".join(f"{byte:08b}" for byte in scan)
    frame = picture.index(b"\xff\xc0")
    height, width = (int.from_bytes(picture[frame + at : frame + at + 2]) for at in (5, 7))
    found, before, place = [], [128, 128, 128], 0
    for _ in range(-(-width // 8) * -(-height // 8)):
        for component in range(3):
            size, place = int(bits[place : place + 4], 2), place + 4
            value = int(bits[place : place + size] or "0", 2)
            place += size
            before[component] += value if not size or value >> (size - 1) else value - (1 << size) + 1
            assert bits[place] == "0", "nothing but the lowest frequency"
            place += 1
        found.append((before[0], before[1], before[2]))
    assert set(bits[place:]) <= {"1"}
    assert len(bits) - place < 8
    return found


@pytest.mark.parametrize(("width", "height", "squares"), [(8, 8, 1), (9, 8, 2), (600, 24, 225), (1, 1, 1)])
def test_every_square_has_its_colour(width: int, height: int, squares: int) -> None:
    colours = [(0, 255, 128), (255, 0, 128), (255, 255, 255), (0, 0, 0), (128, 128, 127)]
    asked = iter(range(squares))
    picture = paint(width, height, lambda _x, _y: colours[next(asked) % len(colours)])
    assert decoded(picture) == [colours[at % len(colours)] for at in range(squares)]
    assert (picture[:2], picture[-2:]) == (b"\xff\xd8", b"\xff\xd9")


def test_a_cover_is_small_and_another_for_each_title() -> None:
    one, other = paint_cover("The Glass Ferry", 600), paint_cover("The Salt Cartographer", 600)
    assert one != other
    assert one == paint_cover("The Glass Ferry", 600)
    assert len(one) < 30_000
    assert len(decoded(one)) == 75 * 75
