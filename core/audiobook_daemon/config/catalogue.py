"""What the configuration has to know of the plugins there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audiobook_daemon.plugin import Plugin, PluginConfig, declared_actions, roles_of


@dataclass(frozen=True, slots=True)
class PluginType:
    """One kind of plugin."""

    config_type: type[PluginConfig]
    roles: tuple[str, ...]
    """The class names of its roles: `DownloadClient`."""
    actions: tuple[str, ...] = ()
    """The actions of each instance, without its name."""

    @classmethod
    def of(cls, plugin: type[Plugin[Any]]) -> PluginType:
        """Describe a plugin class."""
        # Never initialised: only its class is looked at.
        actions = tuple(name for name, _ in declared_actions(plugin.__new__(plugin)))
        return cls(plugin.config_type, tuple(role.__name__ for role in roles_of(plugin)), actions)


PluginCatalogue = Mapping[str, PluginType]
"""Every kind of plugin by the name of its type; getting one may raise AudiobookDaemonError if it is broken."""


class Catalogue(Mapping[str, PluginType]):
    """A catalogue that looks at a plugin's class when its name comes up, not before."""

    def __init__(self, names: Iterable[str], find: Callable[[str], type[Plugin[Any]]]) -> None:
        self._names = tuple(names)
        self._find = find

    def __getitem__(self, name: str) -> PluginType:
        if name not in self._names:
            raise KeyError(name)
        return PluginType.of(self._find(name))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
