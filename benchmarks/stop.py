"""From SIGTERM to the end of the process, while nothing is done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from daemons import daemon, limit
from figures import Figure
from surroundings import Household, report_from_household

_ROUNDS = 3
_SETTLE = 0.5


def measure(home: Household) -> Iterator[Figure]:
    kinds = {"stop, idle": False} | ({"stop, idle, with MQTT": True} if home.mqtt else {})
    for number, (name, mqtt) in enumerate(kinds.items()):
        configuration = home.configuration(f"daemon{number}", mqtt=mqtt)
        ours, least = [], []
        for _ in range(_ROUNDS):
            with limit(home.folder / "limit", home.mqtt if mqtt else None) as running:
                least.append(running.stop())
            with daemon(configuration) as running:
                time.sleep(_SETTLE)
                ours.append(running.stop())
        yield Figure(name, median(ours), "s", median(least), "our packages, sleeping", most=0.1)


if __name__ == "__main__":
    report_from_household(measure)
