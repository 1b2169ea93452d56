"""Takes books out of the library again, and better editions in: undo, trash, upgrade."""

from __future__ import annotations

from typing import ClassVar

from audiobook_daemon.pipeline.world import World


class Returning:
    """Takes books out of the library again, and better editions in."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, world: World) -> None:
        self._world = world
