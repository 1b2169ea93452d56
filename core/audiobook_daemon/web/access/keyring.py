"""Knows the keys: those of the configuration, and those that were made while the daemon ran."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from audiobook_daemon import store
from audiobook_daemon.store import StoredKey, beginning_of, fits
from audiobook_daemon.web.access.callers import Scope
from audiobook_daemon.web.access.memory import Remembered
from audiobook_daemon.web.settings import Key

_log = logging.getLogger(__name__)
LONGEST = 200
"""Letters of a key at most."""
_MOST = 256
_SELDOM = timedelta(minutes=10)
"""Between two notes of when a key was last used."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that opens something."""

    name: str
    scope: Scope
    identity: str = field(repr=False)
    """The key itself or its hash: what changes when the key does."""
    expires: datetime | None = None
    id: int | None = None
    """Its row; None for one of the configuration."""


class Keyring:
    """Finds out whose key was shown: the first time slowly, by its hash, and then in microseconds."""

    def __init__(self, keys: Sequence[Key], kept: store.Keys, now: Callable[[], datetime]) -> None:
        self._kept, self._now = kept, now
        self._mask = secrets.token_bytes(32)
        self._plain = [(self.digest(key.secret), _configured(key)) for key in keys if key.secret is not None]
        self._hashed = [_configured(key) for key in keys if key.hash is not None]
        self._remembered: Remembered[KnownKey] = Remembered(_MOST)
        self._noted: dict[int, datetime] = {}
        self._one_at_a_time = asyncio.Semaphore(1)

    @property
    def version(self) -> int:
        """Grows whenever a key changes."""
        return self._kept.version

    def digest(self, key: str) -> bytes:
        """Return what stands for a key in memory: the same for the same, and of no use to anybody else.

        How long it takes to look one up or to compare it says nothing about any key, for nobody knows our mask.
        """
        return hashlib.blake2b(key.encode(errors="surrogateescape"), key=self._mask, digest_size=32).digest()

    async def find(self, key: str) -> KnownKey | None:
        """Return the key that was shown if it opens anything."""
        if not key or len(key) > LONGEST:
            return None
        digest = self.digest(key)
        known = self._remembered.get(digest, self.version) or await self._look(key, digest)
        if known is None:
            return None
        if known.expires is not None and known.expires <= self._now():
            return None
        await self._note(known)
        return known

    async def named(self, name: str) -> tuple[KnownKey, ...]:
        """Return what opens under a name: one of the configuration, or a stored one and perhaps the one before it."""
        configured = [known for _, known in self._plain] + self._hashed
        if found := [known for known in configured if known.name == name]:
            return tuple(found)
        row = await self._kept.get(name)
        return tuple(self._opening(row)) if row else ()

    async def _look(self, key: str, digest: bytes) -> KnownKey | None:
        """Find a key that is not remembered; one at a time, lest those who guess have all cores and all memory."""
        for one, known in self._plain:
            if hmac.compare_digest(one, digest):
                self._remembered.put(digest, known, self.version)
                return known
        async with self._one_at_a_time:
            at = self.version
            if known_now := self._remembered.get(digest, at):
                return known_now
            for known in await self._candidates(key):
                if await asyncio.to_thread(fits, key, known.identity):
                    self._remembered.put(digest, known, at)
                    return known
        return None

    async def _candidates(self, key: str) -> list[KnownKey]:
        found = list(self._hashed)
        if key.isascii() and key.isprintable():  # as every key of ours is; a database may choke on others
            for row in await self._kept.beginning(beginning_of(key)):
                found.extend(self._opening(row))
        return found

    def _opening(self, row: StoredKey) -> Iterator[KnownKey]:
        scope, now = Scope(row.scope), self._now()
        if row.expires is None or row.expires > now:
            yield KnownKey(row.name, scope, row.hash, row.expires, row.id)
        if row.previous_hash and row.previous_until and row.previous_until > now:
            yield KnownKey(row.name, scope, row.previous_hash, row.previous_until, row.id)

    async def _note(self, known: KnownKey) -> None:
        now = self._now()
        if known.id is None or now - self._noted.get(known.id, now - 2 * _SELDOM) < _SELDOM:
            return
        if len(self._noted) >= _MOST:
            self._noted.clear()
        self._noted[known.id] = now
        await self._kept.used(known.id)


def _configured(key: Key) -> KnownKey:
    identity = key.secret if key.secret is not None else key.hash
    assert identity is not None, "a key is given by itself or by its hash"
    return KnownKey(key.name, Scope(key.scope), identity)
