"""Verify: a finished download is whole, playable and the wanted book; else it is put aside and goes on seeding."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import DownloadState, TorrentFile, Want, WantState
from audiobook_daemon.pipeline.engine import entering, put_aside, save
from audiobook_daemon.pipeline.packs import attach_others, refuse_taken, select
from audiobook_daemon.pipeline.verified import note
from audiobook_daemon.pipeline.verify.hearing import hear
from audiobook_daemon.pipeline.verify.listening import Track, is_whole
from audiobook_daemon.pipeline.verify.verdict import Answer, examine
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import DownloadClient
from audiobook_daemon.shelving import Located, locate
from audiobook_daemon.store import WantChanges

_NAMED = 3


async def verify_download(world: World, want: Want) -> WantChanges | None:
    """Look at the files of a finished download, the cheap questions first."""
    if want.path is None or want.release is None:
        return entering(WantState.DOWNLOADING, "path_unknown", "Its place on disk is not known yet.")
    path = Path(want.path)
    if not await asyncio.to_thread(path.exists):
        return await _gone(world, want)
    if not want.torrent_files:
        known = await _with_files(world, want, path)
        if known is None:
            return None
        want = known
    files = locate(path, want.torrent_files, want.selection)
    if not files:
        return await put_aside(world, want, "no_audio", "The torrent holds no audio files.")
    whole = await asyncio.to_thread(_whole, files)
    if len(whole) < len(files):
        return await _not_whole(world, want, [one.place.name for one in files if one not in whole], there=bool(whole))
    await note(world, want, (one.place for one in files))
    tracks = await hear(world, files)
    if flaws := [f"{track.name} {track.flaw}" for track in tracks if track.flaw]:
        return await put_aside(world, want, "unreadable", f"{_some(flaws)}.")
    return await _consequence(world, want, tracks)


async def _consequence(world: World, want: Want, tracks: Sequence[Track]) -> WantChanges:
    verdict = await examine(world, want, tracks)
    if verdict.answer is Answer.WRONG:
        return await put_aside(world, want, verdict.code, verdict.reason)
    state = WantState.REVIEW if verdict.answer is Answer.DOUBTFUL else WantState.VERIFIED
    changes = entering(state, verdict.code, verdict.reason)
    if verdict.order:
        changes["selection"] = verdict.order
    return changes


async def _with_files(world: World, want: Want, path: Path) -> Want | None:
    """Of a magnet link the files are known only now; None when a person was faster."""
    record = await world.database.downloads.get(want.download or "")
    if record is not None and record.download.root == str(path):
        raise Unavailable(f"Its files lie loose in {path}; let {want.client} make a folder for each torrent.")
    files = await asyncio.to_thread(files_on_disk, path)
    selection = await asyncio.to_thread(select, want.wish, files, want.release.authors if want.release else ())
    await refuse_taken(world, want, want.download or "", selection)
    noted = await save(world, want, WantChanges(torrent_files=files, selection=selection))
    if noted is not None:
        await attach_others(world, noted)
    return noted


def files_on_disk(path: Path) -> tuple[TorrentFile, ...]:
    """The files that lie at the content path of a download, named as its torrent would."""
    if path.is_file():
        return (TorrentFile(path.name, path.stat().st_size),)
    found = sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
    return tuple(TorrentFile(file.relative_to(path.parent).as_posix(), file.stat().st_size) for file in found)


def _whole(files: Sequence[Located]) -> tuple[Located, ...]:
    return tuple(one for one in files if is_whole(one))


async def _not_whole(world: World, want: Want, names: Sequence[str], *, there: bool) -> WantChanges:
    """Blame the torrent only if the client, asked again, still says that all of it is there."""
    if want.download is None:
        raise Unavailable(f"Not as it was when it was adopted: {_some(names)}. Adopt {want.path} again.")
    if not there:
        return await _gone(world, want)
    if not await _is_said_to_be_here(world, want):
        return entering(WantState.DOWNLOADING, "gone", "The download client is still busy with it; it is asked again.")
    return await put_aside(world, want, "incomplete", f"Not whole: {_some(names)}.")


async def _gone(world: World, want: Want) -> WantChanges:
    """Ask the client where the files are; raises Unavailable when it insists on where we cannot see them."""
    if want.download is None:
        raise Unavailable(f"{want.path}, which a person named, is not there now. Is its disk mounted?")
    if await _is_said_to_be_here(world, want):
        raise Unavailable(
            f"{want.path} does not exist here, but {want.client} says it is there. Check the mount, and `paths` of "
            f"{want.client} in the configuration."
        )
    return entering(WantState.DOWNLOADING, "gone", "Its files are gone; the download client is asked again.")


async def _is_said_to_be_here(world: World, want: Want) -> bool:
    client = want.client or world.download_client()
    found = await world.host.ask_one(client, DownloadClient.status, ids=(want.download or "",))
    return bool(found) and found[0].state is DownloadState.READY and found[0].path == want.path


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{'; '.join(names[:_NAMED])}{more}"
