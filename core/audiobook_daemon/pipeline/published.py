"""Whether a folder of the library is one that the daemon itself has published, and not somebody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from audiobook_daemon.models import Want
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import Fingerprint, Plan, differences, fingerprints, is_audio
from audiobook_daemon.shelving.fingerprint import fingerprint, from_json
from audiobook_daemon.store import FileStep, StoredPlan

STAGE, PUBLISH, ADMIT = "stage", "publish", "admit"
"""The steps of shelving, in the journal."""
_WITHOUT_PLAN = "shelve"
"""The one step that the versions before plans wrote down."""


async def is_published(world: World, stored: StoredPlan, plan: Plan) -> bool:
    """Whether the folder of a plan is the one it published.

    If the rename is on record as done, it is ours as long as all its files are there. If a crash came between, only
    what is file by file what was staged is ours: somebody else may have made a folder of this name meanwhile.
    """
    steps = {step.kind: step for step in await world.database.journal.for_plan(stored.id) if step.undone is None}
    publish = steps.get(PUBLISH)
    if publish is None:
        return False
    if publish.done is not None:
        return await asyncio.to_thread(_has_all, plan)
    return await asyncio.to_thread(_is_what_was_staged, plan, staged_files(steps.get(STAGE)))


def staged_files(step: FileStep | None) -> tuple[Fingerprint, ...]:
    """What was on record to lie in the staging folder before it was published."""
    details = step.details if step and step.details else {}
    return from_json(details.get("files", []))


async def was_placed_without_plan(world: World, want: Want, plan: Plan) -> bool:
    """Whether a version before plans placed the book in the folder on record, and it was not admitted yet."""
    if want.folder is None or str(plan.folder) != want.folder or plan.folder == plan.root:
        return False
    steps = await world.database.journal.for_want(want.id)
    placed = any(step.kind == _WITHOUT_PLAN and step.target == want.folder and not step.undone for step in steps)
    if not placed or not await asyncio.to_thread(_has_all_sizes, plan):
        return False
    for step in steps:
        if step.kind == _WITHOUT_PLAN and step.done is None and step.undone is None:
            await world.database.journal.done(step.id)
    return True


async def placed_unknown(world: World, want: Want, plans: Iterable[Plan]) -> Plan | None:
    """The first of these plans whose folder holds just its files, though nothing is on record of them; None if none.

    A restored database does not know what was shelved after its backup, and would place it a second time.
    """
    for plan in plans:
        if await asyncio.to_thread(_holds_just_this, plan):
            holders = await world.database.wants.in_folder(str(plan.folder))
            if all(other.id == want.id for other in holders):
                return plan
    return None


def _holds_just_this(plan: Plan) -> bool:
    try:
        if not _has_all_sizes(plan):
            return False
        found = {one.name: one for one in fingerprints(plan.folder) if is_audio(one.name)}
        sources = {step.name: fingerprint(step.source, step.source.parent) for step in plan.steps}
    except OSError:
        return False
    return {name: _look(one) for name, one in found.items()} == {name: _look(one) for name, one in sources.items()}


def _look(one: Fingerprint) -> tuple[int, int, str]:
    """What a link of ours shares with its source, and a copy of ours too: what people copy gets a time of its own."""
    return one.size, one.modified_ns, one.digest


def _has_all(plan: Plan) -> bool:
    return bool(plan.steps) and all((plan.folder / step.name).is_file() for step in plan.steps)


def _has_all_sizes(plan: Plan) -> bool:
    return _has_all(plan) and all((plan.folder / step.name).stat().st_size == step.size for step in plan.steps)


def _is_what_was_staged(plan: Plan, staged: Iterable[Fingerprint]) -> bool:
    known = {one.name: one for one in staged}
    if not known or not plan.folder.is_dir():
        return False
    found = [one for one in fingerprints(plan.folder) if one.name in known]
    return not differences(known.values(), found) and all(known[one.name].inode == one.inode for one in found)
