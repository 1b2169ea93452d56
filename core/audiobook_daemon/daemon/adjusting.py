"""Settings as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, Field, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationInfo

from audiobook_daemon.actions import Actions, BadArguments, Mistake, parameters_of
from audiobook_daemon.actions.kinds import Name
from audiobook_daemon.config import (
    AUTO_GRAB,
    Configuration,
    UnfitValue,
    UnknownSetting,
    Value,
    setting_called,
    settings_of,
    shown,
    value_of,
)
from audiobook_daemon.daemon.overlay import Laid
from audiobook_daemon.models import Outcome

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon

_MOST = 2**53
"""Up to here a number is the same wherever it is read."""

Whole = Annotated[StrictInt, Field(ge=-_MOST, le=_MOST)]
Broken = Annotated[StrictFloat, Field(ge=-_MOST, le=_MOST, allow_inf_nan=False)]
Word = Annotated[StrictStr, Field(max_length=1000)]
Given = Annotated[StrictBool | Whole | Broken | Word, Field(description="As it stands in the file.")]


def _named_in_a_file(values: dict[str, Given], info: ValidationInfo) -> dict[str, Given]:
    """Let a job name no setting that nobody knows; what is asked for now is held to more, when it is done."""
    for name in values if info.context else ():
        if not name.startswith(AUTO_GRAB):
            try:
                setting_called(name, ())
            except UnknownSetting as error:
                raise ValueError(str(error).rstrip(".")) from None
    return values


Values = Annotated[dict[Name, Given], Field(max_length=100), AfterValidator(_named_in_a_file)]
Settings = Annotated[Sequence[Name], Field(max_length=100)]


class Adjusting:
    """Changes settings of the running daemon; what is set survives restarts until the file says something new."""

    names: ClassVar[tuple[str, ...]] = ("adjust", "unadjust")
    """The methods that are actions."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def register(self, actions: Actions) -> None:
        """Add the actions to the table."""
        for name in self.names:
            actions.add(name, getattr(self, name))

    async def adjust(
        self, setting: Name | None = None, value: Given | None = None, values: Values | None = None
    ) -> Outcome:
        """Set one `setting` to a `value`, or several `values` together, until they are reset or the file changes."""
        wanted: dict[str, object] = {**(values or {})}
        if (setting is None) is not (value is None) or (setting is None and not wanted):
            raise BadArguments("adjust: name a setting and its value, or several values.")
        if setting is not None:
            wanted[setting] = value
        return await self._whole(self._adjust(wanted))

    async def unadjust(self, settings: Settings = ()) -> Outcome:
        """Let the file count again for these settings, for all if none is named."""
        return await self._whole(self._unadjust(tuple(dict.fromkeys(settings))))

    def examine(self, values: Mapping[str, object]) -> None:
        """Make sure that these can be set together; raises BadArguments that names each one that cannot."""
        said, mistakes = [], []
        for name, value in values.items():
            try:
                self._daemon.overlay.changed({name: value}, self._daemon.configuration)
            except UnknownSetting as error:
                said.append(str(error))
                mistakes.append(Mistake(name, "there is no such setting", error.hint))
            except UnfitValue as error:
                said.append(str(error))
                mistakes.append(Mistake(name, error.reason))
        if mistakes:
            raise BadArguments(" ".join(said), mistakes)

    def values(self) -> dict[str, Value]:
        """Return what holds for everything that every daemon lets set."""
        return {name: value_of(one, self._daemon.configuration) for name, one in settings_of(()).items()}

    async def _adjust(self, wanted: Mapping[str, object]) -> Outcome:
        daemon = self._daemon
        async with daemon.changing:
            return await self._settle(daemon.overlay.changed(wanted, daemon.configuration), list(wanted))

    async def _unadjust(self, names: Sequence[str]) -> Outcome:
        daemon = self._daemon
        async with daemon.changing:
            laid = daemon.overlay.without(names, daemon.configuration)
            if not names and not laid.drop:
                return Outcome("Every setting is as the file says already.")
            return await self._settle(laid, names or list(laid.drop))

    async def _whole(self, work: Coroutine[Any, Any, Outcome]) -> Outcome:
        """Do it to its end even if the run is cancelled: what is on disk and what holds must not differ."""
        return await asyncio.shield(asyncio.create_task(work))

    async def _settle(self, laid: Laid, names: Sequence[str]) -> Outcome:
        before = self._daemon.configuration
        await self._daemon.overlay.settle(laid)
        if laid.put or laid.drop or laid.configuration != before:
            self._daemon.take_over(laid.configuration)
        lists = self._daemon.overlay.lists()
        known = [setting_called(name, lists) for name in names]
        changed = sum(value_of(one, before) != value_of(one, laid.configuration) for one in known)
        summary = " ".join(self._told(name, before, laid) for name in names)
        data = {"settings": {one.name: value_of(one, laid.configuration) for one in known}}
        return Outcome(summary, len(names), changed, data=data)

    def _told(self, name: str, before: Configuration, laid: Laid) -> str:
        setting = setting_called(name, self._daemon.overlay.lists())
        was, now, says = (value_of(setting, one) for one in (before, laid.configuration, laid.file))
        same = "already" if was == now else "now"
        file = "as the file says" if now == says else f"where the file says {shown(setting, says)}"
        return f"{name} is {shown(setting, now)} {same}, {file}."


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of all actions, known before there is a daemon to run them in."""
    return {name: parameters_of(name, getattr(Adjusting, name)) for name in Adjusting.names}
