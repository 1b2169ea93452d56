"""What Home Assistant is told of the daemon, so that its devices appear by themselves and go by themselves."""

from __future__ import annotations

from audiobook_daemon.mqtt.discovery.announcer import Announcer

__all__ = ["Announcer"]
