"""A rehearsal of shelving: which file would go where, how, and what would stand in the way; nothing is changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import Outcome, Want, WantState
from audiobook_daemon.pipeline.describe import own_facts
from audiobook_daemon.pipeline.planning import bare_plan, free_folder, goods_of, sidecars_of, standing_plan
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import Method, NotPlaced, Plan, expected_method, objections
from audiobook_daemon.shelving.staging import sentence


async def preview(world: World, limit: int) -> Outcome:
    """Report the plan of each book that is due."""
    due = await world.database.wants.due(WantState.VERIFIED, world.now(), limit)
    taken: set[str] = set()
    report = [await _line(world, want, taken) for want in due]
    refused = sum(line["refused"] is not None for line in report)
    summary = f"shelve: would shelve {len(due) - refused} books"
    return Outcome(
        f"{summary}; {refused} would have to wait." if refused else f"{summary}.",
        processed=len(due),
        succeeded=len(due) - refused,
        failed=refused,
        data=report,
    )


async def _line(world: World, want: Want, taken: set[str]) -> dict[str, object]:
    line: dict[str, object] = {
        "id": want.id,
        "title": want.wish.book.title,
        "release": want.release.title if want.release else None,
        "folder": None,
        "method": None,
        "refused": None,
        "plan": [],
    }
    try:
        plan, published = await _plan(world, want, taken)
        if published:
            return line | {"folder": str(plan.folder), "plan": [f"{plan.folder} stands there already."]}
        method, refused = await asyncio.to_thread(_judge, plan, world.settings.methods)
    except (PluginError, NotPlaced) as error:
        return line | {"refused": str(error)}
    except OSError as error:
        return line | {"refused": sentence(error, Path(want.path or ""))}
    taken.add(str(plan.folder))
    how = method.value if method else None
    return line | {"folder": str(plan.folder), "method": how, "refused": refused, "plan": list(plan.lines(how))}


async def _plan(world: World, want: Want, taken: set[str]) -> tuple[Plan, bool]:
    goods = await goods_of(world, want)
    standing = await standing_plan(world, want, goods, acting=False)
    if standing is not None:
        return standing.plan, standing.published
    folder = await free_folder(world, want, goods.root, taken)
    return bare_plan(want, goods, folder, sidecars_of(world, want, goods, own_facts(want))), False


def _judge(plan: Plan, methods: Sequence[Method]) -> tuple[Method | None, str | None]:
    if not plan.steps:
        return None, f"{plan.download} holds no audio files."
    told = objections(plan, methods)
    method = expected_method(plan.steps[0].source, plan.root, methods) if not told else None
    return method, told[0] if told else None
