"""The keys that open the server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from audiobook_daemon.doors import KEY_NAME, NewKey
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import BadRequest

operations = Operations("keys", "/keys")
Name = Annotated[str, Field(pattern=KEY_NAME, max_length=60)]


class KeyAsked(Asked):
    """Which one."""

    name: Name


class KeyWanted(Asked):
    """A key to be made."""

    name: Name
    scope: Scope = Scope.READ
    """What it opens."""
    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    """How long it is good; for ever if not given."""


class Rotation(Asked):
    """A key to be exchanged."""

    name: Name
    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24
    """How long the key before is good as well."""


class KeyTold(Answered):
    """A key, without itself."""

    name: str
    scope: Scope
    configured: bool
    """Whether it stands in the configuration, where alone it can be changed."""
    beginning: str | None
    """The letters it begins with; those of the configuration are not told."""
    created: datetime | None
    expires: datetime | None
    """Null is never."""
    last_used: datetime | None
    """To ten minutes or so."""
    previous_until: datetime | None
    """Until when the key before the last rotation opens as well."""


class NewKeyTold(KeyTold):
    """A key that was made just now."""

    key: str
    """Told once and kept nowhere: keep it."""


class CallerTold(Answered):
    """Who asks."""

    name: str
    """The key's."""
    scope: Scope
    in_browser: bool
    """Whether it came by a login to the pages."""


@operations.add("GET", "", scope=Scope.ADMIN)
async def list_keys(desk: Desk, asked: Nothing) -> list[KeyTold]:
    """List every key, those of the configuration first."""
    del asked
    return [KeyTold.model_validate(one) for one in await desk.doors.list_keys()]


@operations.add("POST", "", scope=Scope.ADMIN, status=201, errors=(409,), example={"name": "tablet", "scope": "act"})
async def add_key(desk: Desk, asked: KeyWanted) -> NewKeyTold:
    """Make a key; it is told in the answer, and never again."""
    _refuse_repetition(desk)
    lasts = None if asked.days is None else timedelta(days=asked.days)
    return _told(await desk.doors.add_key(asked.name, asked.scope.value, lasts, by=desk.caller.name))


@operations.add(
    "POST",
    "/{name}/rotate",
    scope=Scope.ADMIN,
    errors=(404, 409),
    example={"name": "tablet", "overlap_hours": 24},
)
async def rotate_key(desk: Desk, asked: Rotation) -> NewKeyTold:
    """Make another key in the place of one, which stays good for a while."""
    _refuse_repetition(desk)
    overlap = timedelta(hours=asked.overlap_hours)
    return _told(await desk.doors.rotate_key(asked.name, overlap, by=desk.caller.name))


@operations.add("DELETE", "/{name}", scope=Scope.ADMIN, errors=(404, 409), example={"name": "tablet"})
async def remove_key(desk: Desk, asked: KeyAsked) -> KeyTold:
    """Let a key open nothing any more; logins that were made with it end."""
    return KeyTold.model_validate(await desk.doors.remove_key(asked.name, by=desk.caller.name))


@operations.add("GET", "/own")
async def show_own_key(desk: Desk, asked: Nothing) -> CallerTold:
    """Tell with which key you ask, and what it opens."""
    del asked
    return CallerTold.model_validate(desk.caller)


def _refuse_repetition(desk: Desk) -> None:
    """Refuse a promise that cannot be kept: what is told once and kept nowhere is not told again."""
    if desk.key is not None:
        raise BadRequest("A key is told only once, so this takes no Idempotency-Key.")


def _told(made: NewKey) -> NewKeyTold:
    told = KeyTold.model_validate(made.standing)
    return NewKeyTold(**told.model_dump(), key=made.key)
