"""Taking in as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

import asyncio
from typing import Annotated, ClassVar

from pydantic import Field

from audiobook_daemon.actions.kinds import Id, Words
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline.adopting.folders import adopt_folder
from audiobook_daemon.pipeline.adopting.torrents import Naming, add_torrent, adopt_torrent
from audiobook_daemon.pipeline.world import World

_Place = Annotated[str, Field(min_length=1, max_length=4096)]
_Brought = Annotated[str, Field(min_length=1, max_length=20_000)]


class Adopting:
    """Takes in what was not found by the daemon, through the same gates."""

    names: ClassVar[tuple[str, ...]] = ("adopt_torrent", "adopt_folder", "add_torrent")
    """The methods that are actions."""

    def __init__(self, world: World) -> None:
        self._world = world
        # What is looked up before it is written must not change in between.
        self._one_at_a_time = asyncio.Lock()

    async def adopt_torrent(
        self,
        hash: _Brought,  # noqa: A002 - the word of people
        want: Id | None = None,
        title: Words | None = None,
        author: Words | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Take in a torrent that the download client has, finished or not, by its info-hash.

        It becomes the download of the `want`, or of the book of this `title` and `author`; without them the book is
        read from names and tags, and left if that is not certain.
        """
        async with self._one_at_a_time:
            naming = Naming(want, title, author)
            return await adopt_torrent(self._world, hash, naming, dry_run=self._dry(dry_run))

    async def adopt_folder(
        self,
        path: _Place,
        want: Id | None = None,
        title: Words | None = None,
        author: Words | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Take in the books of a folder: checked, then linked or copied into the library; the folder is not changed.

        What lies in a library stays there and is owned. Without a `want`, or a `title` and `author`, each book that is
        certain is taken in, and the others are named and left.
        """
        async with self._one_at_a_time:
            naming = Naming(want, title, author)
            return await adopt_folder(self._world, path, naming, dry_run=self._dry(dry_run))

    async def add_torrent(
        self,
        torrent: _Brought,
        want: Id | None = None,
        title: Words | None = None,
        author: Words | None = None,
        found_at: Words | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Bring a torrent for a `want`, or a `title` and `author`: a magnet link, or a .torrent file by path or link.

        Links are followed to public addresses and to your indexers; `found_at` says for the history where it is from.
        """
        async with self._one_at_a_time:
            naming = Naming(want, title, author, found_at)
            return await add_torrent(self._world, torrent, naming, dry_run=self._dry(dry_run))

    def _dry(self, asked: bool) -> bool:
        return asked or self._world.settings.dry_run
