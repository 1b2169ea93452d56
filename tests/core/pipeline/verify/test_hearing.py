"""How much is decoded, and what comes of it, as the configuration says."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tinytag import TinyTag

from audiobook_daemon import TorrentFile, Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.pipeline import Decode
from audiobook_daemon.pipeline.verify import hearing
from audiobook_daemon.pipeline.verify.decoding import Nothing
from audiobook_daemon.pipeline.verify.hearing import hear
from audiobook_daemon.pipeline.verify.listening import Track
from audiobook_daemon.shelving import Located

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

SECONDS = 120.0
TAGS = AudioTags(title="Chapter 1", album="Emma", artist="Jane Austen", track=1)


def located(path: Path, data: bytes) -> Located:
    path.write_bytes(data)
    return Located(TorrentFile(path.name, len(data)), path)


async def heard(world: SmallWorld, one: Located, decode: Decode = Decode.AUTO) -> Track:
    world.around.settings = replace(world.around.settings, decode=decode)
    (track,) = await hear(world.around, (one,))
    return track


class Played:
    """Stands in for ffmpeg: what it hears of the ends and of all, and how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, ends: float | Nothing, all_of_it: float | Nothing) -> None:
        self.asked: list[str] = []

        async def decode_ends(*_: object) -> float | Nothing:
            self.asked.append("ends")
            return ends

        async def decode_all(*_: object) -> float | Nothing:
            self.asked.append("all")
            return all_of_it

        monkeypatch.setattr(hearing, "decode_ends", decode_ends)
        monkeypatch.setattr(hearing, "decode_all", decode_all)
        monkeypatch.setattr(hearing, "find_ffmpeg", lambda: "ffmpeg")


async def test_a_file_says_how_long_it_is_and_what_it_is(world: SmallWorld, tmp_path: Path) -> None:
    track = await heard(world, located(tmp_path / "01.mp3", make_mp3(SECONDS, TAGS)), Decode.NEVER)
    assert track.runtime == pytest.approx(SECONDS, abs=0.1)
    assert (track.flaw, track.exact, track.opened) == (None, True, True)
    assert (track.tags["album"], track.tags["artist"], track.tags["track"]) == (("Emma",), ("Jane Austen",), ("1",))


@pytest.mark.parametrize("decode", [Decode.AUTO, Decode.ALWAYS])
async def test_the_real_ffmpeg_agrees(world: SmallWorld, ffmpeg: str, tmp_path: Path, decode: Decode) -> None:
    assert ffmpeg
    for name, data in (("01.mp3", make_mp3(SECONDS, TAGS)), ("01.m4b", make_m4b(SECONDS, TAGS))):
        track = await heard(world, located(tmp_path / name, data), decode)
        assert (track.flaw, track.opened) == (None, True)
        assert track.runtime == pytest.approx(SECONDS, abs=0.1)


async def test_what_tinytag_cannot_read_the_real_ffmpeg_may(world: SmallWorld, ffmpeg: str, tmp_path: Path) -> None:
    assert ffmpeg
    sound = located(tmp_path / "01.awb", make_mp3(SECONDS, AudioTags())[10:])
    track = await heard(world, replace(sound), Decode.AUTO)
    assert track.flaw is None
    assert track.runtime == pytest.approx(SECONDS, abs=0.5)


async def test_a_beginning_and_an_end_are_enough(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Played(monkeypatch, ends=0.97, all_of_it=0.0)
    track = await heard(world, located(tmp_path / "01.mp3", make_mp3(SECONDS, TAGS)))
    assert (track.flaw, played.asked) == (None, ["ends"])


async def test_an_end_that_is_not_heard_is_a_reason_to_hear_all(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Played(monkeypatch, ends=0.5, all_of_it=SECONDS - 1)
    one = located(tmp_path / "01.mp3", make_mp3(SECONDS, TAGS))
    assert (await heard(world, one)).flaw is None
    assert played.asked == ["ends", "all"]
    Played(monkeypatch, ends=0.5, all_of_it=90.0)
    assert (await heard(world, one)).flaw == "can be played for 1.5 minutes of 2.0 minutes"


async def test_everything_is_decoded_if_asked(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Played(monkeypatch, ends=1.0, all_of_it=60.0)
    track = await heard(world, located(tmp_path / "01.mp3", make_mp3(SECONDS, TAGS)), Decode.ALWAYS)
    assert (track.flaw, played.asked) == ("can be played for 1.0 minutes of 2.0 minutes", ["all"])


async def test_an_estimated_time_gives_way_to_the_heard_one(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Played(monkeypatch, ends=1.0, all_of_it=100.0)
    without_table = make_mp3(SECONDS, AudioTags())[10 + 72 :]
    track = await heard(world, located(tmp_path / "01.mp3", without_table), Decode.ALWAYS)
    assert (track.flaw, track.runtime) == (None, 100.0)


@pytest.mark.parametrize("nothing", list(Nothing))
async def test_what_ffmpeg_could_not_do_is_not_held_against_a_file(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing: Nothing
) -> None:
    Played(monkeypatch, ends=nothing, all_of_it=nothing)
    track = await heard(world, located(tmp_path / "01.m4b", make_m4b(SECONDS, TAGS)))
    assert track.flaw is None
    assert track.runtime == pytest.approx(SECONDS, abs=0.1)


async def test_a_machine_too_busy_to_decode_everything_waits(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Played(monkeypatch, ends=1.0, all_of_it=Nothing.SLOW)
    with pytest.raises(Unavailable, match="takes too long"):
        await heard(world, located(tmp_path / "01.m4b", make_m4b(SECONDS, TAGS)), Decode.ALWAYS)


async def test_a_missing_ffmpeg_is_told_once_and_is_a_reason_to_wait_only_if_it_is_needed(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(hearing, "find_ffmpeg", lambda: None)
    one = located(tmp_path / "01.mp3", make_mp3(SECONDS, TAGS))
    for _ in range(3):
        assert (await heard(world, one)).flaw is None
    assert caplog.text.count("ffmpeg is not installed") == 1
    with pytest.raises(Unavailable, match=r"decode: always.* needs ffmpeg"):
        await heard(world, one, Decode.ALWAYS)


async def test_a_flaw_that_is_seen_needs_no_ffmpeg(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Played(monkeypatch, ends=1.0, all_of_it=SECONDS)
    data = make_m4b(SECONDS, TAGS)
    track = await heard(world, located(tmp_path / "01.m4b", data[: len(data) // 2]))
    assert (track.flaw or "").startswith("is cut off")
    assert played.asked == []


@pytest.mark.parametrize("where", ["pread", "tinytag"])
async def test_a_disk_that_fails_is_not_the_files_fault(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    if where == "pread":
        monkeypatch.setattr(os, "pread", fails)
    else:
        monkeypatch.setattr(TinyTag, "_load", lambda *_, **__: fails())
    with pytest.raises(OSError, match="Input/output error"):
        await heard(world, located(tmp_path / "01.mp3", make_mp3(SECONDS, TAGS)), Decode.NEVER)
