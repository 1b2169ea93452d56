"""Whether a library's folder is the real one, and not the empty place where its disk should be mounted."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.pipeline.world import World


async def refuse_unmounted(world: World, library: str, root: Path) -> None:
    """Raise Unavailable if the folder is not there, or is empty though books of the library are known to lie in it."""
    empty = await asyncio.to_thread(_is_empty, root)
    if empty is None:
        raise Unavailable(f"{root}, the folder of {library}, is not there; see that its disk is mounted.")
    if empty and await _holds_books(world, library, root):
        raise Unavailable(f"{root} is empty, but {library} has books there; see that its disk is mounted.")


def _is_empty(root: Path) -> bool | None:
    """Whether there is nothing in it; None if there is no such folder."""
    if not root.is_dir():
        return None
    with os.scandir(root) as entries:
        return next(entries, None) is None


async def _holds_books(world: World, library: str, root: Path) -> bool:
    last = 0
    while items := await world.database.books.all(last, brief=True):
        last = items[-1][0]
        if any(item.library == library and item.path and Path(item.path).is_relative_to(root) for _, item in items):
            return True
    return False
