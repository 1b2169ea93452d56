"""Keeps every writing of metadata with what was there before, so that it can be undone."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Corrections:
    """Keeps every writing of metadata with what was there before, so that it can be undone."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
