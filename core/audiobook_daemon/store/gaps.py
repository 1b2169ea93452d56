"""Keeps the books that are missing from series and authors."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Gaps:
    """Keeps the books that are missing from series and authors."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
