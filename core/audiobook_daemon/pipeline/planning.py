"""Which plan a book is shelved by: the one on record as long as it holds, else a new one that is put on record."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import Facts, TorrentFile, Want, WantState
from audiobook_daemon.pipeline.describe import facts_for, own_facts
from audiobook_daemon.pipeline.engine import save
from audiobook_daemon.pipeline.mounts import refuse_unmounted
from audiobook_daemon.pipeline.published import PUBLISH, is_published, placed_unknown, was_placed_without_plan
from audiobook_daemon.pipeline.verify import files_on_disk
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.plugin import Library
from audiobook_daemon.shelving import (
    SHELVE,
    Located,
    Naming,
    NotPlaced,
    Plan,
    Sidecar,
    clear,
    cover_of,
    edition_of,
    loose_audio,
    make_plan,
    metadata_of,
)
from audiobook_daemon.shelving import free_folder as free_shelf
from audiobook_daemon.store import PlanState, StoredPlan, WantChanges

_ALIVE = frozenset({PlanState.MADE, PlanState.BEGUN, PlanState.DONE})
_MOST_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan on record, and how far it has come."""

    id: int
    plan: Plan
    state: PlanState
    published: bool = False
    """Its folder stands in the library, and it is ours."""
    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goods:
    """What is to be shelved, and where."""

    library: str
    root: Path
    download: Path
    files: tuple[TorrentFile, ...]
    naming: Naming = field(default_factory=Naming.default)


async def goods_of(world: World, want: Want) -> Goods:
    """What is to be shelved, and where; raises Unavailable if the library's folder is not there now."""
    library = want.library if want.library and want.library in world.host.instances else world.library()
    root = Path(await world.host.ask_one(library, Library.root))
    await refuse_unmounted(world, library, root)
    download = Path(want.path or "")
    files = want.torrent_files or await asyncio.to_thread(files_on_disk, download)
    return Goods(library, root, download, tuple(files), world.settings.naming)


async def standing_plan(world: World, want: Want, goods: Goods, *, acting: bool = True) -> Standing | None:
    """The plan on record if it can be carried on; one that cannot is given up, and its staging folder cleared away."""
    for stored in reversed(await world.database.plans.for_want(want.id)):
        if stored.kind != SHELVE or stored.state not in _ALIVE:
            continue
        plan = read_plan(stored)
        if plan is not None and want.folder == str(plan.folder) and plan.root == goods.root:
            published = await is_published(world, stored, plan)
            if published and not _is_same_book(plan, want, goods):
                continue  # it stays in the library, and this is another one
            if published or (stored.state is not PlanState.DONE and await _holds(plan, want, goods)):
                return Standing(stored.id, plan, stored.state, published, stored.result or {})
        if acting and stored.state is not PlanState.DONE:
            await give_up(world, stored, "It no longer fits: the download, the library or the folder is another one.")
    return None


async def new_plan(world: World, want: Want, goods: Goods) -> tuple[Want, Standing] | None:
    """Choose a free folder and write the plan down; None when a person was faster."""
    async with world.folders:
        ours = await was_placed_without_plan(world, want, bare_plan(want, goods, Path(want.folder or "")))
        placed = None
        if not ours:
            folder = await free_folder(world, want, goods.root)
            placed = await placed_unknown(world, want, _plans_before(want, goods, folder))
            noted = await _note_folder(world, want, goods, placed.folder if placed else folder)
            if noted is None:
                return None
            want = noted
    plan = bare_plan(want, goods, Path(want.folder or ""), sidecars_of(world, want, goods, await _facts(world, want)))
    plan_id = await world.database.plans.add(want.id, SHELVE, plan.as_json())
    if placed:
        journal = world.database.journal
        step = await journal.begin(want.id, PUBLISH, str(plan.staging), str(plan.folder), plan_id=plan_id)
        await journal.done(step, {"met": "as it was placed before"})
    return want, Standing(plan_id, plan, PlanState.MADE, published=ours or placed is not None)


async def _note_folder(world: World, want: Want, goods: Goods, folder: Path) -> Want | None:
    if (want.folder, want.library) == (str(folder), goods.library):
        return want
    return await save(world, want, WantChanges(folder=str(folder), library=goods.library))


def _plans_before(want: Want, goods: Goods, free: Path) -> Iterator[Plan]:
    """Plans for the folders that would have been taken before this one, had they been free."""
    if want.folder and Path(want.folder) != free:
        yield bare_plan(want, goods, Path(want.folder))
    for candidate in goods.naming.candidates(want.wish.book, edition_of(want.release)):
        if candidate.name == free.name:
            return
        yield bare_plan(want, goods, free.with_name(candidate.name))


def bare_plan(want: Want, goods: Goods, folder: Path, sidecars: Sequence[Sidecar] = ()) -> Plan:
    """The plan for this folder below the root."""
    place = PurePosixPath(folder.relative_to(goods.root)) if folder.is_relative_to(goods.root) else PurePosixPath()

    def names(audio: Sequence[Located]) -> Sequence[str]:
        return goods.naming.parts(audio, want.wish.book, edition_of(want.release))

    return make_plan(
        goods.download, goods.files, goods.root, place, want.id, want.selection, sidecars=sidecars, names=names
    )


async def free_folder(world: World, want: Want, root: Path, taken: Collection[str] = ()) -> Path:
    """The folder on record if it is still free, else one that is free and on nobody's record."""
    others = await _noted_by_others(world, want) | {*taken}
    return await asyncio.to_thread(_free_folder, root, want, world.settings.naming, others)


async def give_up(world: World, stored: StoredPlan, reason: str) -> None:
    """Take back what a plan had begun, which is nothing but its staging folder, and write that down."""
    plan = read_plan(stored)
    if plan is not None and await asyncio.to_thread(plan.root.is_dir):
        try:
            await asyncio.to_thread(clear, plan)
        except NotPlaced as error:
            raise Unavailable(str(error)) from error
    for step in await world.database.journal.for_plan(stored.id):
        if step.done is None and step.undone is None:
            await world.database.journal.undone(step.id)
    await world.database.plans.become(stored.id, PlanState.ABANDONED, reason=reason)


def read_plan(stored: StoredPlan) -> Plan | None:
    """The plan itself; None if another version of this program has written it in a way that is not known here."""
    try:
        return Plan.from_json(stored.plan)
    except ValueError:
        return None


def _is_same_book(plan: Plan, want: Want, goods: Goods) -> bool:
    """Whether the files are those that would be shelved now, wherever they lie and whatever they would be named."""
    fresh = bare_plan(want, goods, plan.folder).steps
    return not fresh or [step.size for step in plan.steps] == [step.size for step in fresh]


async def _holds(plan: Plan, want: Want, goods: Goods) -> bool:
    """Whether the plan is what would be planned now, apart from its sidecars, and its folder is free."""
    fresh = bare_plan(want, goods, plan.folder)
    same = (plan.download, plan.steps) == (fresh.download, fresh.steps)
    return same and not await asyncio.to_thread(os.path.lexists, plan.folder)


def sidecars_of(world: World, want: Want, goods: Goods, facts: Facts) -> tuple[Sidecar, ...]:
    """What is to be put beside the audio."""
    wanted = world.settings.sidecars
    cover = cover_of(goods.download, goods.files, want.selection) if "cover" in wanted else None
    metadata = metadata_of(facts) if "metadata" in wanted else None
    return tuple(sidecar for sidecar in (cover, metadata) if sidecar)


async def _facts(world: World, want: Want) -> Facts:
    """What is known; the providers are asked only if it is to be written down beside the audio."""
    return (await facts_for(world, want)).facts if "metadata" in world.settings.sidecars else own_facts(want)


async def _noted_by_others(world: World, want: Want) -> frozenset[str]:
    """The folders that other books on their way have on record, made or not."""
    others = await world.database.wants.list([WantState.VERIFIED], limit=_MOST_AT_ONCE)
    return frozenset(other.folder for other in others if other.folder and other.id != want.id)


def _free_folder(root: Path, want: Want, naming: Naming, taken: Collection[str]) -> Path:
    """A folder that is free and on nobody's record; an edition beside another one gets its narrator or a number."""
    book, edition = want.wish.book, edition_of(want.release)
    try:
        folder = _noted(root, want, taken) or free_shelf(root, naming, book, edition, map(Path, taken))
        loose = loose_audio(root, folder) if folder else None
    except OSError as error:
        raise Unavailable(f"{error.filename or root}: {error.strerror}.") from error
    if folder is None:
        raise Unavailable(f"{root / naming.folder(book, edition)}: a hundred folders of this name exist already.")
    if loose is not None:
        raise Unavailable(
            f"It cannot be placed: {loose} lies loose in {loose.parent}, and the library would take everything in "
            "there for one book. Move that file into a folder of its own."
        )
    return folder


def _noted(root: Path, want: Want, taken: Collection[str]) -> Path | None:
    """The folder on record, if it is still free."""
    noted = Path(want.folder) if want.folder else root
    free = noted.is_relative_to(root) and noted != root and not os.path.lexists(noted) and str(noted) not in taken
    return noted if free else None
