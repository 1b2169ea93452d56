"""One connector for the whole daemon, one polite session per instance."""

from audiobook_daemon.http.pace import Pace
from audiobook_daemon.http.session import PoliteSession, Transport

__all__ = ["Pace", "PoliteSession", "Transport"]
