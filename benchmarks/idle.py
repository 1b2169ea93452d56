"""Wake-ups, processor time and disk writes of a daemon that has nothing to do, in a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

from daemons import Cost, Running, daemon, limit
from figures import Figure
from surroundings import Household, report_from_household

_SETTLE = 7.0
"""Seconds after which start and connection are over, the echo that tests the permissions at the broker too."""
_WINDOW = 40.0
"""Seconds; much less would count the one ping a minute three times over."""


def measure(home: Household) -> Iterator[Figure]:
    with ExitStack() as stack:
        alone = stack.enter_context(daemon(home.configuration("alone", mqtt=False)))
        processes = {"alone": alone}
        if home.mqtt:
            processes["stock"] = stack.enter_context(limit(home.folder / "stock", home.mqtt))
            processes["connected"] = stack.enter_context(daemon(home.configuration("connected", mqtt=True)))
        time.sleep(_SETTLE)
        cost = dict(zip(processes, _minute(*processes.values()), strict=True))
    yield Figure("idle: wake-ups a minute", cost["alone"].wakeups, "", most=8)
    yield Figure("idle: processor ms a minute", cost["alone"].cpu * 1000, "ms", most=4)
    yield Figure("idle: bytes written a minute", cost["alone"].written, "B", most=0)
    if home.mqtt:
        ours, stock, name = cost["connected"], cost["stock"], "stock aiomqtt client"
        yield Figure("idle with MQTT: wake-ups a minute", ours.wakeups, "", stock.wakeups, name, most=8)
        yield Figure("idle with MQTT: processor ms a minute", ours.cpu * 1000, "ms", stock.cpu * 1000, name, most=4)
        yield Figure("idle with MQTT: bytes written a minute", ours.written, "B", most=0)


def _minute(*processes: Running) -> list[Cost]:
    before = [process.cost() for process in processes]
    time.sleep(_WINDOW)
    after = [process.cost() for process in processes]
    scale = 60 / _WINDOW
    return [
        Cost(
            round((now.wakeups - then.wakeups) * scale),
            (now.cpu - then.cpu) * scale,
            round((now.written - then.written) * scale),
        )
        for then, now in zip(before, after, strict=True)
    ]


if __name__ == "__main__":
    report_from_household(measure)
