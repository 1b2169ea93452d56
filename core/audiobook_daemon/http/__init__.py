"""One connector for the whole daemon, one polite session per instance.

`outside` and `exchange` load aiohttp and are imported when somebody is asked.
"""

from audiobook_daemon.http.origins import Origin, origin_of
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
    "origin_of",
]
