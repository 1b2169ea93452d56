"""Everything that can be run by name, the same as in the jobs of the file and on the command line."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, JsonValue

from audiobook_daemon.actions import Action
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Nothing
from audiobook_daemon.web.api.beginning import TRIGGER, Begun, begun
from audiobook_daemon.web.api.runs import Name
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import Forbidden

operations = Operations("actions", "/actions")
OF_THE_DAEMON = frozenset({"adjust", "unadjust", "backup", "export"})
"""Actions that concern the daemon itself."""
FORGETTING = frozenset({"cleanup", "forget_series", "forget_author", "forget_corrections"})
"""Actions that delete rows for good."""


class ActionAsked(Asked):
    """Which one."""

    name: Name


class ActionRun(ActionAsked):
    """What is to be run, and with what."""

    arguments: Annotated[dict[str, JsonValue], Field(max_length=50, default_factory=dict)]
    """What it takes, as its `parameters` say."""


class ActionTold(Answered):
    """Something that can be run."""

    name: str
    """`mam.renew` is one of the instance `mam`."""
    summary: str
    description: str
    scope: Scope
    """What a key must open to run it."""
    parameters: dict[str, Any]
    """The JSON Schema of its arguments."""


@operations.add("GET", "")
async def list_actions(desk: Desk, _asked: Nothing) -> list[ActionTold]:
    """List everything that can be run by name, with what it takes."""
    return [_told(action) for action in desk.lent.actions]


@operations.add("GET", "/{name}", errors=(404,), example={"name": "choose"})
async def get_action(desk: Desk, asked: ActionAsked) -> ActionTold:
    """Tell what an action does and what it takes."""
    return _told(desk.lent.actions.get(asked.name))


@operations.add(
    "POST", "/{name}", scope=Scope.ACT, status=202, errors=(404, 409), example={"name": "choose", "arguments": {}}
)
async def run_action(desk: Desk, asked: ActionRun) -> Begun:
    """Begin an action and answer at once; with an `Idempotency-Key` the same is not begun twice."""
    check_scope(desk, asked.name)
    return await begun(asked.name, desk.doors.run_action(asked.name, asked.arguments, TRIGGER, key=desk.key))


def check_scope(desk: Desk, action: str) -> None:
    """Raise Forbidden unless the caller's key is enough for an action."""
    needed = scope_of(action)
    if not desk.caller.scope.holds(needed):
        raise Forbidden(f"The key {desk.caller.name} has the scope {desk.caller.scope}; {action} needs {needed}.")


def scope_of(action: str) -> Scope:
    """Return what a key must open to run an action."""
    return Scope.ADMIN if action in OF_THE_DAEMON | FORGETTING else Scope.ACT


def _told(action: Action) -> ActionTold:
    return ActionTold(
        name=action.name,
        summary=action.description.partition("\n")[0],
        description=action.description,
        scope=scope_of(action.name),
        parameters=_schema(action.parameters),
    )


@lru_cache(maxsize=512)
def _schema(parameters: type[BaseModel]) -> dict[str, Any]:
    """Return what is only read, and the same each time."""
    return parameters.model_json_schema()
