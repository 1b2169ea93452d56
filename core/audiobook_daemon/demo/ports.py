"""Free ports on loopback for programs that must be told theirs."""

from __future__ import annotations

import os
import random
import re
import socket
from collections import deque
from contextlib import ExitStack, suppress
from pathlib import Path

_LOWEST = 10_000
_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
_TRIES = 200
_SHARES = 16
"""Into so many parts the ports are divided: processes that look for some at the same time rarely find the same."""
_named: deque[int] = deque(maxlen=400)
"""The last ones that were named in this process: a program that is not started yet holds none."""


def free_ports(count: int) -> tuple[int, ...]:
    """Name `count` different TCP ports that nobody on 127.0.0.1 uses at this moment.

    They are none of those that the kernel lends to outgoing connections, where it can be helped: while a program is
    stopped, its port would soon be somebody else's.
    """
    with ExitStack() as held:
        return tuple(_free_port(held) for _ in range(count))


def _free_port(held: ExitStack) -> int:
    share = max(0, _first_ephemeral() - _LOWEST) // _SHARES
    lowest = _LOWEST + os.getpid() % _SHARES * share
    for _ in range(_TRIES if share else 0):
        port = random.SystemRandom().randrange(lowest, lowest + share)
        if port in _named:
            continue
        with suppress(OSError):
            _taken(held, port)
            _named.append(port)
            return port
    return _taken(held, 0)


def _taken(held: ExitStack, port: int) -> int:
    """Keep a port from being found twice; raises OSError if somebody has it."""
    with ExitStack() as trial:
        probe = trial.enter_context(socket.socket())
        probe.bind(("127.0.0.1", port))
        held.push(trial.pop_all())
        return int(probe.getsockname()[1])


def _first_ephemeral() -> int:
    try:
        found = re.match(r"\d+", _EPHEMERAL.read_text())
    except OSError:
        return 0
    return int(found[0]) if found else 0
