"""Keeps the size of the library day by day."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Statistics:
    """Keeps the size of the library day by day."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
