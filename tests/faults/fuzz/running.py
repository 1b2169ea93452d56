"""Feeds readers with inputs and counts what comes out of it: values, declared refusals, and what must not be."""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from tests.faults.fuzz import own, sites, sources
from tests.faults.fuzz.reader import Reader

READERS: tuple[Reader, ...] = (*sites.READERS, *sources.READERS, *own.READERS)
LONGEST = 5.0
"""Seconds of processor time within which an input must have been read."""
_MOST_TOLD = 5


class Hangs(BaseException):
    """A reader took too long; no reader may catch it."""


@dataclass(slots=True)
class Fuzzed:
    """What came of feeding one reader."""

    name: str
    seed: int
    inputs: int = 0
    refusals: int = 0
    escapes: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    """Seconds the slowest input took."""
    told: list[str] = field(default_factory=list)
    """The first few escapes: the input and the traceback."""


def feed(reader: Reader, seed: int, inputs: int) -> Fuzzed:
    """Feed one reader; the same seed makes the same inputs."""
    rng = Random(f"{reader.name}-{seed}")
    result = Fuzzed(reader.name, seed)
    began = time.monotonic()
    with _limited():
        for _ in range(inputs):
            one(reader, reader.input(rng), result)
    result.seconds = time.monotonic() - began
    return result


def one(reader: Reader, content: bytes, result: Fuzzed) -> None:
    """Let a reader read one input and note what came of it."""
    result.inputs += 1
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        reader.read(content)
    except reader.declared:
        result.refusals += 1
    except (Exception, Hangs):  # noqa: BLE001 - whatever else comes out is what is looked for
        result.escapes += 1
        if len(result.told) < _MOST_TOLD:
            result.told.append(f"{content[:2000]!r} ({len(content)} bytes)\n{traceback.format_exc(limit=-8)}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    result.slowest = max(result.slowest, time.process_time() - began)


def shares(inputs: int) -> Iterator[tuple[Reader, int]]:
    """Divide a number of inputs between all readers."""
    whole = sum(reader.weight for reader in READERS)
    for reader in READERS:
        yield reader, max(1, round(inputs * reader.weight / whole))


def table(results: Sequence[Fuzzed]) -> str:
    """All results as Markdown; escapes are told in full below the table."""
    rows = ["| reader | inputs | refused | escapes | slowest input | seconds |", "|---|---:|---:|---:|---:|---:|"]
    rows += [_row(one) for one in results]
    total = Fuzzed("**together**", 0)
    for name in ("inputs", "refusals", "escapes", "seconds"):
        setattr(total, name, sum(getattr(one, name) for one in results))
    total.slowest = max((one.slowest for one in results), default=0.0)
    told = [f"\n{one.name}, seed {one.seed}:\n\n```\n{text}\n```" for one in results for text in one.told]
    return "\n".join([*rows, _row(total), *told])


def _row(one: Fuzzed) -> str:
    cells = (one.name, one.inputs, one.refusals, one.escapes, f"{one.slowest * 1000:.0f} ms", f"{one.seconds:.0f}")
    return f"| {' | '.join(map(str, cells))} |"


@contextmanager
def _limited() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hangs

    before = signal.signal(signal.SIGPROF, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
