"""By which names the server lets itself be called: a page elsewhere may let its own name lead here (DNS rebinding)."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence

from audiobook_daemon.web.access.visits import parsed_address

_NAMED = re.compile(r"(\[[0-9a-f:.%]+\]|[a-z0-9_.-]+)(:\d{1,5})?")


class Hosts:
    """The names that are ours."""

    def __init__(self, named: Sequence[str], listening: str, machine: str | None = None) -> None:
        name = (socket.gethostname() if machine is None else machine).lower()
        self._names = {*(one.lower() for one in named), listening.lower(), "localhost", name, f"{name}.local"}

    def knows(self, host: str) -> bool:
        """Whether this is how somebody calls us who means us: a name of ours, an address in numbers, or nothing.

        Who rebinds a name needs a name, and browsers always say which one.
        """
        if not host:
            return True
        if not _NAMED.fullmatch(host):
            return False
        name = host if host.startswith("[") else host.partition(":")[0]
        return parsed_address(name) is not None or name.rstrip(".") in self._names or name.endswith(".localhost")
