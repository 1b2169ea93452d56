"""What one life of the daemon goes through: made from a seed by the trial, read by the life, kept with the report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self


class Rooms(StrEnum):
    """Which lines of the daemon count towards its death."""

    ALL = "all"
    """Everything of ours, from the reading of the configuration on."""
    ACTING = "acting"
    """What moves files, speaks to other programs, or writes down what was done."""


@dataclass(frozen=True, slots=True)
class CallFault:
    """A call to the operating system that goes wrong; only calls about files of the household are counted."""

    call: str
    """`link`, `rename`, `mkdir`, `open`, ...; see `disk.CALLS`."""
    nth: int
    """The first call that goes wrong, from 1."""
    how: str
    """The name of an error (`ENOSPC`), or what is done to the file before the call (`swap`, `truncate`, ...)."""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Script:
    """One life of the daemon."""

    rounds: int = 60
    """How often all verbs are done before the life ends by itself."""
    shelves: bool = True
    """Whether verified books are shelved in this life; else they wait for the next one."""
    limit: int = 100
    """How many wants each verb takes on."""
    kill: int | None = None
    """The line of our code at which the process is killed, counted from 1; None to let it live."""
    rooms: Rooms = Rooms.ALL
    calls: tuple[CallFault, ...] = ()
    jumps: Mapping[int, float] | None = None
    """Seconds by which the clock jumps before a round."""
    starts: str | None = None
    """The moment that the clock shows at the beginning of the life; None to let it run on."""
    patience: float | None = None
    """Seconds the daemon waits for a locked database; None for as long as ever."""
    accept: bool = False
    """Whether a person accepts what stands for review."""
    serve: bool = False
    """Whether the daemon also speaks MQTT, answers its socket, and keeps time."""

    def as_line(self) -> str:
        """Write it as one line of JSON."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read what `as_line` wrote."""
        told: dict[str, Any] = json.loads(line)
        told["calls"] = tuple(CallFault(**call) for call in told["calls"])
        told["rooms"] = Rooms(told["rooms"])
        told["jumps"] = {int(key): value for key, value in (told["jumps"] or {}).items()}
        return cls(**told)


class Record:
    """The faults that really happened, a JSON line each; it survives the death of whoever writes it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, kind: str, where: str) -> None:
        """Write down that a fault happens now."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"kind": kind, "where": where}) + "\n")

    def read(self) -> list[dict[str, str]]:
        """Give all of them, the oldest first."""
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]
