"""One connector for the whole daemon, one polite session per instance."""

from audiobook_daemon.http.outside import Origin, fetch_outside, origin_of
from audiobook_daemon.http.pace import Pace
from audiobook_daemon.http.session import PoliteSession, Transport
from audiobook_daemon.http.tally import Asker, Calls, Tally

__all__ = [
    "Asker",
    "Calls",
    "Origin",
    "Pace",
    "PoliteSession",
    "Tally",
    "Transport",
    "fetch_outside",
    "origin_of",
]
