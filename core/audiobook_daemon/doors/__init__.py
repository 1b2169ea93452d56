"""What every door of the daemon lends and may ask for, whether one comes by MQTT, by HTTP or from the command line."""

from audiobook_daemon.doors.commands import (
    BookWish,
    CommandRefused,
    Conflict,
    Doors,
    Misconfigured,
    NotFound,
    Paused,
    Repeated,
)
from audiobook_daemon.doors.examining import Examination
from audiobook_daemon.doors.keys import DAY_OF_OVERLAP, KEY_NAME, KeyDoors, KeyStanding, NewKey
from audiobook_daemon.doors.source import (
    BookDownload,
    DaemonInfo,
    FinishedDownloads,
    LastAdded,
    LibraryCounts,
    SettingValue,
    Source,
    Versions,
)

__all__ = [
    "DAY_OF_OVERLAP",
    "KEY_NAME",
    "BookDownload",
    "BookWish",
    "CommandRefused",
    "Conflict",
    "DaemonInfo",
    "Doors",
    "Examination",
    "FinishedDownloads",
    "KeyDoors",
    "KeyStanding",
    "LastAdded",
    "LibraryCounts",
    "Misconfigured",
    "NewKey",
    "NotFound",
    "Paused",
    "Repeated",
    "SettingValue",
    "Source",
    "Versions",
]
