"""The real ffmpeg hears what is there, and is never believed where it could not do its work."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon import Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.m4b import make_m4b
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.pipeline.verify import decoding
from audiobook_daemon.pipeline.verify.decoding import Nothing, decode_all, decode_ends

SECONDS = 120.0
MAKE = {"mp3": make_mp3, "m4b": make_m4b}
Program = Callable[[str], str]


def sound(folder: Path, ending: str, *, cut: float = 1.0, blank: tuple[float, float] | None = None) -> Path:
    """A file of two minutes, of which a share is kept, or with zeros between two shares."""
    data = MAKE[ending](SECONDS, AudioTags(title="Emma"))
    data = data[: round(len(data) * cut)]
    if blank:
        first, last = (round(len(data) * share) for share in blank)
        data = data[:first] + bytes(last - first) + data[last:]
    path = folder / f"Emma & co '1'.{ending}"
    path.write_bytes(data)
    return path


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Write a program of ours that stands in for ffmpeg."""

    def write(text: str) -> str:
        path = tmp_path / "ffmpeg"
        path.write_text(f"#!{sys.executable}\nimport os, signal, sys, time\n{text}\n")
        path.chmod(0o755)
        return str(path)

    return write


@pytest.mark.parametrize("ending", MAKE)
async def test_a_whole_file_is_heard_from_beginning_to_end(ffmpeg: str, tmp_path: Path, ending: str) -> None:
    path = sound(tmp_path, ending)
    assert await decode_ends(ffmpeg, path, SECONDS) == 1.0
    assert await decode_all(ffmpeg, path, SECONDS) == pytest.approx(SECONDS, abs=0.2)


@pytest.mark.parametrize("ending", MAKE)
@pytest.mark.parametrize("fault", [{"cut": 0.6}, {"blank": (0.6, 1.0)}], ids=["cut off", "never arrived"])
async def test_of_a_truncated_file_the_end_is_not_heard(
    ffmpeg: str, tmp_path: Path, ending: str, fault: dict[str, float]
) -> None:
    path = sound(tmp_path, ending, **fault)  # type: ignore[arg-type]
    assert await decode_ends(ffmpeg, path, SECONDS) == pytest.approx(0.5, abs=0.02)
    assert await decode_all(ffmpeg, path, SECONDS) == pytest.approx(0.6 * SECONDS, rel=0.03)


@pytest.mark.parametrize("ending", MAKE)
async def test_a_gap_in_the_middle_is_missing_from_what_is_heard(ffmpeg: str, tmp_path: Path, ending: str) -> None:
    """The clock of the file runs on; what counts is the sound that came out."""
    path = sound(tmp_path, ending, blank=(0.4, 0.6))
    assert await decode_all(ffmpeg, path, SECONDS) == pytest.approx(0.8 * SECONDS, rel=0.03)


async def test_what_is_no_sound_at_all_is_not_heard(ffmpeg: str, tmp_path: Path) -> None:
    path = tmp_path / "Emma.mp3"
    path.write_text("To be read aloud. " * 5000)
    assert await decode_all(ffmpeg, path, SECONDS) == 0.0


async def test_a_list_that_names_other_files_is_not_followed(ffmpeg: str, tmp_path: Path) -> None:
    inner = sound(tmp_path, "mp3").rename(tmp_path / "private.mp3")
    for text in (f"ffconcat version 1.0\nfile '{inner}'\n", f"#EXTM3U\n#EXTINF:120,\n{inner}\n#EXT-X-ENDLIST\n"):
        listed = tmp_path / "Emma.mp3"
        listed.write_text(text)
        assert await decode_all(ffmpeg, listed, SECONDS) == 0.0


@pytest.mark.parametrize("text", ["sys.exit(255)", "os.kill(os.getpid(), signal.SIGTERM)"])
async def test_an_interrupted_ffmpeg_has_heard_nothing(program: Program, tmp_path: Path, text: str) -> None:
    with pytest.raises(Unavailable, match="interrupted"):
        await decode_all(program(text), tmp_path / "Emma.mp3", SECONDS)


@pytest.mark.parametrize(
    "text",
    [
        "sys.exit(127)",
        "print('Audio object type 42 is not implemented. Update your FFmpeg.', file=sys.stderr); sys.exit(1)",
        "print('Decoder (codec ac4) not found for input stream', file=sys.stderr); print('total_size=0')",
    ],
)
async def test_what_this_ffmpeg_cannot_decode_is_not_held_against_the_file(
    program: Program, tmp_path: Path, text: str
) -> None:
    assert await decode_all(program(text), tmp_path / "Emma.m4b", SECONDS) is Nothing.CANNOT


async def test_an_ffmpeg_that_complains_without_end_fills_no_memory(program: Program, tmp_path: Path) -> None:
    text = "for _ in range(2000): print('x' * 10_000, file=sys.stderr)\nprint('total_size=1600000')"
    assert await decode_all(program(text), tmp_path / "Emma.m4b", SECONDS) == 100.0


async def test_an_ffmpeg_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pid, hanging = tmp_path / "pid", tmp_path / "ffmpeg"
    monkeypatch.setattr(decoding, "_START", 1.0)
    hanging.write_text(f"#!/bin/sh\necho $$ > {pid}\nexec sleep 60\n")  # which hangs sooner than a Python would
    hanging.chmod(0o755)
    assert await decode_all(str(hanging), tmp_path / "Emma.m4b", 0.0) is Nothing.SLOW
    assert not is_alive(int(pid.read_text()))


async def test_ffmpeg_ends_with_the_task_that_started_it(program: Program, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    hanging = program(f"open({str(pipe)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    task = asyncio.create_task(decode_all(hanging, tmp_path / "Emma.m4b", SECONDS))
    pid = int(await asyncio.to_thread(pipe.read_text))
    async with asyncio.timeout(60):
        while os.getpriority(os.PRIO_PROCESS, pid) <= 0:  # others go first
            await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not is_alive(pid)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
