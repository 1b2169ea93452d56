"""What is going to be done with folders when a book leaves a library or comes back; can be stored and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter


class Kind(StrEnum):
    """What an exchange is for; the kinds of plans that are carried on after a crash."""

    UNDO = "undo"
    UPGRADE = "upgrade"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A folder that leaves a library for the trash."""

    root: str
    folder: str
    place: str
    """In the trash; nothing lies there before."""
    title: str
    library: str
    item: str | None
    reason: str
    ours: bool
    """Whether the daemon shelved it, and so may have made the folders above it."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A folder that comes back from the trash to where it lay."""

    entry: int
    place: str
    folder: str
    library: str | None
    item: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """First comes back what comes back, then leaves what leaves: the library never lacks both."""

    coming: Coming | None = None
    leaving: Leaving | None = None
    before: bool = False
    """Whether the want stands for the edition before it again; else for none."""
    reject: bool = False
    """Whether the release is never taken again."""

    def as_json(self) -> dict[str, object]:
        """JSON data, for the store."""
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, object]) -> Exchange:
        """Read back what `as_json` made; raises ValueError for anything else."""
        return _adapter().validate_python(data)

    def lines(self) -> list[str]:
        """What is going to be done, a sentence for each step."""
        told = []
        if self.coming:
            told.append(f"{self.coming.place} goes back to {self.coming.folder}.")
        if self.leaving:
            told.append(f"{self.leaving.folder} goes into the trash, to {self.leaving.place}.")
        return told


@cache
def _adapter() -> TypeAdapter[Exchange]:
    return TypeAdapter(Exchange)
