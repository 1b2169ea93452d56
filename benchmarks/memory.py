"""The resident memory of an idle daemon."""

from __future__ import annotations

import time
from collections.abc import Iterator

from daemons import daemon, limit
from figures import Figure
from surroundings import Household, report_from_household

_SETTLE = 3.0


def measure(home: Household) -> Iterator[Figure]:
    mqtt = bool(home.mqtt)
    configuration = home.configuration("daemon", mqtt=mqtt)
    with limit(home.folder / "limit"), daemon(configuration):
        pass  # compiles what is not compiled yet, and makes the database: both need memory only once
    with limit(home.folder / "limit", home.mqtt or None) as stack, daemon(configuration) as ours:
        time.sleep(_SETTLE)
        name = "memory, idle, with MQTT" if mqtt else "memory, idle"
        yield Figure(name, ours.resident, "MiB", stack.resident, "our packages, sleeping", most_ratio=1.06)


if __name__ == "__main__":
    report_from_household(measure)
