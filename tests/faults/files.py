"""Faults of disks and files: full, read-only, changed behind the daemon's back."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from pathlib import Path

from tests.faults.disk import tamper
from tests.faults.invariants import audio
from tests.faults.script import CallFault, Script
from tests.faults.trial import Trial

from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.models import WantState

WAYS = ("swap", "truncate", "symlink", "touch", "remove")
"""What is done to a file of a download between its verification and its place in the library."""
_SPARE = 50_000_000


async def full_disk(trial: Trial) -> None:
    """The library lies on a disk of its own that has room for a quarter of the books; later it grows."""
    library = trial.world.library
    size = sum(file.stat().st_size for file in audio(trial.world.catalogue.content))
    held = sum(file.stat().st_size for file in library.rglob("*"))
    await _mount(trial, held + size // 4)
    for _ in range(4):
        trial.record.add("full disk", str(library))
        await trial.live(Script(rounds=8, limit=trial.rng.choice((1, 3, 100))))
    _run("mount", "-o", f"remount,size={held + 3 * size + _SPARE}", str(library))


async def read_only(trial: Trial) -> None:
    """The file system of the library is read-only for a while, as after an error of the disk."""
    library = trial.world.library
    await _mount(trial, 20 * _SPARE)
    for _ in range(4):
        await trial.live(Script(rounds=trial.rng.randint(1, 3), limit=trial.rng.choice((1, 2, 3))))
        _run("mount", "-o", "remount,ro", str(library))
        trial.record.add("read-only", str(library))
        await trial.live(Script(rounds=5, limit=trial.rng.choice((1, 3, 100))))
        _run("mount", "-o", "remount,rw", str(library))


async def tampering(trial: Trial, how: str) -> None:
    """A file of a download is changed: between two lives, and in the very moment it is about to be linked."""
    for number in range(2 + trial.books // 2):
        await trial.live(Script(rounds=6, limit=1, shelves=False))
        calls: tuple[CallFault, ...] = ()
        if number % 2:
            calls = (CallFault("link", trial.rng.randint(1, 4), how),)
        else:
            await _change_one(trial, how)
        trial.expect_changed = how != "touch"
        if await trial.live(Script(rounds=4, calls=calls)) == "settled":
            break
    _mend(trial)


async def _change_one(trial: Trial, how: str) -> None:
    known = await trial.known()
    states = {WantState.DOWNLOADED, WantState.VERIFIED}
    paths = sorted(want.path for want in known.wants if want.state in states and want.path)
    if files := [file for path in paths for file in sorted(audio(Path(path)))]:
        place = trial.rng.choice(files)
        trial.record.add(f"link {how}", str(place))
        tamper(place, how)


def _mend(trial: Trial) -> None:
    """Do what a person does: throw away what is damaged and let the client fetch it anew."""
    client = trial.world.services.qbittorrent
    assert isinstance(client, QBittorrentStandIn)
    for transfer in client.transfers.values():
        places = [Path(transfer.save_path, path) for _, path, _ in transfer.files]
        if trial.tampered.intersection(places):
            for place in trial.tampered.intersection(places):
                place.unlink(missing_ok=True)
                place.with_name(f"{place.name}.elsewhere").unlink(missing_ok=True)
            transfer.recheck()


async def _mount(trial: Trial, size: int) -> None:
    """Put the library onto a small file system of its own until the trial is over; nothing there is kept free."""
    text = trial.world.config.read_text().replace("plugins:\n", "shelve: {keep_free: 1KB}\n\nplugins:\n", 1)
    trial.world.config.write_text(text)
    library = trial.world.library
    before = library.with_name("library-before")
    shutil.copytree(library, before)
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(library))
    trial.stack.callback(_run, "umount", "--lazy", str(library))
    shutil.copytree(before, library, dirs_exist_ok=True)
    shelf = trial.world.audiobookshelf.library
    shelf.scan()
    while shelf.tasks():
        await asyncio.sleep(0.02)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
