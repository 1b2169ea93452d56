"""Keeps whom and what people follow."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Follows:
    """Keeps whom and what people follow."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
