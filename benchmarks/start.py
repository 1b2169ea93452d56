"""From the start of `run` to READY, with five instances whose services do not answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from daemons import daemon, example, limit
from figures import Figure, report

_ROUNDS = 5


def measure(folder: Path) -> Iterator[Figure]:
    with daemon(example(folder / "first")):
        pass  # compiles what is not compiled yet
    configuration = example(folder / "second")
    with daemon(configuration) as new:
        pass
    ours, least = [], []
    for _ in range(_ROUNDS):
        with limit(folder / "limit") as running:
            least.append(running.started_in)
        with daemon(configuration) as running:
            ours.append(running.started_in)
    stack = "our packages, sleeping"
    yield Figure("start to READY", median(ours), "s", median(least), stack, most_ratio=1.6)
    yield Figure("start to READY, new database", new.started_in, "s", median(least), stack)


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        report(measure(Path(temporary)))
