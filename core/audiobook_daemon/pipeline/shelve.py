"""Shelve: a verified download gets its place in the library, and the library takes it in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from audiobook_daemon.errors import PluginError, Unavailable
from audiobook_daemon.models import Facts, LibraryItem, TorrentFile, Want, WantState
from audiobook_daemon.pipeline.describe import facts_for
from audiobook_daemon.pipeline.engine import entering, save
from audiobook_daemon.pipeline.verify import files_of
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving import NotPlaced, Plan, folder_for, make_plan, publish, stage
from audiobook_daemon.store import WantChanges

_log = logging.getLogger(__name__)
_PLACE = "shelve"


async def shelve_book(world: World, want: Want) -> WantChanges | None:
    """Place the book, let the library take it in, and write its metadata.

    The folder is on record before it is made, so a crash at any point finds out how far it came and goes on from there.
    """
    library = want.library or world.library()
    root = Path(await world.host.ask_one(library, Library.root))
    download = Path(want.path or "")
    files = await asyncio.to_thread(files_of, want, download)
    if want.folder is None or not await asyncio.to_thread(_is_ours, Path(want.folder), download, files, want.id):
        folder = await asyncio.to_thread(_free_folder, root, want)
        noted = await save(world, want, WantChanges(folder=str(folder), library=library))
        if noted is None:
            return None
        want = noted
    folder = Path(want.folder or "")
    await _place(world, want, make_plan(download, files, root, PurePosixPath(folder.relative_to(root)), want.id))
    item = await world.host.ask_one(library, Library.admit, folder=str(folder))
    item = await _describe(world, want, item)
    await world.database.books.upsert([(item, want.key)])
    changes = entering(WantState.SHELVED, "shelved", f"{library} has it in {folder.relative_to(root)}.")
    changes["item"] = item.id
    return changes


async def _place(world: World, want: Want, plan: Plan) -> None:
    if await asyncio.to_thread(plan.folder.is_dir):
        return  # published before a crash
    step = await world.database.journal.begin(want.id, _PLACE, want.path or "", str(plan.folder))
    try:
        method = await asyncio.to_thread(_carry_out, plan, world)
    except NotPlaced as error:
        raise Unavailable(f"It cannot be placed: {error}") from error
    await world.database.journal.done(step)
    _log.info("%s: placed in %s by %s.", want.wish.book.title, plan.folder, method)


def _is_ours(folder: Path, download: Path, files: Sequence[TorrentFile], want_id: int) -> bool:
    """Whether a folder on record is still free, or holds just what this want published before a crash."""
    if not folder.exists():
        return True
    steps = make_plan(download, files, folder.parent, PurePosixPath(folder.name), want_id).steps
    return all((folder / step.name).is_file() and (folder / step.name).stat().st_size == step.size for step in steps)


def _carry_out(plan: Plan, world: World) -> str:
    method = stage(plan, world.settings.methods)
    publish(plan)
    return method.value


async def _describe(world: World, want: Want, item: LibraryItem) -> LibraryItem:
    """Write what is known about the book; the book is on the shelf already, so a fault here only costs the words."""
    try:
        facts: Facts = await facts_for(world, want)
        return await world.host.ask_one(item.library, Library.update, item=item.id, changes=facts)
    except Unavailable:
        raise
    except PluginError as error:
        _log.warning("%s: its metadata could not be written: %s", want.wish.book.title, error)
        return item


def _free_folder(root: Path, want: Want) -> Path:
    """A folder that does not exist yet; an edition beside another one gets its narrator or a number."""
    book = want.wish.book
    readers = want.release.narrators if want.release else ()
    marks = [None, f"{{{readers[0]}}}" if readers else None, *(f"({number})" for number in range(2, 100))]
    for mark in marks:
        folder = root / folder_for(book, mark=mark)
        if not folder.exists():
            return folder
    raise Unavailable(f"{root / folder_for(book)}: a hundred folders of this name exist already.")
