"""Carries out a plan to shelve: each step is in the journal before it is taken, and can be repeated after a crash."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from audiobook_daemon.actions import unbroken
from audiobook_daemon.errors import Unavailable
from audiobook_daemon.models import Want
from audiobook_daemon.pipeline.planning import Standing
from audiobook_daemon.pipeline.published import ADMIT, PUBLISH, STAGE
from audiobook_daemon.pipeline.world import World
from audiobook_daemon.shelving import NotPlaced, Plan, Staged, Taken, clear, objections, publish, stage
from audiobook_daemon.shelving.fingerprint import as_json
from audiobook_daemon.store import PlanState

_log = logging.getLogger(__name__)

Result = dict[str, object]
"""What came of a plan: `method`, `passed`, `files`, and after admission `library` and `item`."""


async def carry_out(world: World, want: Want, standing: Standing) -> Result:
    """Stage and publish the book; raises Unavailable with a sentence if it has to wait.

    Then nothing is left in the library of what was begun.
    """
    plan, plans = standing.plan, world.database.plans
    if told := await asyncio.to_thread(objections, plan, world.settings.methods):
        await plans.become(standing.id, PlanState.MADE, reason=told[0])
        raise Unavailable(f"It cannot be placed: {told[0]}")
    await plans.become(standing.id, PlanState.BEGUN)
    staged = await _stage(world, want, standing)
    await _publish(world, want, standing)
    result: Result = {"method": staged.method.value, "passed": list(staged.passed), "files": as_json(staged.files)}
    await plans.become(standing.id, PlanState.BEGUN, result=result)
    _log.info("%s: placed in %s by %s.%s", want.wish.book.title, plan.folder, staged.method, passed_over(result))
    return result


async def recover(world: World, plan_id: int, known: Mapping[str, object] | None) -> Result:
    """What came of a plan that was published before a crash; closes the steps that the crash left open."""
    for step in await world.database.journal.for_plan(plan_id):
        if step.kind in {STAGE, PUBLISH} and step.done is None and step.undone is None:
            await world.database.journal.done(step.id)
    if known:
        return dict(known)
    staged = [
        step
        for step in await world.database.journal.for_plan(plan_id)
        if step.kind == STAGE and step.undone is None and step.details
    ]
    return dict(staged[-1].details or {}) if staged else {}


async def begin(world: World, want: Want, standing: Standing, kind: str) -> int:
    """Write down that a step begins, once: after a crash it is the same step that is taken again."""
    plan = standing.plan
    for step in await world.database.journal.for_plan(standing.id):
        if step.kind == kind and step.undone is None:
            return step.id
    source, target = {
        STAGE: (plan.download, plan.staging),
        PUBLISH: (plan.staging, plan.folder),
        ADMIT: (plan.folder, plan.folder),
    }[kind]
    return await world.database.journal.begin(want.id, kind, str(source), str(target), plan_id=standing.id)


def passed_over(result: Result) -> str:
    """Say why a better way was passed over; empty if none was."""
    passed = result.get("passed")
    if not isinstance(passed, list) or not passed:
        return ""
    return f" It was placed by {result['method']}: {'; '.join(map(str, passed))}."


async def _stage(world: World, want: Want, standing: Standing) -> Staged:
    journal, settings = world.database.journal, world.settings
    step = await begin(world, want, standing, STAGE)
    try:
        staged = await unbroken(stage, standing.plan, settings.methods, check_content=settings.check_content)
    except NotPlaced as error:
        await journal.undone(step)
        await world.database.plans.become(standing.id, PlanState.MADE, reason=str(error))
        raise Unavailable(f"It cannot be placed: {error}") from error
    details: Result = {"method": staged.method.value, "passed": list(staged.passed), "files": as_json(staged.files)}
    await journal.done(step, details)
    return staged


async def _publish(world: World, want: Want, standing: Standing) -> None:
    step = await begin(world, want, standing, PUBLISH)
    try:
        await unbroken(publish, standing.plan)
    except NotPlaced as error:
        await asyncio.to_thread(_clear, standing.plan)
        for one in await world.database.journal.for_plan(standing.id):
            if one.kind in {STAGE, PUBLISH} and one.undone is None:
                await world.database.journal.undone(one.id)
        state = PlanState.ABANDONED if isinstance(error, Taken) else PlanState.MADE  # the next plan has another folder
        await world.database.plans.become(standing.id, state, reason=str(error))
        raise Unavailable(f"It cannot be placed: {error}") from error
    await world.database.journal.done(step)


def _clear(plan: Plan) -> None:
    try:
        clear(plan)
    except (OSError, NotPlaced) as error:
        _log.warning("%s could not be cleared away: %s", plan.staging, error)
