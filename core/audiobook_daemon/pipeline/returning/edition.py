"""What is known of the edition that stands in a library, in the words of a release, so that the two can be compared."""

from __future__ import annotations

import asyncio
from pathlib import Path

from audiobook_daemon.models import LibraryItem, Release, Replaced
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import is_audio


async def edition_of(world: World, replaced: Replaced) -> Release | None:
    """Describe an edition by what the library says and what its files are; None if it is not there any more."""
    item = await world.database.books.get(replaced.library, replaced.item)
    if item is None or item.missing:
        return None
    formats, size = await asyncio.to_thread(_files, Path(replaced.folder))
    if not formats:
        return None
    return _as_release(item, formats, size)


def _files(folder: Path) -> tuple[tuple[str, ...], int]:
    """The formats of the audio files in a folder, and their bytes; none if it cannot be read."""
    try:
        sizes = [(file.suffix.lower()[1:], file.stat().st_size) for file in folder.rglob("*") if is_audio(file.name)]
    except OSError:
        return (), 0
    return tuple(sorted({kind for kind, _ in sizes})), sum(size for _, size in sizes)


def _as_release(item: LibraryItem, formats: tuple[str, ...], size: int) -> Release:
    book = item.book
    return Release(
        item.library,
        item.id,
        book.title,
        book.authors,
        item.narrators,
        book.series,
        book.language,
        formats,
        size,
        bitrate=round(size * 8 / 1000 / item.runtime) if item.runtime else None,
        runtime=item.runtime,
        abridged=item.abridged,
    )
