"""One connection to the broker, and the only room that knows an MQTT library."""

from __future__ import annotations

from audiobook_daemon.mqtt.link.connection import WILL_DELAY, LinkError, MqttLink

__all__ = ["WILL_DELAY", "LinkError", "MqttLink"]
