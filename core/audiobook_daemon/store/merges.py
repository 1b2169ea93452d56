"""Keeps the names that are probably one series, for a person to decide."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class MergeProposals:
    """Keeps the names that are probably one series, for a person to decide."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
