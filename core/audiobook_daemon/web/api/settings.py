"""What can be set while the daemon runs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from audiobook_daemon.config import Setting, settings_of, value_of
from audiobook_daemon.config.adjusting import Kind
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import BadRequest

operations = Operations("settings", "/settings")
Name = Annotated[str, Field(min_length=1, max_length=150)]
_Whole = Annotated[StrictInt, Field(ge=-(2**31), le=2**31 - 1)]
_Number = Annotated[StrictFloat, Field(ge=-1e9, le=1e9)]
Given = StrictBool | _Whole | _Number | Annotated[StrictStr, Field(max_length=200)]


class SettingTold(Answered):
    """One thing that can be set."""

    name: str
    title: str
    description: str
    kind: Kind
    value: bool | int | float | str
    adjusted: bool
    """Whether somebody has set it; else it is as the file says."""
    least: int | None = None
    most: int | None = None
    """What a slider would offer; the file may say more."""
    step: int | None = None
    unit: str | None = None
    options: tuple[str, ...] = ()
    """Of a choice."""


class SettingsGiven(Asked):
    """What is to be set."""

    values: Annotated[dict[Name, Given], Field(max_length=200)]
    """All are set, or none."""


class SettingsNamed(Asked):
    """What is to be as the file says again."""

    names: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    """All that somebody has set, if none is named."""


@operations.add("GET", "")
async def list_settings(desk: Desk, _asked: Nothing) -> list[SettingTold]:
    """List what can be set while the daemon runs, with what holds now."""
    return _told(desk)


@operations.add(
    "PUT", "", scope=Scope.ADMIN, errors=(404, 409), example={"values": {"dry_run": False, "min_seeders": 1}}
)
async def change_settings(desk: Desk, asked: SettingsGiven) -> list[SettingTold]:
    """Set several things, all or none; they hold over restarts, until they are reset or the file says something new."""
    if not asked.values:
        raise BadRequest("There is nothing to change.", hint="Name settings and their values under `values`.")
    await desk.doors.set_settings(asked.values)
    return _told(desk)


@operations.add("POST", "/reset", scope=Scope.ADMIN, errors=(404, 409), example={"names": ["dry_run"]})
async def reset_settings(desk: Desk, asked: SettingsNamed) -> list[SettingTold]:
    """Let the file count again for the named settings, for all without names."""
    await desk.doors.reset_settings(asked.names)
    return _told(desk)


def _told(desk: Desk) -> list[SettingTold]:
    configuration, source = desk.lent.configuration(), desk.lent.source
    adjusted = set(source.adjusted())
    return [
        SettingTold(
            name=setting.name,
            title=setting.title,
            description=setting.description,
            kind=setting.kind,
            value=value_of(setting, configuration),
            adjusted=setting.name in adjusted,
            **_bounds(setting),
        )
        for setting in settings_of(tuple(source.auto_grab())).values()
    ]


def _bounds(setting: Setting) -> dict[str, object]:
    if setting.kind is not Kind.NUMBER:
        return {"options": setting.options}
    return {"least": setting.least, "most": setting.most, "step": setting.step, "unit": setting.unit}
