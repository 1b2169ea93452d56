"""A file is looked at byte by byte: cut off, never arrived, or as long as its container says."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.pipeline.verify.containers import Layout, read_layout
from audiobook_daemon.pipeline.verify.soundness import flaw

SECONDS = 180.0
MP3 = make_mp3(SECONDS, AudioTags(title="Emma"))
M4B = make_m4b(SECONDS, AudioTags(title="Emma"))
FLAC = b"fLaC" + b"\x01" + (200_000).to_bytes(3, "big") + bytes(200_000) + b"\x81" + bytes(3) + b"\xff\xf8" * 200_000
WAV = b"RIFF" + struct.pack("<I", 400_036) + b"WAVEfmt " + bytes(400_024)
OGG = b"OggS" + b"\x17" * 400_000


@pytest.fixture
def look(tmp_path: Path) -> Callable[[bytes], tuple[Layout, str | None]]:
    """Write bytes into a file, and say how it is laid out and what is wrong with it."""

    def _look(data: bytes) -> tuple[Layout, str | None]:
        path = tmp_path / "file"
        path.write_bytes(data)
        with path.open("rb") as file:
            layout = read_layout(file.fileno(), len(data))
            return layout, flaw(file.fileno(), len(data), layout)

    return _look


Look = Callable[[bytes], tuple[Layout, str | None]]


def blank(data: bytes, start: float, end: float) -> bytes:
    """The same with zeros between two shares of its length."""
    first, last = round(len(data) * start), round(len(data) * end)
    return data[:first] + bytes(last - first) + data[last:]


@pytest.mark.parametrize("data", [MP3, M4B, FLAC, WAV, OGG], ids=["mp3", "m4b", "flac", "wav", "ogg"])
def test_nothing_is_wrong_with_a_whole_file(look: Look, data: bytes) -> None:
    layout, wrong = look(data)
    assert wrong is None
    assert (layout.missing, layout.longer) == (0, 1.0)


@pytest.mark.parametrize("data", [MP3, M4B], ids=["mp3", "m4b"])
@pytest.mark.parametrize("share", [0.2, 0.66, 0.95])
def test_a_file_that_was_cut_off_is_shorter_than_its_container_says(look: Look, data: bytes, share: float) -> None:
    kept = round(len(data) * share)
    _, wrong = look(data[:kept])
    assert wrong is not None
    assert wrong.startswith(f"is cut off: {len(data) - kept} bytes are missing")


@pytest.mark.parametrize("data", [MP3, M4B, FLAC, OGG], ids=["mp3", "m4b", "flac", "ogg"])
@pytest.mark.parametrize(("start", "end"), [(0.6, 1.0), (0.55, 0.8), (0.85, 1.0)])
def test_a_stretch_that_never_arrived_is_found_wherever_it_lies(
    look: Look, data: bytes, start: float, end: float
) -> None:
    _, wrong = look(blank(data, start, end))
    assert wrong is not None
    assert wrong.startswith("has nothing but zeros from byte ")


def test_a_file_that_was_only_set_aside_is_found(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    os.truncate(path, 50_000_000)
    with path.open("rb") as file:
        layout = read_layout(file.fileno(), 50_000_000)
        assert flaw(file.fileno(), 50_000_000, layout) == "has nothing but zeros from byte 0 on"


def test_a_small_hole_in_a_large_file_is_found_where_the_file_system_tells(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.write(OGG)
        file.seek(8_400_000 // 4096 * 4096 + 131_072)
        for _ in range(40):
            file.write(b"\x17" * 1_000_000)
    size = path.stat().st_size
    with path.open("rb") as file:
        if os.lseek(file.fileno(), 0, os.SEEK_HOLE) == size:
            pytest.skip("this file system knows no holes")
        assert "zeros" in (flaw(file.fileno(), size, read_layout(file.fileno(), size)) or "")


def test_zeros_where_containers_have_room_to_spare_are_no_flaw(look: Look) -> None:
    tagged = b"ID3\x04\x00\x00" + bytes((0, 8, 0, 0)) + bytes(8 << 14) + make_mp3(SECONDS, AudioTags())
    assert look(tagged)[1] is None
    spare = struct.pack(">I4s", 300_008, b"free") + bytes(300_000)
    assert look(M4B + spare)[1] is None
    assert look(WAV)[1] is None, "silence"


def test_an_empty_file_is_a_flaw(look: Look) -> None:
    assert look(b"")[1] == "is empty"


def test_mp3_files_put_one_behind_the_other_are_longer_than_the_first_says(look: Look) -> None:
    layout, wrong = look(MP3 + MP3 + MP3)
    assert wrong is None
    assert layout.longer == pytest.approx(3.0, rel=0.01)


def test_an_mp3_without_a_table_says_nothing_exact(look: Look) -> None:
    frames = make_mp3(SECONDS, AudioTags())[10 + 72 :]
    assert look(frames)[0].exact is False
    assert look(MP3)[0].exact is True


def test_a_large_box_counts_its_length_in_eight_bytes(look: Look) -> None:
    sound = b"\x21" * 500_000
    box = struct.pack(">I4sQ", 1, b"mdat", 16 + len(sound)) + sound
    head = struct.pack(">I4s", 16, b"ftyp") + b"M4B \0\0\0\0"
    assert look(head + box)[0].sound == ((32, 32 + len(sound)),)
    assert look(head + box[:-1000])[0].missing == 1000


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x08ftyp" * 50_000,
        b"\0\0\0\x00ftyp" + bytes(100),
        b"\0\0\0\x01ftyp",
        b"\0\0\0\x04ftyp" + b"x" * 100,
        b"ID3" * 1000,
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
        b"fLaC" + b"\0\xff\xff\xff" * 10,
        b"\xff\xfb" * 5000,
        b"\xff",
    ],
)
def test_hostile_bytes_end_quickly_and_raise_nothing(look: Look, data: bytes) -> None:
    layout, _ = look(data)
    assert all(start >= 0 for start, _ in layout.sound)
