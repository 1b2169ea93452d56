"""Counts who asks whom, in memory; somebody else writes it down now and then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Asker(NamedTuple):
    """Whose calls are counted."""

    kind: str
    """`key` for those who ask us, `service` for those we ask."""
    name: str
    """The key's name, or the instance's."""


class Calls(NamedTuple):
    """How often was asked, and how often in vain."""

    calls: int = 0
    failures: int = 0

    def and_one(self, *, failed: bool) -> Calls:
        """Return it with one call more."""
        return Calls(self.calls + 1, self.failures + failed)


class Tally:
    """Counts calls since the start, and those that nobody has written down yet."""

    def __init__(self) -> None:
        self._all: dict[Asker, Calls] = {}
        self._new: dict[Asker, Calls] = {}

    @property
    def since_start(self) -> Mapping[Asker, Calls]:
        """Everything that was counted since the daemon started."""
        return self._all

    @property
    def new(self) -> Mapping[Asker, Calls]:
        """What was counted since it was last taken."""
        return self._new

    def count(self, kind: str, name: str, *, failed: bool) -> None:
        """Count one call."""
        asker = Asker(kind, name)
        for counted in (self._all, self._new):
            counted[asker] = counted.get(asker, Calls()).and_one(failed=failed)

    def take(self) -> Mapping[Asker, Calls]:
        """Return what was counted since it was last taken, for somebody who writes it down."""
        taken, self._new = self._new, {}
        return taken

    def put_back(self, taken: Mapping[Asker, Calls]) -> None:
        """Count again what could not be written down."""
        for asker, calls in taken.items():
            new = self._new.get(asker, Calls())
            self._new[asker] = Calls(new.calls + calls.calls, new.failures + calls.failures)
