"""A torrent of several books, as it is offered, downloaded and shelved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audiobook_daemon import TorrentFile
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_daemon.models import DownloadState, Want, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

TITLES = ("Emma", "Persuasion", "Lady Susan", "Mansfield Park", "Sanditon")
HASH = "a" * 40


class Pack:
    """A torrent of several books, two files each, as an indexer offers it and a client downloads it."""

    def __init__(self, world: SmallWorld, titles: Sequence[str] = TITLES, *, magnet: bool = False) -> None:
        self.world = world
        self.folder = world.folder / "downloads" / "Jane Austen"
        self.release = replace(world.offer("Jane Austen Collection"), key="pack")
        data = {
            f"{number} - {title}/{part}.mp3": make_mp3(2, AudioTags(album=title, artist="Jane Austen"))
            for number, title in enumerate(titles, start=1)
            for part in ("Part 1", "Part 2")
        }
        self.data = data
        self.files = tuple(TorrentFile(f"{self.folder.name}/{path}", len(bytes_)) for path, bytes_ in data.items())
        world.mam.same_torrent = HASH
        world.mam.files = () if magnet else self.files

    async def chosen(self, title: str) -> Want:
        """A want for which the pack was chosen."""
        return await self.world.want(title, state=WantState.CHOSEN, release=self.release)

    def paths(self, title: str) -> tuple[str, ...]:
        return tuple(file.path for file in self.files if f" - {title}/" in file.path)

    def arrive(self) -> None:
        """Let all of it be there."""
        for path, data in self.data.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        for info_hash, download in self.world.qbittorrent.downloads.items():
            ready = replace(download, state=DownloadState.READY, path=str(self.folder))
            self.world.qbittorrent.downloads[info_hash] = ready

    async def tend(self) -> None:
        for verb in (self.world.pipeline.watch, self.world.pipeline.verify, self.world.pipeline.shelve):
            await verb()


def shelf(world: SmallWorld) -> list[str]:
    root = world.shelves.folder
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


def shelved(*titles: str) -> list[str]:
    return sorted(f"Jane Austen/{title}/Part {part}.mp3" for title in titles for part in (1, 2))
