"""The daemon on MQTT: kept documents, events, and one answer to every request."""

from __future__ import annotations

from audiobook_daemon.mqtt.bridge import MqttBridge, denials_of_nothing
from audiobook_daemon.mqtt.examination import Examination, examine
from audiobook_daemon.mqtt.presence import Presence
from audiobook_daemon.mqtt.settings import MqttSettings, Tls

__all__ = [
    "Examination",
    "MqttBridge",
    "MqttSettings",
    "Presence",
    "Tls",
    "denials_of_nothing",
    "examine",
]
