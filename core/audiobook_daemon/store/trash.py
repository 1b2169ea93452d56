"""The trash: what was taken out of a library can be put back until it is due."""

from __future__ import annotations

from audiobook_daemon.store.connections import Connections


class Trash:
    """Keeps what lies in the trash; its files lie on the library's own file system."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
