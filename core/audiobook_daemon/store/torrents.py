"""Torrents that people brought: no indexer can be asked for them again."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Torrents:
    """Keeps them until a download client has them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
