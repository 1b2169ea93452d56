"""Finds plugin classes: entry points of installed distributions, and folders that the configuration names."""

from __future__ import annotations

import importlib.util
import inspect
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.host.registration import PluginRefused, inspect_type
from audiobook_daemon.plugin import Plugin, PluginConfig

GROUP = "audiobook_daemon.plugins"


class BrokenPlugin(AudiobookDaemonError):
    """A plugin was found but cannot be used; the others can."""


class PluginTypes:
    """The plugin classes there are, by type name; each is imported when it is first asked for."""

    def __init__(self, found: Iterable[EntryPoint] | None = None, classes: Mapping[str, type] | None = None) -> None:
        points = entry_points(group=GROUP) if found is None else found
        self._found: dict[str, EntryPoint] = {point.name: point for point in points}
        self._loaded: dict[str, type[Plugin[PluginConfig]]] = {}
        self._errors: dict[str, str] = {}
        for name, plugin in (classes or {}).items():
            self._accept(name, plugin)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self._found, *self._loaded, *self._errors}))

    def __contains__(self, name: str) -> bool:
        return name in self._found or name in self._loaded or name in self._errors

    def get(self, name: str) -> type[Plugin[PluginConfig]]:
        """Return the class of a type; raises BrokenPlugin if it cannot be imported or breaks the contract."""
        if name not in self._loaded and name not in self._errors:
            point = self._found[name]
            try:
                plugin = point.load()
            except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may raise anything when imported
                self._errors[name] = f"{point.value} cannot be imported: {type(error).__name__}: {error}"
            else:
                self._accept(name, plugin)
        if name in self._errors:
            raise BrokenPlugin(self._errors[name])
        return self._loaded[name]

    def add_folder(self, folder: Path) -> None:
        """Add every single-file plugin of a folder; the file's name is the type name.

        Raises BrokenPlugin if the folder is missing, if it or a file in it could be changed by other users, if a file
        is a link that leads elsewhere, and if its type name is taken. A file that cannot be used is no error before
        somebody asks for its type.
        """
        if not folder.is_dir():
            raise BrokenPlugin(f"{folder}: there is no such plugin folder.")
        _refuse_foreign(folder)
        for file in sorted(folder.glob("*.py")):
            if file.resolve().parent != folder.resolve():
                raise BrokenPlugin(f"{file} is a link that leads out of its folder; put the file itself there.")
            _refuse_foreign(file)
            if file.stem in self:
                raise BrokenPlugin(
                    f"{file}: there is a plugin called {file.stem!r} already; give the file another name."
                )
            try:
                self._accept(file.stem, _plugin_of(file))
            except BrokenPlugin as error:
                self._errors[file.stem] = str(error)

    def _accept(self, name: str, plugin: object) -> None:
        try:
            self._loaded[name] = inspect_type(plugin)
        except PluginRefused as error:
            self._errors[name] = str(error)


def _refuse_foreign(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise BrokenPlugin(f"{path} cannot be read: {error.strerror}.") from error
    if status.st_uid not in {0, os.geteuid()}:
        raise BrokenPlugin(
            f"{path} belongs to another user (number {status.st_uid}), who could change it; "
            f"run: chown {os.geteuid()} {path}"
        )
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise BrokenPlugin(f"{path} can be changed by other users; run: chmod go-w {path}")


def _plugin_of(file: Path) -> type:
    module = _load(file)
    own = [
        item
        for _, item in inspect.getmembers(module, inspect.isclass)
        if item.__module__ == module.__name__ and issubclass(item, Plugin)
    ]
    if len(own) != 1:
        raise BrokenPlugin(f"{file}: a plugin file holds exactly one plugin class, this one {len(own)}.")
    return own[0]


def _load(file: Path) -> ModuleType:
    name = f"audiobook_daemon_folder_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise BrokenPlugin(f"{file} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise BrokenPlugin(f"{file} cannot be imported: {type(error).__name__}: {error}") from error
    return module
