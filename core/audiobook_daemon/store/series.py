"""Keeps the series, their bibliographies and how complete they are."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class SeriesRecords:
    """Keeps the series, their bibliographies and how complete they are."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
