"""The daemon on MQTT: kept documents, events, and one answer to every request."""

from __future__ import annotations

from audiobook_daemon.mqtt.bridge import MqttBridge, denials_of_nothing
from audiobook_daemon.mqtt.doors import (
    BookWish,
    CommandRefused,
    Conflict,
    Doors,
    Misconfigured,
    NotFound,
    Paused,
    Repeated,
)
from audiobook_daemon.mqtt.examination import Examination, examine
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.settings import MqttSettings, Tls
from audiobook_daemon.mqtt.source import (
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
    "BookDownload",
    "BookWish",
    "CommandRefused",
    "Conflict",
    "DaemonInfo",
    "Doors",
    "Examination",
    "FinishedDownloads",
    "LastAdded",
    "LibraryCounts",
    "Misconfigured",
    "MqttBridge",
    "MqttSettings",
    "NotFound",
    "Paused",
    "Presence",
    "Repeated",
    "SettingValue",
    "Source",
    "Tls",
    "Versions",
    "denials_of_nothing",
    "examine",
]
