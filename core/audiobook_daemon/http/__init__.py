"""One connector for the whole daemon, one polite session per instance."""

from audiobook_daemon.http.outside import Origin, fetch_outside, origin_of
from audiobook_daemon.http.pace import Pace
from audiobook_daemon.http.session import PoliteSession, Transport

__all__ = ["Origin", "Pace", "PoliteSession", "Transport", "fetch_outside", "origin_of"]
