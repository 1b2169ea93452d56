"""The public door: all that a plugin author may import.

A plugin inherits `Plugin[ItsConfig]` and the roles it plays, marks the methods that answer with `@hookimpl`, raises
`Unavailable`, `AuthFailed` or `Refused` when it must, and is announced by an entry point of the group
`audiobook_daemon.plugins`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from audiobook_daemon.version import __version__

if TYPE_CHECKING:
    from audiobook_daemon.errors import AuthFailed, PluginError, Refused, Unavailable
    from audiobook_daemon.events import (
        Event,
        GapsFound,
        InstanceChanged,
        LibraryReturned,
        LibraryShrunk,
        RunFinished,
        RunStarted,
        StandingSeen,
        UpdateFound,
        WantChanged,
    )
    from audiobook_daemon.matching import (
        Likeness,
        PersonRecord,
        compare_books,
        compare_series,
        language_code,
        normal_asin,
        normal_isbn,
        read_listed_title,
        records_of_person,
        resemblance,
        same_person,
        split_people,
    )
    from audiobook_daemon.models import (
        AuthorQuestion,
        Book,
        ChartEntry,
        ChartRequest,
        Download,
        DownloadState,
        Facts,
        Finding,
        Level,
        LibraryItem,
        LibraryPage,
        Offer,
        Outcome,
        Price,
        Query,
        Quota,
        Release,
        SeriesPlace,
        SeriesQuestion,
        SeriesRecord,
        Stance,
        Standing,
        Torrent,
        TorrentFile,
        Verdict,
        Wish,
        Work,
        WorkKind,
    )
    from audiobook_daemon.plugin import (
        AnswerCache,
        Answers,
        Bibliography,
        ChartSource,
        Context,
        DownloadClient,
        FilePart,
        Given,
        Http,
        HttpAnswer,
        ImportList,
        Indexer,
        Library,
        Memory,
        MetadataProvider,
        Notifier,
        Plugin,
        PluginConfig,
        Policy,
        ReleaseFeed,
        Silent,
        Tracker,
        action,
        hookimpl,
        lenient,
    )
    from audiobook_daemon.torrents import read_magnet, read_torrent

__all__ = [
    "AnswerCache",
    "Answers",
    "AuthFailed",
    "AuthorQuestion",
    "Bibliography",
    "Book",
    "ChartEntry",
    "ChartRequest",
    "ChartSource",
    "Context",
    "Download",
    "DownloadClient",
    "DownloadState",
    "Event",
    "Facts",
    "FilePart",
    "Finding",
    "GapsFound",
    "Given",
    "Http",
    "HttpAnswer",
    "ImportList",
    "Indexer",
    "InstanceChanged",
    "Level",
    "Library",
    "LibraryItem",
    "LibraryPage",
    "LibraryReturned",
    "LibraryShrunk",
    "Likeness",
    "Memory",
    "MetadataProvider",
    "Notifier",
    "Offer",
    "Outcome",
    "PersonRecord",
    "Plugin",
    "PluginConfig",
    "PluginError",
    "Policy",
    "Price",
    "Query",
    "Quota",
    "Refused",
    "Release",
    "ReleaseFeed",
    "RunFinished",
    "RunStarted",
    "SeriesPlace",
    "SeriesQuestion",
    "SeriesRecord",
    "Silent",
    "Stance",
    "Standing",
    "StandingSeen",
    "Torrent",
    "TorrentFile",
    "Tracker",
    "Unavailable",
    "UpdateFound",
    "Verdict",
    "WantChanged",
    "Wish",
    "Work",
    "WorkKind",
    "__version__",
    "action",
    "compare_books",
    "compare_series",
    "hookimpl",
    "language_code",
    "lenient",
    "normal_asin",
    "normal_isbn",
    "read_listed_title",
    "read_magnet",
    "read_torrent",
    "records_of_person",
    "resemblance",
    "same_person",
    "split_people",
]

_ROOMS = ("errors", "models", "events", "torrents", "plugin", "matching")

if not TYPE_CHECKING:  # a type checker would take any name for granted

    def __getattr__(name: str) -> object:
        """Open the rooms behind the door until a name is found: `audiobook-daemon --help` needs none."""
        if name in __all__:
            for room in _ROOMS:
                module = import_module(f"{__name__}.{room}")
                globals().update({known: vars(module)[known] for known in __all__ if known in vars(module)})
                if name in globals():
                    return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
