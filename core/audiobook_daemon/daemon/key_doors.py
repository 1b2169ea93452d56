"""What may be asked about keys from outside; the keys do not stand in the history, so neither do these commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook_daemon.config import Configuration
from audiobook_daemon.daemon.claim import claimed
from audiobook_daemon.daemon.keeping_keys import KeyKeeper, answer
from audiobook_daemon.daemon.standing_by import opened
from audiobook_daemon.doors import KeyStanding, NewKey
from audiobook_daemon.store import Succession, utc_now

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon


class OwnKeyDoors:
    """The part of the daemon's doors behind `/api/keys` and `audiobook-daemon keys`."""

    _daemon: Daemon

    async def keys(self, asked: Mapping[str, object]) -> Mapping[str, object]:
        """Answer the command line."""
        return await answer(self._keeper, asked)

    async def list_keys(self) -> Sequence[KeyStanding]:
        """Return every key."""
        return await self._keeper.list_keys()

    async def add_key(self, name: str, scope: str, lasts: timedelta | None, *, by: str) -> NewKey:
        """Make a key."""
        return await self._keeper.add_key(name, scope, lasts, by=by)

    async def rotate_key(self, name: str, overlap: timedelta, *, by: str) -> NewKey:
        """Make another key in the place of one."""
        return await self._keeper.rotate_key(name, overlap, by=by)

    async def remove_key(self, name: str, *, by: str) -> KeyStanding:
        """Let a key open nothing any more."""
        return await self._keeper.remove_key(name, by=by)

    @property
    def _keeper(self) -> KeyKeeper:
        return KeyKeeper(self._daemon.database, self._daemon.configuration.web)


async def change_keys(path: Path, configuration: Configuration, asked: Mapping[str, object]) -> Mapping[str, object]:
    """Answer the command line while no daemon runs; raises ConfigurationError or DatabaseError if one does."""
    with claimed(path):
        async with opened(path, configuration, utc_now, Succession()) as (database, _):
            return await answer(KeyKeeper(database, configuration.web), asked)
