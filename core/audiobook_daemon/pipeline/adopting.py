"""Takes in what was not found by the daemon: finished torrents, folders, torrents and magnets that people bring."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.pipeline.world import World


class Adopting:
    """Takes in what was not found by the daemon, through the same gates."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, world: World) -> None:
        self._world = world
