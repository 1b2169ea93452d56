"""What the configuration must know of the plugins, and the reading of the two together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from audiobook_daemon import backup, pipeline, upkeep
from audiobook_daemon.config import Catalogue, Configuration, load, peek_plugin_folders
from audiobook_daemon.daemon import adjusting, pausing
from audiobook_daemon.errors import ConfigurationError
from audiobook_daemon.host import BrokenPlugin, PluginTypes
from audiobook_daemon.scheduler import check_cron


def find_plugins(path: Path, environ: Mapping[str, str]) -> PluginTypes:
    """Find the installed plugins and those of the folders that a configuration file names.

    Raises ConfigurationError when a named folder cannot be used.
    """
    types = PluginTypes()
    for folder in peek_plugin_folders(path, environ):
        try:
            types.add_folder(folder)
        except BrokenPlugin as error:
            raise ConfigurationError(str(error)) from error
    return types


def catalogue_of(types: PluginTypes) -> Catalogue:
    """Describe the plugin types to the configuration; each is imported when its name comes up."""
    return Catalogue(types, types.get)


def read_configuration(path: Path, types: PluginTypes, environ: Mapping[str, str]) -> Configuration:
    """Read a configuration file against the plugins there are; raises ConfigurationError with every mistake."""
    return load(path, catalogue_of(types), check_cron=check_cron, known_actions=declared(), environ=environ)


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of the daemon's own actions, known before there is a daemon."""
    rooms = (pipeline, upkeep, backup, adjusting, pausing)
    return {name: model for room in rooms for name, model in room.declared().items()}
