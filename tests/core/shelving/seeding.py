"""Downloads to be shelved: files of a hundred bytes and a little more, each different."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from audiobook_daemon import TorrentFile
from audiobook_daemon.shelving import Plan, Sidecar, make_plan


def download(folder: Path, *names: str) -> tuple[Path, tuple[TorrentFile, ...]]:
    files = []
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes([number]) * (100 + number))
        files.append(TorrentFile(name, 100 + number))
    return folder / PurePosixPath(names[0]).parts[0], tuple(files)


def plan_of(folder: Path, *names: str, place: str = "A/B", sidecars: tuple[Sidecar, ...] = ()) -> Plan:
    """A plan to shelve the files of these names in a new library."""
    content, files = download(folder / "seeding", *names)
    root = folder / "library"
    root.mkdir(exist_ok=True)
    return make_plan(content, files, root, PurePosixPath(place), 1, sidecars=sidecars)
