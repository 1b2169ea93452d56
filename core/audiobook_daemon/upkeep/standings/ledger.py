"""Keeps what the trackers said last, so that it is known at once after a restart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon.models import Standing
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.standings.duties import Duty
from audiobook_daemon.upkeep.standings.sentences import neglected

T = TypeVar("T")

_MEMORY = "(trackers)"
"""No instance can have this name by accident."""
_STANDINGS = TypeAdapter(dict[str, Standing])
_DUTIES = TypeAdapter(tuple[Duty, ...])


class Ledger:
    """The accounts as their sites saw them, and the torrents that are not seeded though they should."""

    def __init__(self, database: Database) -> None:
        self._memory = database.memory(_MEMORY)
        self._accounts: dict[str, Standing] = {}
        self.duties: tuple[Duty, ...] = ()

    async def load(self) -> None:
        """Read what was known when the daemon last ran; what cannot be read is asked for anew."""
        self._accounts = _read(_STANDINGS, await self._memory.get("standings"), {})
        self.duties = _read(_DUTIES, await self._memory.get("duties"), ())

    async def keep(self, accounts: Mapping[str, Standing], duties: tuple[Duty, ...], known: Collection[str]) -> None:
        """Write down what was said anew, and forget trackers that are not `known` any more."""
        kept = {name: one for name, one in {**self._accounts, **accounts}.items() if name in known}
        if (kept, duties) == (self._accounts, self.duties):
            return
        await self._memory.put("standings", _STANDINGS.dump_python(kept, mode="json"), secret=False)
        await self._memory.put("duties", _DUTIES.dump_python(duties, mode="json"), secret=False)
        self._accounts, self.duties = kept, duties

    def standings(self, known: Collection[str]) -> dict[str, Standing]:
        """Return how the account at each of the `known` trackers stood, with all its dangers."""
        return {name: self._told(name, one) for name, one in self._accounts.items() if name in known}

    def neglected(self, name: str) -> tuple[str, ...]:
        """Say which torrents a tracker wants seeded that are not, as far as was seen last."""
        account = self._accounts.get(name)
        return neglected(name, account.seed_time, self.duties) if account else ()

    def _told(self, name: str, account: Standing) -> Standing:
        return replace(account, dangers=(*account.dangers, *self.neglected(name)))


def _read(shape: TypeAdapter[T], stored: object, otherwise: T) -> T:
    try:
        return shape.validate_python(stored)
    except ValidationError:
        return otherwise
