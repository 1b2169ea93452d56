"""Takes a shelved book out of the library again, unless somebody has touched it since."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.pipeline.returning.carrying import carry_on, exchange_folders
from audiobook_daemon.pipeline.returning.exchange import Coming, Exchange, Kind, Leaving
from audiobook_daemon.pipeline.returning.people import edited_fields
from audiobook_daemon.pipeline.returning.refused import NotReturned
from audiobook_daemon.pipeline.returning.seeding import seeded_there
from audiobook_daemon.pipeline.returning.touched import Touched, touched
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving.trash import free_place, refusal
from audiobook_daemon.store import TrashEntry


@dataclass(frozen=True, slots=True)
class _Undo:
    """What is to be done, and what there is to say about it."""

    want: Want
    exchange: Exchange
    notes: tuple[str, ...]


async def take_out(
    world: World, want_id: int, *, reject: bool = False, force: bool = False, dry_run: bool = False
) -> Outcome:
    """Take a shelved book into the trash; of one that had replaced another edition, that one comes back first.

    `reject` blocks its release for good; `force` takes it out although it was changed since. Raises NotReturned, and
    NotMoved when the disk refuses.
    """
    async with world.returning:
        if not dry_run:
            await carry_on(world)
        undo = await _decide(world, want_id, reject=reject, force=force)
        title, said = undo.want.wish.book.title, ""
        if not dry_run:
            said = await exchange_folders(world, Kind.UNDO, want_id, undo.exchange)
    told = [f"undo: {title} {'would go into' if dry_run else 'lies in'} the trash."]
    if undo.exchange.coming:
        told.append(f"The edition before {'would come' if dry_run else 'came'} back.")
    sentence = " ".join([*told, *undo.notes, *([said] if said else [])])
    data = {"id": want_id, "title": title, "steps": undo.exchange.lines(), "notes": list(undo.notes)}
    return Outcome(sentence, 1, 0 if dry_run else 1, data=data)


async def _decide(world: World, want_id: int, *, reject: bool, force: bool) -> _Undo:
    want = await world.database.wants.get(want_id)
    if want is None:
        raise NotReturned(f"There is no want {want_id}; `audiobook-daemon wants` lists them.")
    name = f"{want.wish.book.title!r} (want {want.id})"
    if want.state is not WantState.SHELVED or want.folder is None or want.library is None:
        raise NotReturned(f"{name} cannot be taken out: it is {want.state}, and only what was shelved here can be.")
    root, folder = Path(await world.host.ask_one(want.library, Library.root)), Path(want.folder)
    if no := await asyncio.to_thread(refusal, folder, root):
        raise NotReturned(f"{name} stays where it is: {no}")
    found = await touched(world, want)
    if inside := await world.database.books.below(want.library, want.folder):
        raise NotReturned(f"{name} stays where it is: {inside[0].book.title!r} lies within its folder {want.folder}.")
    if no := await seeded_there(world, want.folder):
        raise NotReturned(f"{name} stays where it is: {no}")
    if found.refusals and not force:
        raise NotReturned(f"{name} stays where it is: {' '.join(found.refusals)} `--force` takes it out all the same.")
    before = await _edition_before(world, want, force=force)
    place = await asyncio.to_thread(free_place, root, want.wish.book.title, world.now())
    leaving = Leaving(
        str(root),
        want.folder,
        str(place),
        want.wish.book.title,
        want.library,
        want.item,
        "A person undid it.",
        ours=True,
    )
    coming = before if isinstance(before, Coming) else None
    exchange = Exchange(coming, leaving, before=before is not None, reject=reject)
    return _Undo(want, exchange, await _notes(world, want, found, forced=force))


async def _edition_before(world: World, want: Want, *, force: bool) -> Coming | bool | None:
    """The edition that this one has replaced, as it comes back; True if it is there, None if there was or is none."""
    replaced = want.replaces
    if replaced is None:
        return None
    entry = await world.database.trash.of_item(replaced.library, replaced.item)
    if entry is None:
        if await asyncio.to_thread(Path(replaced.folder).is_dir):
            return True
        return _refuse_the_only_copy(replaced.folder, force=force)
    if entry.deleted is not None or not await asyncio.to_thread(Path(entry.place).is_dir):
        return _refuse_the_only_copy(entry.place, force=force)
    if await asyncio.to_thread(Path(entry.origin).exists):
        raise NotReturned(f"The edition before cannot come back to {entry.origin}: something else is there now.")
    return coming_of(entry)


def _refuse_the_only_copy(place: str, *, force: bool) -> bool | None:
    if force:
        return None
    raise NotReturned(
        f"The edition before is no longer in {place}, so this is the only copy; it stays. "
        "`--force` takes it out all the same."
    )


def coming_of(entry: TrashEntry) -> Coming:
    """An entry of the trash as it comes back."""
    return Coming(entry.id, entry.place, entry.origin, entry.library, entry.item)


async def _notes(world: World, want: Want, found: Touched, *, forced: bool) -> tuple[str, ...]:
    notes = [*(found.refusals if forced else ()), *found.notes]
    if fields := await edited_fields(world, want):
        notes.append(f"What people wrote about it ({', '.join(fields)}) stays with its item in {want.library}.")
    return tuple(notes)
