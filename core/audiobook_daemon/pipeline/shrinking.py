"""Tells once that a library has lost too much at once, and once that it has come back."""

from __future__ import annotations

import logging

from audiobook_daemon.events import LibraryReturned, LibraryShrunk
from audiobook_daemon.pipeline.world import World

_log = logging.getLogger(__name__)
_OWN_MEMORY = "daemon:sync"
"""No instance can have this name, for names have no colon."""


async def has_shrunk(world: World, library: str, known: int, lost: int) -> str:
    """Say that nothing was marked as missing, and why; the world is told the first time only."""
    text = (
        f"{lost} of {known} books are gone at once. That looks like a folder that is not mounted, so nothing was "
        "marked as missing. If they are really gone, run `audiobook-daemon do sync --accept-loss`."
    )
    memory = world.database.memory(_OWN_MEMORY)
    if await memory.get(library) is None:
        await memory.put(library, {"known": known, "lost": lost}, secret=False)
        await world.database.events.add("library_shrunk", f"{library}: {text}")
        _log.warning("%s: %s", library, text)
        world.bus.publish(LibraryShrunk(world.now(), library, known, lost))
    return text


async def has_returned(world: World, library: str, books: int) -> None:
    """Tell that a library which had shrunk is as it should be; others are not spoken of."""
    memory = world.database.memory(_OWN_MEMORY)
    if await memory.get(library) is None:
        return
    await memory.delete(library)
    await world.database.events.add("library_returned", f"{library}: its {books} books are there again.")
    _log.info("%s is as it was again, with %d books.", library, books)
    world.bus.publish(LibraryReturned(world.now(), library, books))
