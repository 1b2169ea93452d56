"""Keeps which books are owned twice; a record only."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Duplicates:
    """Keeps which books are owned twice; a record only."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
