"""A person with files and torrents, and the pipeline that is to take them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING

import bencode2

from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import Download, DownloadState
from audiobook_daemon.pipeline import Decode
from audiobook_daemon.pipeline.adopting import Adopting

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

EMMA = AudioTags(album="Emma", artist="Jane Austen", composer="Nadia May")


class Person:
    """Somebody with files of their own, outside of the library and of the downloads."""

    def __init__(self, world: SmallWorld) -> None:
        self.world = world
        self.adopting = Adopting(world.around)
        self.place = world.folder / "own"
        self.place.mkdir()
        world.around.settings = replace(world.around.settings, decode=Decode.NEVER)

    def has(self, path: str, tags: AudioTags | None = EMMA, *, parts: int = 2) -> Path:
        """Put a recording in so many files there, or one if the path is that of a file."""
        place = self.place / path
        if place.suffix == ".mp3":
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(make_mp3(1, tags or AudioTags()))
            return place
        place.mkdir(parents=True)
        for number in range(1, parts + 1):
            (place / f"{number:02d}.mp3").write_bytes(make_mp3(1, replace(tags or AudioTags(), track=number)))
        return place

    def torrent(self, name: str, files: Mapping[str, int], *, private: bool = False) -> tuple[Path, str]:
        """Write a .torrent file of these files and sizes; returns its path and info-hash."""
        listed = [
            {b"path": [part.encode() for part in path.split("/")], b"length": size} for path, size in files.items()
        ]
        info = {b"name": name.encode(), b"piece length": 16384, b"pieces": b"x" * 20, b"files": listed}
        if private:
            info[b"private"] = 1
        place = self.place / f"{name}.torrent"
        place.write_bytes(bencode2.bencode({b"announce": b"http://tracker.example/key", b"info": info}))
        return place, sha1(bencode2.bencode(info), usedforsecurity=False).hexdigest()

    def client_has(self, info_hash: str, name: str, path: Path | None = None, *, progress: float = 1.0) -> None:
        """Let the download client have a torrent that the daemon did not add."""
        ready = DownloadState.READY if progress == 1 else DownloadState.DOWNLOADING
        self.world.qbittorrent.downloads[info_hash] = Download(
            "qbittorrent",
            info_hash,
            ready,
            name,
            progress,
            path=str(path) if path else None,
            root=str(path.parent) if path else None,
        )

    async def tend(self) -> None:
        """Let the daemon do its work."""
        for verb in ("grab", "watch", "verify", "shelve"):
            await getattr(self.world.pipeline, verb)()
