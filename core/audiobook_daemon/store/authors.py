"""Keeps the authors, their works and how many of them are owned."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class AuthorRecords:
    """Keeps the authors, their works and how many of them are owned."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
