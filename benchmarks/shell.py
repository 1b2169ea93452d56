"""`--help`, `check` and a question to a daemon from the shell, beside an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from daemons import example
from figures import Figure, report

_ROUNDS = 5


def measure(folder: Path) -> Iterator[Figure]:
    configuration = example(folder / "daemon")
    ours = [sys.executable, "-m", "audiobook_daemon", "--config", str(configuration)]
    commands = {
        "nothing": [sys.executable, "-c", "pass"],
        "--help": [*ours, "--help"],
        "check": [*ours, "check"],
        "reload": [*ours, "reload"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(_ROUNDS + 1):
        for name, command in commands.items():
            # No daemon runs: what is measured is the way to it.
            times[name].append(_seconds(command, status=1 if name == "reload" else 0))
    # The first round compiles what is not compiled yet.
    nothing, help_, check, reload = (median(taken[1:]) for taken in times.values())
    yield Figure("shell: --help", help_, "s", nothing, "python -c pass", most_ratio=13)
    yield Figure("shell: check", check, "s", nothing, "python -c pass", most_ratio=39)
    yield Figure("shell: reload", reload, "s", nothing, "python -c pass")


def _seconds(command: list[str], status: int) -> float:
    begin = time.perf_counter()
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if ended.returncode != status:
        raise RuntimeError(f"{command} ended with {ended.returncode}.")
    return time.perf_counter() - begin


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        report(measure(Path(temporary)))
