"""What the daemon talks to while it is measured: stand-ins for its services, and a real broker if there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.processes import find_program
from audiobook_daemon.demo.qbittorrent import QBittorrentStandIn
from audiobook_daemon.demo.real_mosquitto import RealMosquitto
from daemons import example
from figures import Figure, report


@dataclass(frozen=True, slots=True)
class Household:
    """A folder, and the ports of the services in it; `mqtt` is 0 where mosquitto is not installed."""

    folder: Path
    qbittorrent: int
    audiobookshelf: int
    mqtt: int

    def configuration(self, name: str, *, mqtt: bool) -> Path:
        """Write a configuration into a folder of this name; every instance of it finds its service."""
        ports = {"qbittorrent": self.qbittorrent, "audiobookshelf": self.audiobookshelf}
        return example(self.folder / name, **ports, mqtt=self.mqtt if mqtt else 0)


def report_from_household(measure: Callable[[Household], Iterator[Figure]]) -> None:
    """Measure while the services answer, and print what comes of it."""
    with TemporaryDirectory() as folder:
        asyncio.run(_report(measure, Path(folder)))


async def _report(measure: Callable[[Household], Iterator[Figure]], folder: Path) -> None:
    books, downloads = folder / "books", folder / "downloads"
    books.mkdir()
    downloads.mkdir()
    token, password = "benchmark-audiobookshelf_token", "benchmark-qbittorrent_password"
    async with AsyncExitStack() as stack:
        shelf = await stack.enter_async_context(AudiobookshelfStandIn(books, token))
        client = await stack.enter_async_context(QBittorrentStandIn(downloads, downloads, password=password))
        port = 0
        if find_program(RealMosquitto.name):
            broker = RealMosquitto(folder / "mosquitto", persistence=False)
            stack.push_async_callback(broker.stop)
            await broker.start()
            port = broker.port
        home = Household(folder, client.port, shelf.port, port)
        await asyncio.to_thread(lambda: report(measure(home)))
