"""Verify: a finished download is whole, playable, and as long as the book should be; else the next candidate."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.matching import author_key
from audiobook_daemon.models import TorrentFile, Want, WantState
from audiobook_daemon.pipeline.engine import entering, put_aside
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.shelving import Step, make_plan
from audiobook_daemon.shelving.naming import folder_for
from audiobook_daemon.store import WantChanges


@dataclass(frozen=True, slots=True)
class Recording:
    """What the files themselves say; seconds."""

    runtime: float
    unreadable: tuple[str, ...] = ()
    wrong_size: tuple[str, ...] = ()


async def verify_download(world: World, want: Want) -> WantChanges | None:
    """Look at the files of a finished download."""
    if want.path is None or want.release is None:
        return entering(WantState.DOWNLOADING, "path_unknown", "Its place on disk is not known yet.")
    path = Path(want.path)
    if not await asyncio.to_thread(path.exists):
        await _explain_absence(world, want, path)
        return entering(WantState.DOWNLOADING, "gone", "Its files are gone; the download client is asked again.")
    files = await asyncio.to_thread(files_of, want, path)
    plan = make_plan(path, files, path.parent, folder_for(want.wish.book), want.id)
    if not plan.steps:
        return await put_aside(world, want, "no_audio", "The torrent holds no audio files.")
    recording = await asyncio.to_thread(listen, plan.steps)
    if recording.wrong_size:
        reason = f"Not whole: {', '.join(recording.wrong_size[:3])}."
        return await put_aside(world, want, "incomplete", reason)
    if recording.unreadable:
        reason = f"Cannot be played: {', '.join(recording.unreadable[:3])}."
        return await put_aside(world, want, "unreadable", reason)
    if wrong := _wrong_runtime(want, recording.runtime, world.settings.runtime_tolerance):
        return await put_aside(world, want, "wrong_runtime", wrong)
    minutes = recording.runtime / 60
    return entering(WantState.VERIFIED, "verified", f"{len(plan.steps)} files, {minutes:.1f} minutes, all readable.")


def listen(steps: Sequence[Step]) -> Recording:
    """Open every audio file; sizes are compared with the torrent's."""
    from tinytag import TinyTag, TinyTagException  # noqa: PLC0415 - only needed when a download is complete

    runtime = 0.0
    unreadable, wrong_size = [], []
    for step in steps:
        if not step.source.is_file() or step.source.stat().st_size != step.size:
            wrong_size.append(step.source.name)
            continue
        try:
            duration = TinyTag.get(step.source).duration
        except (TinyTagException, ValueError, KeyError, IndexError):
            duration = None
        if not duration:
            unreadable.append(step.source.name)
        else:
            runtime += duration
    return Recording(runtime, tuple(unreadable), tuple(wrong_size))


async def _explain_absence(world: World, want: Want, path: Path) -> None:
    """Raise Unavailable with the likely cause when the client insists that the files are where we cannot see them."""
    found = await world.host.ask_one(
        want.client or world.download_client(), DownloadClient.status, ids=(want.download or "",)
    )
    if found and found[0].path == want.path:
        raise Unavailable(
            f"{path} does not exist here, but {want.client} says it is there. Check the mount, and `paths` of "
            f"{want.client} in the configuration."
        )


def _known_runtimes(want: Want) -> tuple[float, ...]:
    """The running times that speak of this recording: the wish's, unless another narrator reads, and the release's own.

    What an indexer says of a release with several files is the time of one of them.
    """
    release, wish = want.release, want.wish
    readers = {author_key(name) for name in release.narrators} if release else set()
    another = readers and wish.narrators and not readers & {author_key(name) for name in wish.narrators}
    own = (release.runtime,) if release and release.runtime and release.files == 1 else ()
    return own if another else (*wish.runtimes, *own)


def _wrong_runtime(want: Want, runtime: float, tolerance: float) -> str | None:
    known = _known_runtimes(want)
    if not known:
        return None
    nearest = min(known, key=lambda one: abs(one - runtime))
    if abs(nearest - runtime) <= tolerance * nearest:
        return None
    return f"It runs {runtime / 60:.1f} minutes, the known editions {', '.join(f'{one / 60:.1f}' for one in known)}."


def files_of(want: Want, path: Path) -> tuple[TorrentFile, ...]:
    """The files of a want's torrent; for a magnet link, whose torrent is not known, those that lie at `path`."""
    if want.torrent_files:
        return want.torrent_files
    if path.is_file():
        return (TorrentFile(path.name, path.stat().st_size),)
    found = sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
    return tuple(TorrentFile(file.relative_to(path.parent).as_posix(), file.stat().st_size) for file in found)
