"""Lets the edition that was replaced leave for the trash, when the better one stands in the library."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import Replaced, Want
from audiobook_daemon.pipeline.engine import save
from audiobook_daemon.pipeline.returning.carrying import carry_on, exchange_folders
from audiobook_daemon.pipeline.returning.exchange import Exchange, Kind, Leaving
from audiobook_daemon.pipeline.returning.seeding import seeded_there
from audiobook_daemon.pipeline.returning.standing import BOTH
from audiobook_daemon.pipeline.returning.touched import added_by_others, touched, unlike_the_download
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving import fingerprints
from audiobook_daemon.shelving.trash import NotMoved, free_place, refusal
from audiobook_daemon.store import WantChanges

_log = logging.getLogger(__name__)
_SHELVED = "shelved"


async def settle_editions(world: World) -> None:
    """Carry on what a crash has left, and let every edition leave whose better one has been taken in.

    Called after shelving; what a person is doing at this moment is not waited for, since the next call comes soon.
    """
    if world.returning.locked():
        return
    async with world.returning:
        await carry_on(world)
        for want in await world.database.wants.replacing(_SHELVED):
            assert want.replaces is not None
            try:
                await _replace(world, want, want.replaces)
            except (PluginError, NotMoved, OSError) as error:
                _log.warning("%s: the edition before waits to be taken out: %s", want.wish.book.title, error)


async def _replace(world: World, want: Want, old: Replaced) -> None:
    root = Path(await world.host.ask_one(old.library, Library.root))
    no = await _reason_against(world, want, old, root)
    if no is None:
        place = await asyncio.to_thread(free_place, root, want.wish.book.title, world.now())
        leaving = Leaving(
            str(root),
            old.folder,
            str(place),
            want.wish.book.title,
            old.library,
            old.item,
            f"A better edition took its place: {want.folder}.",
            ours=old.release is not None,
        )
        try:
            await exchange_folders(world, Kind.UPGRADE, want.id, Exchange(leaving=leaving))
        except NotMoved as error:
            no = str(error)
    if no is not None:
        _log.warning("%s: both editions stand in the library: %s", want.wish.book.title, no)
        reason = f"Both editions stand in the library, {want.folder} and {old.folder}: {no}"
        await save(world, want, WantChanges(code=BOTH, reason=reason))


async def _changed(world: World, want: Want, folder: Path) -> tuple[str, ...]:
    """How the better edition differs from what was placed, and that from the download."""
    now = await asyncio.to_thread(fingerprints, folder) if await asyncio.to_thread(folder.is_dir) else ()
    return (await touched(world, want)).refusals or unlike_the_download(want, now)


async def _reason_against(world: World, want: Want, old: Replaced, root: Path) -> str | None:
    """Why the edition before has to stay; first of all the better one must be there, whole and known to the library."""
    new = Path(want.folder or "")
    if want.folder is None or want.item is None or (want.library, want.item) == (old.library, old.item):
        return "the library took the better edition for the one before."
    if new.is_relative_to(old.folder) or Path(old.folder).is_relative_to(new):
        return "one lies within the other."
    item = await world.database.books.get(want.library or "", want.item)
    if item is None or item.missing:
        return "the library does not list the better one."
    if changed := await _changed(world, want, new):
        return f"the better one is not as it was placed. {' '.join(changed)}"
    if inside := await world.database.books.below(old.library, old.folder):
        return f"{inside[0].book.title!r} lies within the one before."
    if old.release is not None and (told := await asyncio.to_thread(added_by_others, Path(old.folder))):
        return f"in the one before, {told}"
    return await seeded_there(world, old.folder) or await asyncio.to_thread(refusal, Path(old.folder), root)
