"""Keeps what each source states about each field of a book, the chosen values and the locks."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class FactRecords:
    """Keeps what each source states about each field of a book, the chosen values and the locks."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
