"""Makes, lists, exchanges and removes the keys of the HTTP server, with or without a daemon that runs."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from audiobook_daemon.config import Web
from audiobook_daemon.config.units import parse_duration
from audiobook_daemon.doors import DAY_OF_OVERLAP, KEY_NAME, Conflict, KeyStanding, NewKey, NotFound
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.store import Database, KeyTaken, StoredKey, new_key

_log = logging.getLogger(__name__)
_SCOPES = ("read", "act", "admin")
_LONGEST_LIFE = timedelta(days=3660)
_LONGEST_OVERLAP = timedelta(days=30)


class KeyKeeper:
    """Keeps the keys in the database; those of the configuration are listed and left alone."""

    def __init__(self, database: Database, web: Web | None) -> None:
        self._keys = database.keys
        self._now = database.now
        self._configured = {one.name: one.scope for one in web.named_keys} if web else {}

    async def list_keys(self) -> Sequence[KeyStanding]:
        """Return every key, those of the configuration first."""
        configured = [KeyStanding(name, scope, configured=True) for name, scope in self._configured.items()]
        return (*configured, *(_standing(one) for one in await self._keys.all()))

    async def add_key(self, name: str, scope: str, lasts: timedelta | None, *, by: str) -> NewKey:
        """Make a key; raises Conflict if the name is taken, and AudiobookDaemonError for what is no name or scope."""
        if not re.fullmatch(KEY_NAME, name):
            raise AudiobookDaemonError("A key is named with letters, digits, blanks and _.-, 60 at most.")
        if scope not in _SCOPES:
            raise AudiobookDaemonError(f"There is no scope {scope!r}; there are {', '.join(_SCOPES)}.")
        if name in self._configured:
            raise Conflict(f"There is a key called {name!r} in the configuration.")
        key = new_key()
        try:
            row = await self._keys.add(name, key, scope, self._end(lasts))
        except KeyTaken as error:
            raise Conflict(str(error)) from error
        _log.info("The key %s was made with the scope %s, by %s.", name, scope, by)
        return NewKey(_standing(row), key)

    async def rotate_key(self, name: str, overlap: timedelta, *, by: str) -> NewKey:
        """Make another key in the place of one, which stays good for the overlap."""
        if not timedelta(0) <= overlap <= _LONGEST_OVERLAP:
            raise AudiobookDaemonError("The two keys can be good together for 30 days at most.")
        before = await self._stored(name)
        now, key = self._now(), new_key()
        until = min(now + overlap, before.expires or now + overlap)
        lasts = None if before.expires is None else before.expires - before.created
        row = await self._keys.rotate(name, key, until, self._end(lasts))
        if row is None:
            raise NotFound(f"There is no key called {name!r}.")
        _log.info("The key %s was exchanged, by %s; the one before is good until %s.", name, by, until)
        return NewKey(_standing(row), key)

    async def remove_key(self, name: str, *, by: str) -> KeyStanding:
        """Let a key open nothing any more, and end the logins that were made with it."""
        before = await self._stored(name)
        if not await self._keys.remove(name):
            raise NotFound(f"There is no key called {name!r}.")
        _log.info("The key %s was removed, by %s.", name, by)
        return _standing(before)

    async def _stored(self, name: str) -> StoredKey:
        if name in self._configured:
            raise Conflict(f"The key {name!r} stands in the configuration; change it there.")
        if found := await self._keys.get(name):
            return found
        known = ", ".join(one.name for one in await self.list_keys())
        raise NotFound(f"There is no key called {name!r}.", hint=f"There are: {known}." if known else None)

    def _end(self, lasts: timedelta | None) -> datetime | None:
        if lasts is None:
            return None
        if not timedelta(0) < lasts <= _LONGEST_LIFE:
            raise AudiobookDaemonError("A key is good for more than nothing and ten years at most.")
        return self._now() + lasts


async def answer(keeper: KeyKeeper, asked: Mapping[str, object]) -> Mapping[str, object]:
    """Do what the command line asks, which sends texts; raises AudiobookDaemonError."""
    name = str(asked.get("name", ""))
    match asked.get("do"):
        case "list":
            return {"data": [asdict(one) for one in await keeper.list_keys()]}
        case "add":
            lasts = _duration(asked["lasts"]) if asked.get("lasts") else None
            made = await keeper.add_key(name, str(asked.get("scope", "admin")), lasts, by="the command line")
            return {"key": made.key, "data": asdict(made.standing)}
        case "rotate":
            overlap = _duration(asked["overlap"]) if asked.get("overlap") else DAY_OF_OVERLAP
            made = await keeper.rotate_key(name, overlap, by="the command line")
            return {"key": made.key, "data": asdict(made.standing)}
        case "remove":
            return {"data": asdict(await keeper.remove_key(name, by="the command line"))}
        case _:
            raise AudiobookDaemonError("Keys can be listed, added, rotated and removed.")


def _duration(text: object) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise AudiobookDaemonError(f"{text!r} {error}.") from None


def _standing(row: StoredKey) -> KeyStanding:
    return KeyStanding(
        row.name, row.scope, False, row.prefix, row.created, row.expires, row.last_used, row.previous_until
    )
