"""Has the files of a download decoded, as far as the configuration asks for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.pipeline.verify.decoding import Nothing, decode_all, decode_ends, find_ffmpeg
from audiobook_daemon.pipeline.verify.listening import Track, listen
from audiobook_daemon.pipeline.verify.runtime import spoken
from audiobook_daemon.pipeline.world import Decode, World
from audiobook_daemon.shelving import Located

_log = logging.getLogger(__name__)
_MISSING = "ffmpeg"
_ENOUGH = 0.9
"""Of the beginning and the end; less is a reason to decode the whole file."""
_WHOLE = 0.98
_ESTIMATED = 0.5
"""An estimated running time may be this wrong; what was decoded takes its place."""
_LONGEST = 40 * 3600.0
"""What may be expected of a file that says nothing; seconds."""
_SLACK = 2.0
"""Seconds."""


async def hear(world: World, files: Sequence[Located]) -> tuple[Track, ...]:
    """Open the files one after the other, and decode those that seem sound; raises OSError for a disk that fails.

    Raises Unavailable when everything is to be decoded and ffmpeg cannot do it now.
    """
    program = _program(world)
    tracks = []
    for one in files:
        track = await asyncio.to_thread(listen, one)
        if program is not None and (track.flaw is None or not track.opened):
            track = await _decoded(world, program, track)
        tracks.append(track)
    return tuple(tracks)


def _program(world: World) -> str | None:
    if world.settings.decode is Decode.NEVER:
        return None
    program = find_ffmpeg()
    if program is None and world.settings.decode is Decode.ALWAYS:
        raise Unavailable("`verify: {decode: always}` needs ffmpeg, which is not installed.")
    if program is None and _MISSING not in world.said:
        world.said.add(_MISSING)
        _log.info("ffmpeg is not installed; finished downloads are opened, but not decoded.")
    return program


async def _decoded(world: World, program: str, track: Track) -> Track:
    if track.runtime is not None and world.settings.decode is Decode.AUTO:
        share = await decode_ends(program, track.place, track.runtime)
        if isinstance(share, Nothing) or share >= _ENOUGH:
            return track
    heard = await decode_all(program, track.place, track.runtime or _LONGEST)
    if heard is Nothing.SLOW and world.settings.decode is Decode.ALWAYS:
        raise Unavailable(f"Decoding {track.name} takes too long; is this machine busy?")
    if isinstance(heard, Nothing):
        _log.info("%s was not decoded: %s.", track.name, _why_not(track, heard))
        return track
    return _compared(track, heard)


def _compared(track: Track, heard: float) -> Track:
    expected = track.runtime or 0.0
    if not heard:
        return replace(track, flaw="cannot be played")
    if heard < expected * (_WHOLE if track.exact else _ESTIMATED) - _SLACK:
        return replace(track, flaw=f"can be played for {spoken(heard)} of {spoken(expected)}")
    return replace(track, flaw=None, runtime=expected if track.exact else heard)


def _why_not(track: Track, nothing: Nothing) -> str:
    if nothing is Nothing.SLOW:
        return "it took too long"
    return f"this ffmpeg does not know such {track.place.suffix} files"
