"""Reads the torrent that a person brings: a magnet link, a file on this machine, or a link to one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

from audiobook_daemon.errors import Refused, Unavailable
from audiobook_daemon.http import Origin, origin_of
from audiobook_daemon.models import Torrent
from audiobook_daemon.pipeline.adopting.places import place_of
from audiobook_daemon.pipeline.people import NotPossible
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Indexer
from audiobook_daemon.torrents import MOST_BYTES, read_magnet, read_torrent

T = TypeVar("T")


async def brought_torrent(world: World, text: str) -> Torrent:
    """Return the torrent of a magnet link, a path or a link; raises NotPossible, with nothing secret in its text."""
    if text.strip().startswith("magnet:"):
        return _of_magnet(text)
    if "://" in text:
        return await _of_link(world, text.strip())
    return await _of_file(world, text)


def sound(read: Callable[[], T]) -> T:
    """Return what is read; raises NotPossible if it is refused."""
    try:
        return read()
    except Refused as error:
        raise NotPossible(str(error)) from error


def _of_magnet(text: str) -> Torrent:
    link = "%20".join(text.split())  # people copy names with blanks, which end a line for a download client
    return sound(lambda: read_magnet(link))


async def _of_link(world: World, link: str) -> Torrent:
    """A link is followed to public addresses, and to the indexers of the configuration wherever they are."""
    from audiobook_daemon.http.outside import fetch_outside  # noqa: PLC0415 - it loads aiohttp

    try:
        found = await fetch_outside(link, known=frozenset(_indexers(world)), most=MOST_BYTES)
    except (Refused, Unavailable) as error:
        raise NotPossible(str(error)) from None  # what lies behind it may hold a person's key
    if isinstance(found, str):
        return _of_magnet(found)
    content = found
    return await asyncio.to_thread(sound, lambda: read_torrent(content))


def _indexers(world: World) -> Iterator[Origin]:
    for name in world.host.playing(Indexer):
        address = getattr(world.host.instances[name].plugin.config, "url", None)
        if address is not None and (origin := origin_of(str(address))):
            yield origin


async def _of_file(world: World, text: str) -> Torrent:
    place = await place_of(world, text)

    def content() -> bytes:
        if not place.is_file() or place.stat().st_size > MOST_BYTES:
            raise NotPossible(f"{place} is no .torrent file.")
        return place.read_bytes()

    try:
        data = await asyncio.to_thread(content)
    except OSError as error:
        raise NotPossible(f"The daemon cannot read {place}: {error.strerror}. Give its user the right to.") from error
    return sound(lambda: read_torrent(data))
