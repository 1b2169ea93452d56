"""One daemon for one configuration, whatever database it names: two would share a tracker's session and spoil it."""

from __future__ import annotations

import hashlib
import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE
from pathlib import Path

from audiobook_daemon.errors import ConfigurationError

_log = logging.getLogger(__name__)


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Hold the name of a configuration file until the block ends; the kernel frees it however its holder dies.

    The name is an abstract socket and no lock on the file: editors put a new file in the place of the old one, and the
    folder may not be ours to write. Raises ConfigurationError when another process has it.
    """
    name = b"\0audiobook-daemon/" + hashlib.sha256(bytes(path.resolve())).hexdigest().encode()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as claim:
        try:
            claim.bind(name)
            claim.listen()
        except OSError as error:
            if error.errno == EADDRINUSE:
                raise ConfigurationError(
                    f"The configuration {path} is in use by another audiobook-daemon, process {_holder(name)}. "
                    "If its database was changed, restart that one; else stop it first."
                ) from None
            _log.warning("It cannot be made sure that %s has one daemon only: %s.", path, error.strerror)
        yield


def _holder(name: bytes) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC) as visitor:
        visitor.settimeout(1)
        try:
            visitor.connect(name)
            process, _, _ = struct.unpack("3i", visitor.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        except OSError:
            return "unknown"
    return str(process or "unknown")
