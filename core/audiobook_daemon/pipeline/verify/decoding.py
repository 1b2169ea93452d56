"""Lets ffmpeg decode a file, to hear whether there is sound from its beginning to its end."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from audiobook_daemon.errors import Unavailable

PROBE = 10.0
"""Seconds of the beginning and of the end."""
_SHORT = 4 * PROBE
"""A file that is shorter is decoded whole."""
_START = 60.0
"""Seconds that ffmpeg has before it must have said something; a disk may have to wake up."""
_SLOWEST = 20
"""So many times faster than it is played, at least, any machine decodes."""
_NICE = 15
_RATE, _SAMPLE = 8000, 2
"""What it is decoded to, mono: samples a second and bytes a sample."""
_KEPT = 16 * 1024
_SIZE = re.compile(rb"total_size=(\d+)")
_CANNOT = re.compile(rb"not implemented|[Dd]ecoder .{0,80}not found|Unknown decoder")
"""It is ffmpeg that lacks something (xHE-AAC before version 7.1), not the file."""
_INTERRUPTED = 255
_NO_PROGRAM = (126, 127)
_SAFE = (
    *("-protocol_whitelist", "file"),
    *("-format_whitelist", "mp3,mov,mp4,m4a,3gp,3g2,mj2,aac,flac,ogg,asf,aiff,wav,matroska,webm,amr"),
)
"""A file that is secretly a list of other files or addresses is not followed."""


class Nothing(Enum):
    """Why a file was not decoded, where that is not the file's fault."""

    CANNOT = auto()
    """This ffmpeg cannot read such files."""
    SLOW = auto()
    """It took too long."""


def find_ffmpeg() -> str | None:
    """The program, if it is installed."""
    return shutil.which("ffmpeg")


async def decode_ends(program: str, file: Path, runtime: float) -> float | Nothing:
    """Decode the first and the last seconds of a file, and return the share of them that held sound, 0 to 1.

    Raises Unavailable when ffmpeg was interrupted, and FileNotFoundError if it has just been removed.
    """
    if runtime < _SHORT:
        heard = await decode_all(program, file, runtime)
        return heard if isinstance(heard, Nothing) else min(1.0, heard / runtime)
    source = f"file:{file}"
    arguments = (
        *(*_SAFE, "-t", f"{PROBE:g}", "-i", source),
        *(*_SAFE, "-sseof", f"-{PROBE:g}", "-i", source),
        *("-filter_complex", "[0:a:0][1:a:0]concat=n=2:v=0:a=1"),
    )
    heard = await _run(program, arguments, _START)
    return heard if isinstance(heard, Nothing) else min(1.0, heard / (2 * PROBE))


async def decode_all(program: str, file: Path, runtime: float) -> float | Nothing:
    """Decode a whole file and return how many seconds of sound it holds; `runtime` is what is expected."""
    arguments = (*_SAFE, "-i", f"file:{file}", "-map", "0:a:0")
    return await _run(program, arguments, _START + runtime / _SLOWEST)


async def _run(program: str, arguments: Sequence[str], limit: float) -> float | Nothing:
    process = await asyncio.create_subprocess_exec(
        program,
        *("-nostdin", "-hide_banner", "-y", "-v", "warning", "-threads", "1", *arguments),
        *("-progress", "pipe:1", "-f", "s16le", "-ac", "1", "-ar", str(_RATE), os.devnull),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # what is typed at the terminal is not meant for it
    )
    try:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        async with asyncio.timeout(limit):
            told, complaints = await asyncio.gather(_read(process.stdout, end=True), _read(process.stderr, end=False))
            code = await process.wait()
    except TimeoutError:
        return Nothing.SLOW
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _heard(told, complaints, code)


def _heard(told: bytes, complaints: bytes, code: int) -> float | Nothing:
    if code < 0 or code == _INTERRUPTED:
        raise Unavailable("ffmpeg was interrupted.")
    sizes = _SIZE.findall(told)
    heard = int(sizes[-1]) / (_RATE * _SAMPLE) if sizes else 0.0
    if not heard and (code in _NO_PROGRAM or _CANNOT.search(complaints)):
        return Nothing.CANNOT
    return heard


async def _read(stream: asyncio.StreamReader | None, *, end: bool) -> bytes:
    """Read all of a stream and keep its end or its beginning; a broken file makes ffmpeg complain a million times."""
    kept = b""
    while stream is not None and (piece := await stream.read(_KEPT)):
        kept = (kept + piece)[-_KEPT:] if end else (kept + piece)[:_KEPT]
    return kept
