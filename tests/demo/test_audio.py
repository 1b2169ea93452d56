from __future__ import annotations

import json
import struct
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from tinytag import TinyTag

from audiobook_daemon.demo import m4b, mp3
from audiobook_daemon.demo.audio import BITRATE, AudioTags, Chapter
from audiobook_daemon.demo.m4b import m4b_length, make_m4b
from audiobook_daemon.demo.mp3 import make_mp3, mp3_length

TAGS = AudioTags(
    title="Salt & Starlight",
    artist="Orla Fenwick, Teju Adébáyò",
    album="Die Straße «nach» 東京",
    album_artist="Orla Fenwick",
    composer="Ciara Ní Bhriain",
    genre="Fantasy",
    comment="Two smugglers, one constellation.",
    publisher="Harbour Lane",
    year=2023,
    track=3,
    tracks=12,
    disc=1,
    discs=2,
)
MAKERS = {"mp3": make_mp3, "m4b": make_m4b}
LENGTHS = {"mp3": mp3_length, "m4b": m4b_length}
FRAMES = {"mp3": mp3.FRAME_SECONDS, "m4b": m4b.FRAME_SECONDS}
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(200))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


def read(kind: str, content: bytes, *, image: bool = False) -> TinyTag:
    return TinyTag.get(filename=f"book.{kind}", file_obj=BytesIO(content), image=image)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("seconds", [0.5, 1, 60, 347.31])
def test_the_length_is_what_was_asked_for_to_within_a_frame(kind: str, seconds: float) -> None:
    found = read(kind, MAKERS[kind](seconds, TAGS))

    assert found.duration == pytest.approx(seconds, abs=FRAMES[kind] / 2 + 0.001)
    assert found.duration == pytest.approx(LENGTHS[kind](seconds), abs=0.001)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_reader_finds_every_tag(kind: str) -> None:
    found = read(kind, MAKERS[kind](10, TAGS))

    assert found.title == TAGS.title
    assert found.artist == TAGS.artist
    assert found.album == TAGS.album
    assert found.albumartist == TAGS.album_artist
    assert found.composer == TAGS.composer
    assert found.genre == TAGS.genre
    assert found.comment == TAGS.comment
    assert found.year == "2023"
    assert (found.track, found.track_total) == (3, 12)
    assert (found.disc, found.disc_total) == (1, 2)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_unknown_is_not_tagged(kind: str) -> None:
    found = read(kind, MAKERS[kind](10, AudioTags(title="Alone", track=7)))

    assert found.title == "Alone"
    assert found.track == 7
    assert (found.artist, found.year, found.disc, found.comment) == (None, None, None, None)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(("picture", "mime"), [(JPEG, "image/jpeg"), (PNG, "image/png")])
def test_a_cover_comes_back_as_it_was(kind: str, picture: bytes, mime: str) -> None:
    found = read(kind, MAKERS[kind](10, AudioTags(cover=picture)), image=True)

    cover = found.images.front_cover
    assert cover is not None
    assert cover.data == picture
    assert cover.mime_type == mime


@pytest.mark.parametrize("kind", MAKERS)
def test_a_cover_of_another_type_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="JPEG or PNG"):
        MAKERS[kind](10, AudioTags(cover=b"GIF89a"))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_minute_takes_some_120_kilobytes(kind: str) -> None:
    size = len(MAKERS[kind](60, TAGS))

    assert size == pytest.approx(60 * BITRATE * 1000 / 8, rel=0.02)


def test_every_mp3_frame_begins_where_the_one_before_ends() -> None:
    content = make_mp3(3.6, TAGS)
    tag_size = sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    frames = content[10 + tag_size :]

    assert len(frames) % 72 == 0
    assert len(frames) // 72 == 1 + 100  # one tells the length, the others sound
    assert {frames[at : at + 4] for at in range(0, len(frames), 72)} == {b"\xff\xf3\x28\xc0"}


def test_the_sample_table_points_at_the_first_sound() -> None:
    content = make_m4b(100, TAGS, [Chapter(0, "One")])
    offset_table = content.index(b"stco") + 8
    chunks, first = struct.unpack_from(">II", content, offset_table)

    assert first == content.index(b"mdat") + 4
    assert chunks > 1
    last = struct.unpack_from(">I", content, offset_table + 4 * chunks)[0]
    assert first < last < len(content)


def test_an_m4b_file_takes_no_more_chapters_than_its_list_can_hold() -> None:
    chapters = [Chapter(number / 10, f"Chapter {number}") for number in range(256)]

    assert b"Chapter 254" in make_m4b(60, TAGS, chapters[:255])
    with pytest.raises(ValueError, match="255"):
        make_m4b(60, TAGS, chapters)


@pytest.mark.real
@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("seconds", [0.5, 90])
def test_ffmpeg_decodes_every_frame_without_a_complaint(
    kind: str, seconds: float, tmp_path: Path, program: Callable[[str], str]
) -> None:
    path = tmp_path / f"book.{kind}"
    path.write_bytes(MAKERS[kind](seconds, TAGS))

    command = [program("ffmpeg"), "-nostdin", "-v", "warning", "-i", str(path), "-f", "s16le", "-"]
    decoded = subprocess.run(command, capture_output=True, check=True)

    assert decoded.stderr == b""
    assert len(decoded.stdout) / 2 / 16000 == pytest.approx(LENGTHS[kind](seconds), abs=0.1)
    assert not any(decoded.stdout)  # silence


@pytest.mark.real
def test_ffprobe_reads_tags_and_chapters(tmp_path: Path, program: Callable[[str], str]) -> None:
    path = tmp_path / "book.m4b"
    path.write_bytes(make_m4b(120, TAGS, [Chapter(0, "Prologue"), Chapter(45.5, "Überfahrt")]))

    command = [program("ffprobe"), "-v", "warning", "-of", "json", "-show_format", "-show_chapters", str(path)]
    shown = subprocess.run(command, capture_output=True, check=True)
    answer = json.loads(shown.stdout)

    assert shown.stderr == b""
    assert answer["format"]["tags"]["composer"] == TAGS.composer
    assert float(answer["format"]["duration"]) == pytest.approx(m4b_length(120), abs=0.01)
    chapters = [(float(chapter["start_time"]), chapter["tags"]["title"]) for chapter in answer["chapters"]]
    assert chapters == [(0.0, "Prologue"), (45.5, "Überfahrt")]
