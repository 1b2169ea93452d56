"""Which paths may be named, and by whom: at the machine any, from elsewhere those that the daemon works with."""

from __future__ import annotations

import asyncio
from pathlib import Path

from audiobook_daemon.actions import asked_from_afar
from audiobook_daemon.errors import PluginError
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library


async def place_of(world: World, path: str) -> Path:
    """The real place of a path that somebody named, links followed.

    Raises NotPossible if it is not absolute, is not there, or is not for those who ask from another machine.
    """
    if not path.startswith("/") or "\0" in path:
        raise NotPossible(f"{path!r} is no absolute path; the daemon does not know the folder you are in.")
    try:
        place = await asyncio.to_thread(Path(path).resolve, strict=True)
    except FileNotFoundError:
        raise NotPossible(f"There is no {path} on the machine the daemon runs on.") from None
    except (OSError, RuntimeError) as error:
        raise NotPossible(f"The daemon cannot reach {path}: {error}. Give its user the right to.") from None
    if asked_from_afar():
        await _refuse_foreign(world, place, path)
    return place


async def library_roots(world: World) -> dict[str, Path]:
    """The real folder of each library, by its name; raises NotPossible if one cannot tell now."""
    found: dict[str, Path] = {}
    for library in world.host.playing(Library):
        try:
            root = await world.host.ask_one(library, Library.root)
        except PluginError as error:
            raise NotPossible(f"{library} cannot say now where its books lie: {error}") from error
        found[library] = await asyncio.to_thread(Path(root).resolve)
    return found


async def _refuse_foreign(world: World, place: Path, path: str) -> None:
    """Files that MQTT and HTTP may name lie where downloads or books lie: elsewhere the daemon has no business."""
    roots = [*await world.database.downloads.roots(), *map(str, (await library_roots(world)).values())]
    allowed = [await asyncio.to_thread(Path(root).resolve) for root in roots]
    if not any(place.is_relative_to(root) for root in allowed if root != Path(root.anchor)):
        raise NotPossible(
            f"{path} does not lie below a folder the daemon works with ({', '.join(roots) or 'there is none yet'}); "
            "name it on the command line of its own machine."
        )
