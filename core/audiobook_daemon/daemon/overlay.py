"""What somebody has set while the daemon ran, laid over what the file says."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from audiobook_daemon.config import (
    Configuration,
    Setting,
    UnfitValue,
    Value,
    adjusted,
    setting_called,
    settings_of,
    shown,
    value_of,
)
from audiobook_daemon.host import PluginTypes
from audiobook_daemon.plugin import ImportList, roles_of
from audiobook_daemon.store import Adjustment, Database

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Laid:
    """A file with what was set over it."""

    file: Configuration
    configuration: Configuration
    """The two together."""
    put: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)
    """What is set now, each to a value instead of the file's."""
    drop: Mapping[str, str] = field(default_factory=dict)
    """What is not set any more, each with a sentence that says why; empty if a person wanted it so."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting that differs from the file."""

    setting: Setting
    adjustment: Adjustment

    @property
    def name(self) -> str:
        """What it is called."""
        return self.setting.name

    def told(self) -> str:
        """Say so in a sentence."""
        one = self.adjustment
        now, says = shown(self.setting, one.value), shown(self.setting, one.instead_of)
        return f"{one.name} was set to {now} on {one.changed:%Y-%m-%d}; the file says {says}."


class Overlay:
    """Remembers the file and what was set; everything it makes is to be settled before it holds."""

    def __init__(self, database: Database, types: PluginTypes, file: Configuration) -> None:
        self._store = database.adjustments
        self._types = types
        self.file = file
        self.adjustments: Mapping[str, Adjustment] = {}

    async def load(self) -> Configuration:
        """Read what was set in an earlier life, and return the configuration with it."""
        await self.read()
        laid = self.over(self.file)
        await self.settle(laid)
        return laid.configuration

    async def read(self) -> None:
        """Read what is set, and change nothing."""
        self.adjustments = {one.name: one for one in await self._store.all()}

    def lists(self, file: Configuration | None = None) -> tuple[str, ...]:
        """Return the instances that wish for books, in the order of the file."""
        instances = (self.file if file is None else file).instances
        return tuple(one.name for one in instances if one.enabled and ImportList in roles_of(self._types.get(one.type)))

    def over(self, file: Configuration) -> Laid:
        """Lay what is set over a file; what the file has something new to say of is dropped."""
        known = settings_of(self.lists(file))
        configuration, drop = file, {}
        for name, one in self.adjustments.items():
            if (setting := known.get(name)) is None:
                drop[name] = f"{name} can no longer be set; what was set for it is forgotten."
                continue
            says = value_of(setting, file)
            if says != one.instead_of:
                drop[name] = (
                    f"The file now says {name}: {shown(setting, says)}, so it counts again; "
                    f"{shown(setting, one.value)} was set while it said {shown(setting, one.instead_of)}."
                )
                continue
            try:
                configuration = adjusted(configuration, setting, one.value)
            except UnfitValue as error:
                drop[name] = f"{error} What was set is forgotten."
        return Laid(file, configuration, drop=drop)

    def changed(self, values: Mapping[str, object], now: Configuration) -> Laid:
        """Set some; raises UnknownSetting or UnfitValue, and then nothing has changed."""
        put: dict[str, tuple[Value, Value]] = {}
        drop: dict[str, str] = {}
        configuration = now
        for name, value in values.items():
            setting = setting_called(name, self.lists())
            configuration = adjusted(configuration, setting, value)
            says = value_of(setting, self.file)
            meant = value_of(setting, configuration)
            if meant != says:
                put[name] = (meant, says)
            elif name in self.adjustments:
                drop[name] = ""
        return Laid(self.file, configuration, put, drop)

    def without(self, names: Collection[str], now: Configuration) -> Laid:
        """Let the file count again for these settings, or for all; raises UnknownSetting."""
        for name in names:
            setting_called(name, self.lists())
        drop = [name for name in self.adjustments if not names or name in names]
        says = {name: value_of(setting_called(name, self.lists()), self.file) for name in drop}
        return self.changed(says, now)

    async def settle(self, laid: Laid) -> None:
        """Write down what was laid; from now on it holds, over restarts too."""
        if laid.put or laid.drop:
            await self._store.change(laid.put, laid.drop)
            await self.read()
        for reason in filter(None, laid.drop.values()):
            _log.info("%s", reason)
        self.file = laid.file

    def differences(self) -> list[Difference]:
        """Return what differs from the file."""
        known = settings_of(self.lists())
        return [Difference(known[name], one) for name, one in self.adjustments.items() if name in known]
