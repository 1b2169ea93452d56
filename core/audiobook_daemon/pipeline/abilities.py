"""What the disks of downloads and libraries can do: said in the log at the start, and by the doctor with a remedy."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import Download, DownloadState, Finding, Level
from audiobook_daemon.pipeline.disks import download_folder, finished_downloads, library_root
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.shelving import is_audio
from audiobook_daemon.shelving.abilities import (
    first_missing,
    judge_library,
    judge_mapping,
    judge_pair,
    probe_library,
    probe_pair,
)

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)
_AGAIN = 60.0
"""Seconds after which a library that could not be asked at the start is asked again."""
_PATIENCE = 60.0
"""Seconds; a dead share must not hold up the doctor."""
_ASKED = 20
_LOOKED_AT = 1000
_LEVELS = {Level.OK: logging.INFO, Level.WARNING: logging.WARNING, Level.FAILURE: logging.WARNING}


async def examine_disks(world: World) -> Mapping[str, Sequence[Finding]]:
    """Try what disks can do; findings by the name of the client or library they are about.

    Changes nothing in a dry run, else makes and removes a dot-folder of its own. What cannot be asked is left out: its
    own check says why.
    """
    async with world.probing:
        found: dict[str, list[Finding]] = defaultdict(list)
        library = await library_root(world)
        if library is not None:
            name, root = library
            disk = await _in_time(probe_library, root, acting=not world.settings.dry_run)
            found[name].append(judge_library(disk, world.settings.keep_free) if disk else _hangs(root))
        for client in world.host.playing(DownloadClient):
            found[client] += await _examine_client(world, client, library[1] if library else None)
        return found


async def announce_disks(world: World, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Say in the log, once after the start, how books will get into the library."""
    while await library_root(world) is None:
        await pause(_AGAIN)
    try:
        for findings in (await examine_disks(world)).values():
            for finding in findings:
                remedy = f" {finding.remedy}" if finding.remedy else ""
                _log.log(_LEVELS[finding.level], "%s%s", finding.text, remedy)
    except Exception:  # noqa: BLE001 - nothing that is only said may end the daemon
        _log.exception("A mistake in the program: the disks could not be examined.")


async def _examine_client(world: World, client: str, root: Path | None) -> Sequence[Finding]:
    findings: list[Finding] = []
    finished = await _finished(world, client)
    content = await asyncio.to_thread(_first_here, finished)
    if finished:
        findings.append(await asyncio.to_thread(judge_mapping, client, content or finished[0]))
    downloads = content.parent if content else await download_folder(world, client)
    if root is None or client != world.settings.download_client:
        return findings
    if downloads is None:
        told = "Whether books can be hardlinked into the library is seen after the first download."
        return [*findings, Finding(Level.OK, told)]
    sample = await asyncio.to_thread(_sample, content) if content else None
    try:
        pair = await _in_time(probe_pair, downloads, root, sample, acting=not world.settings.dry_run)
    except OSError:
        return findings  # one of the folders is not there, which is said above
    return [*findings, judge_pair(pair, world.settings.methods) if pair else _hangs(downloads)]


async def _finished(world: World, client: str) -> Sequence[Path]:
    """Where the newest finished downloads lie, as the client says now: some on record may be long gone."""
    ids = (await finished_downloads(world, client))[:_ASKED]
    if not ids:
        return ()
    try:
        told: Sequence[Download] = await world.host.ask_one(client, DownloadClient.status, ids=ids)
    except PluginError:
        return ()
    ready = [one for one in told if one.state is DownloadState.READY and one.path]
    return [Path(one.path) for one in ready if one.path and Path(one.path).is_absolute()]


async def _in_time(probe: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | None:
    """What comes of a look at disks; None if one of them hangs."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await asyncio.to_thread(probe, *arguments, **named)
    except TimeoutError:
        return None


def _first_here(places: Sequence[Path]) -> Path | None:
    return next((place for place in places if first_missing(place) is None), None)


def _sample(content: Path) -> Path | None:
    """A file of a finished download, audio if there is any."""
    if content.is_file():
        return content
    files = [file for _, file in zip(range(_LOOKED_AT), content.rglob("*"), strict=False)]
    plain = [file for file in files if file.is_file() and not file.is_symlink()]
    return next((file for file in plain if is_audio(file.name)), plain[0] if plain else None)


def _hangs(place: Path) -> Finding:
    return Finding(Level.FAILURE, f"{place} does not answer.", "See that the disk or the server behind it is there.")
