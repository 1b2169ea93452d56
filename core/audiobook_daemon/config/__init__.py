"""The configuration: read with the place of every mistake, compared, shown, and written for the first time."""

from audiobook_daemon.config.adjusting import (
    AUTO_GRAB,
    Setting,
    UnfitValue,
    UnknownSetting,
    Value,
    adjusted,
    setting_called,
    settings_of,
    shown,
    value_of,
)
from audiobook_daemon.config.catalogue import Catalogue, PluginCatalogue, PluginType
from audiobook_daemon.config.choosing import Choose
from audiobook_daemon.config.difference import Changes, Difference, difference, held_back
from audiobook_daemon.config.example import render_example, render_secrets
from audiobook_daemon.config.initial import write_initial
from audiobook_daemon.config.keeping import LEFT_OUT, KeptConfiguration, keep, secret_values
from audiobook_daemon.config.loading import load, peek_database, peek_names, peek_plugin_folders
from audiobook_daemon.config.mistakes import InvalidConfiguration, Mistake
from audiobook_daemon.config.model import Configuration, Instance, Job, Step, database_path
from audiobook_daemon.config.schema import render_schema
from audiobook_daemon.config.sections import Log, Mqtt, Retry, Route, Tls, Verify, Watch
from audiobook_daemon.config.shelving import Backup, Shelve
from audiobook_daemon.config.surroundings import Surroundings, look_around
from audiobook_daemon.config.upkeep import Authors, Followed, Metadata, Retention, SeriesSettings, Sync, Updates
from audiobook_daemon.config.view import describe
from audiobook_daemon.config.web import NamedKey, Web

__all__ = [
    "AUTO_GRAB",
    "LEFT_OUT",
    "Authors",
    "Backup",
    "Catalogue",
    "Changes",
    "Choose",
    "Configuration",
    "Difference",
    "Followed",
    "Instance",
    "InvalidConfiguration",
    "Job",
    "KeptConfiguration",
    "Log",
    "Metadata",
    "Mistake",
    "Mqtt",
    "NamedKey",
    "PluginCatalogue",
    "PluginType",
    "Retention",
    "Retry",
    "Route",
    "SeriesSettings",
    "Setting",
    "Shelve",
    "Step",
    "Surroundings",
    "Sync",
    "Tls",
    "UnfitValue",
    "UnknownSetting",
    "Updates",
    "Value",
    "Verify",
    "Watch",
    "Web",
    "adjusted",
    "database_path",
    "describe",
    "difference",
    "held_back",
    "keep",
    "load",
    "look_around",
    "peek_database",
    "peek_names",
    "peek_plugin_folders",
    "render_example",
    "render_schema",
    "render_secrets",
    "secret_values",
    "setting_called",
    "settings_of",
    "shown",
    "value_of",
    "write_initial",
]
