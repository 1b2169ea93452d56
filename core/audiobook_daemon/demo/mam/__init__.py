"""A stand-in for MyAnonamouse: the documented interfaces of the site, in its shapes and with its manners."""

from __future__ import annotations

from audiobook_daemon.demo.mam.account import MamAccount, SummaryShape
from audiobook_daemon.demo.mam.rows import RowShape
from audiobook_daemon.demo.mam.server import MamStandIn
from audiobook_daemon.demo.mam.session import DeadSession, Session
from audiobook_daemon.demo.mam.torrent import MamTorrent

__all__ = ["DeadSession", "MamAccount", "MamStandIn", "MamTorrent", "RowShape", "Session", "SummaryShape"]
