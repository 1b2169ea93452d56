"""One run of a job or action, and the running of any action by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, StringConstraints

from audiobook_daemon.web.answers import Asked
from audiobook_daemon.web.api.actions import check_scope, scope_of
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.action_form import arguments_of, fields_of
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.running import running

pages = Pages()
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]


class RunAsked(Asked):
    """Which one."""

    run_id: Word


class ActionAsked(Asked):
    """Which one."""

    name: Word


class ActionGiven(ActionAsked):
    """An action with its arguments, as a form sends them."""

    model_config = ConfigDict(extra="allow")


@pages.shows("/runs/{run_id}", template="run.html.j2", title="Run")
async def show_run(desk: Desk, asked: RunAsked) -> Mapping[str, object]:
    """How a run stands, or how it ended, with its log."""
    run = await desk.doors.show_run(asked.run_id)
    progress = next((one for one in await running(desk) if one.run.id == run.id), None)
    return {"title": run.name, "here": "/jobs", "run": run, "progress": progress}


@pages.does("/runs/{run_id}/cancel")
async def cancel_run(desk: Desk, asked: RunAsked) -> Done:
    """Call a run off."""
    run = await desk.doors.cancel_run(asked.run_id)
    return Done(f"{run.name} is called off; it ends after the step at hand.")


@pages.shows("/actions/{name}", template="action.html.j2", title="Action")
async def show_action(desk: Desk, asked: ActionAsked) -> Mapping[str, object]:
    """What an action does and takes."""
    action = desk.lent.actions.get(asked.name)
    allowed = desk.caller.scope.holds(scope_of(action.name))
    return {"title": action.name, "here": "/jobs", "action": action, "fields": fields_of(action), "allowed": allowed}


@pages.does("/actions/{name}")
async def run_action(desk: Desk, asked: ActionGiven) -> Done:
    """Run an action with what a form holds."""
    action = desk.lent.actions.get(asked.name)
    check_scope(desk, action.name)
    run_id = await desk.doors.run_action(action.name, arguments_of(action, asked.model_extra or {}), "http")
    return Done(f"{action.name} has begun.", to=f"/runs/{run_id}")
