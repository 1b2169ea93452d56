"""Carries what has happened to every instance that tells people."""

from audiobook_daemon.announcing.announcer import Announcer

__all__ = ["Announcer"]
