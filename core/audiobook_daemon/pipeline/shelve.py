"""Shelve: a verified download gets its place in the library, and the library takes it in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath

from audiobook_daemon.errors import PluginError, Refused, Unavailable
from audiobook_daemon.models import LibraryItem, TorrentFile, Want, WantState
from audiobook_daemon.pipeline.describe import describe_shelved
from audiobook_daemon.pipeline.engine import entering, save
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.pipeline.verify import files_on_disk
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving import NotPlaced, Plan, folder_for, make_plan, publish, stage
from audiobook_daemon.store import WantChanges

_log = logging.getLogger(__name__)
_PLACE = "shelve"
_PATIENCE = 3
"""Faults after which a book is left without its metadata rather than without its place."""
_MOST_AT_ONCE = 10_000


async def shelve_book(world: World, want: Want) -> WantChanges | None:
    """Place the book, let the library take it in, and write its metadata.

    The folder is on record before it is made, so a crash at any point finds out how far it came and goes on from there.
    """
    library = want.library if want.library and want.library in world.host.instances else world.library()
    root = Path(await world.host.ask_one(library, Library.root))
    download = Path(want.path or "")
    files = want.torrent_files or await asyncio.to_thread(files_on_disk, download)
    async with world.folders:
        if not await _is_ours(world, root, want, download, files):
            taken = await _noted_by_others(world, want)
            folder = await asyncio.to_thread(_free_folder, root, want, taken)
            noted = await save(world, want, WantChanges(folder=str(folder), library=library))
            if noted is None:
                return None
            want = noted
    folder = Path(want.folder or "")
    place = PurePosixPath(folder.relative_to(root))
    plan = make_plan(download, files, root, place, want.id, want.selection)
    if await asyncio.to_thread(_is_published, plan):  # before a crash
        await _finish_steps(world, want, plan)
    elif await asyncio.to_thread(_is_all_there, plan):
        await _place(world, want, plan)
    else:
        return entering(WantState.DOWNLOADED, "gone", f"Files are missing in {download}; they are looked at again.")
    try:
        item = await world.host.ask_one(library, Library.admit, folder=str(folder))
    except Refused as error:  # the library's no is not the release's fault
        raise Unavailable(str(error)) from error
    item = await _describe(world, want, item)
    await world.database.books.upsert([keyed(item, want.key)])
    changes = entering(WantState.SHELVED, "shelved", f"{library} has it in {folder.relative_to(root)}.")
    changes["item"] = item.id
    return changes


async def _place(world: World, want: Want, plan: Plan) -> None:
    step = await world.database.journal.begin(want.id, _PLACE, want.path or "", str(plan.folder))
    try:
        method = await asyncio.to_thread(_carry_out, plan, world)
    except NotPlaced as error:
        await world.database.journal.undone(step)
        raise Unavailable(f"It cannot be placed: {error}") from error
    await world.database.journal.done(step)
    _log.info("%s: placed in %s by %s.", want.wish.book.title, plan.folder, method)


async def _finish_steps(world: World, want: Want, plan: Plan) -> None:
    for step in await world.database.journal.open_steps(want.id):
        if step.target == str(plan.folder):
            await world.database.journal.done(step.id)


async def _is_ours(world: World, root: Path, want: Want, download: Path, files: Sequence[TorrentFile]) -> bool:
    """Whether the folder on record is still free, or holds just what this want itself published before a crash."""
    if want.folder is None or not Path(want.folder).is_relative_to(root):
        return False
    folder = PurePosixPath(Path(want.folder).relative_to(root))
    if not await asyncio.to_thread((root / folder).exists):
        return True
    steps = await world.database.journal.for_want(want.id)
    placed = any(step.target == want.folder and step.undone is None for step in steps)
    plan = make_plan(download, files, root, folder, want.id, want.selection)
    return placed and await asyncio.to_thread(_is_published, plan)


async def _noted_by_others(world: World, want: Want) -> frozenset[str]:
    """The folders that other books on their way have on record, made or not."""
    others = await world.database.wants.list([WantState.VERIFIED], limit=_MOST_AT_ONCE)
    return frozenset(other.folder for other in others if other.folder and other.id != want.id)


def _is_published(plan: Plan) -> bool:
    """Whether the folder holds every file of the plan; one of this name that somebody else made meanwhile does not."""
    placed = [(plan.folder / step.name, step.size) for step in plan.steps]
    return bool(placed) and all(file.is_file() and file.stat().st_size == size for file, size in placed)


def _is_all_there(plan: Plan) -> bool:
    return bool(plan.steps) and all(step.source.is_file() for step in plan.steps)


def _carry_out(plan: Plan, world: World) -> str:
    method = stage(plan, world.settings.methods)
    publish(plan)
    return method.value


async def _describe(world: World, want: Want, item: LibraryItem) -> LibraryItem:
    """Write what is known about the book; the book is on the shelf already, so a fault here only costs the words."""
    try:
        return await describe_shelved(world, want, item)
    except PluginError as error:
        if isinstance(error, Unavailable) and want.faults < _PATIENCE:
            raise
        _log.warning("%s: its metadata could not be written: %s", want.wish.book.title, error)
        return item


def _free_folder(root: Path, want: Want, taken: Collection[str]) -> Path:
    """A folder that is free and on nobody's record; an edition beside another one gets its narrator or a number."""
    book = want.wish.book
    readers = want.release.narrators if want.release else ()
    marks = [None, f"{{{readers[0]}}}" if readers else None, *(f"({number})" for number in range(2, 100))]
    for mark in marks:
        folder = root / folder_for(book, mark=mark)
        if not folder.exists() and str(folder) not in taken:
            return folder
    raise Unavailable(f"{root / folder_for(book)}: a hundred folders of this name exist already.")
