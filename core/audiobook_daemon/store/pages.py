"""Remembers what each page of a library held, so that an unchanged one need not be read again."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Pages:
    """Remembers what each page of a library held, so that an unchanged one need not be read again."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
