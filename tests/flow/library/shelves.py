"""Libraries of invented items, filled without files, and the daemon that reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audiobookshelf.records import Item, SeriesPlace, new_id
from audiobook_daemon.events import Event
from audiobook_daemon.models import Outcome

KEY = "the-key-of-root"
_FIRST = 1_790_000_000_000


def fill(server: AudiobookshelfStandIn, *titles: str) -> list[Item]:
    """Put items on a shelf, the first title first."""
    return [_put(server, title) for title in titles]


def _put(server: AudiobookshelfStandIn, title: str) -> Item:
    shelf = server.shelf
    at = max((item.added_at for item in shelf.items.values()), default=_FIRST) + 1000
    item = Item(new_id(), new_id(), new_id(), f"Ada Lovett/{title}", False, at, at, at, at, at, at)
    item.texts["title"] = title
    item.authors = [shelf.author_named("Ada Lovett").id]
    item.narrators = ["Nora Quill"]
    shelf.items[item.id] = item
    return item


def place(server: AudiobookshelfStandIn, item: Item, *places: tuple[str, str | None]) -> None:
    """Give an item its series."""
    item.series = [SeriesPlace(server.shelf.series_named(name).id, position) for name, position in places]


@dataclass
class Home:
    """A daemon and the libraries it reads."""

    daemon: Daemon
    servers: Mapping[str, AudiobookshelfStandIn]
    file: Path
    heard: list[Event] = field(default_factory=list)

    @property
    def server(self) -> AudiobookshelfStandIn:
        """The only library."""
        (server,) = self.servers.values()
        return server

    async def sync(self, **arguments: Any) -> Outcome:  # noqa: ANN401
        """Run the action."""
        return await self.daemon.actions.get("sync").run(arguments)

    def rows(self, columns: str = "title, missing") -> list[tuple[Any, ...]]:
        """What is written down, in the order of arrival."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(f"SELECT {columns} FROM books ORDER BY id").fetchall()

    def missing(self) -> list[str]:
        """The titles of the books that are marked as missing."""
        return [title for title, missing in self.rows() if missing]

    def told(self, kind: type[Event]) -> list[Event]:
        """The events of a kind."""
        return [event for event in self.heard if type(event) is kind]


@asynccontextmanager
async def serving(folder: Path, *names: str) -> AsyncIterator[dict[str, AudiobookshelfStandIn]]:
    """Run libraries, one server each."""
    async with AsyncExitStack() as stack:
        servers = {}
        for name in names:
            (folder / name).mkdir()
            server = AudiobookshelfStandIn(folder / name, KEY, seconds_per_book=0)
            servers[name] = await stack.enter_async_context(server)
        yield servers


@asynccontextmanager
async def living_with(
    folder: Path, servers: Mapping[str, AudiobookshelfStandIn], *, hints: bool = False
) -> AsyncIterator[Home]:
    """Let a daemon live that reads these libraries and believes that half of one may go at once."""
    sections = "".join(
        f"  {name}: {{type: audiobookshelf, url: '{server.url}', token: {KEY}, hints: {hints}}}\n"
        for name, server in servers.items()
    )
    config = folder / "audiobook-daemon.yaml"
    config.write_text(
        "database: sqlite://state.db\n"
        f"route: {{library: {next(iter(servers))}}}\n"
        "sync: {most_lost: 0.5, least_lost: 0}\n"
        f"plugins:\n{sections}"
    )
    async with Daemon.assembled(config, {}) as daemon:
        await daemon.host.started()
        home = Home(daemon, servers, folder / "state.db")
        with daemon.bus.listening(home.heard.append):
            yield home


@asynccontextmanager
async def living(folder: Path, *names: str, hints: bool = False) -> AsyncIterator[Home]:
    """Let a daemon live with libraries of its own."""
    async with serving(folder, *(names or ("shelf",))) as servers, living_with(folder, servers, hints=hints) as home:
        yield home
