"""What a plugin is: its roles, what it is lent, and the marks that make its methods known."""

from audiobook_daemon.plugin import lenient
from audiobook_daemon.plugin.base import Plugin, PluginConfig, action, action_methods, declared_actions
from audiobook_daemon.plugin.cache import AnswerCache
from audiobook_daemon.plugin.context import Answers, Asker, Context, Given, Memory, Silent
from audiobook_daemon.plugin.documented import Documented, field_help
from audiobook_daemon.plugin.exchange import FilePart, Http, HttpAnswer
from audiobook_daemon.plugin.hooks import PROJECT, Manner, hookimpl, is_hook, manner_of
from audiobook_daemon.plugin.roles import (
    ROLES,
    Bibliography,
    ChartSource,
    DownloadClient,
    ImportList,
    Indexer,
    Library,
    MetadataProvider,
    Notifier,
    Policy,
    ReleaseFeed,
    Tracker,
    roles_of,
)

__all__ = [
    "PROJECT",
    "ROLES",
    "AnswerCache",
    "Answers",
    "Asker",
    "Bibliography",
    "ChartSource",
    "Context",
    "Documented",
    "DownloadClient",
    "FilePart",
    "Given",
    "Http",
    "HttpAnswer",
    "ImportList",
    "Indexer",
    "Library",
    "Manner",
    "Memory",
    "MetadataProvider",
    "Notifier",
    "Plugin",
    "PluginConfig",
    "Policy",
    "ReleaseFeed",
    "Silent",
    "Tracker",
    "action",
    "action_methods",
    "declared_actions",
    "field_help",
    "hookimpl",
    "is_hook",
    "lenient",
    "manner_of",
    "roles_of",
]
