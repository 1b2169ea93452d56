"""How fast services answer, told so seldom that it is no news by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from audiobook_daemon.models import InstanceStatus

MINUTE = 60.0


class Latencies:
    """Lets each instance have a new latency once a minute; every answer takes another time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shown: dict[str, tuple[float, float]] = {}

    def steadied(self, instance: InstanceStatus) -> InstanceStatus:
        """Return the instance with the latency that was shown less than a minute ago, if one was."""
        if instance.latency is None:
            self._shown.pop(instance.name, None)
            return instance
        at, latency = self._shown.get(instance.name, (float("-inf"), instance.latency))
        if self._clock() - at < MINUTE:
            return replace(instance, latency=latency)
        self._shown[instance.name] = (self._clock(), instance.latency)
        return instance
