"""Makes those wait who try one key after the other."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address

from audiobook_daemon.web.access.visits import parsed_address
from audiobook_daemon.web.refusals import TooMany

_log = logging.getLogger(__name__)
_MOST_ADDRESSES = 2048
_MOST_KEYS = 16
"""Remembered of one address: right and wrong ones."""
_LONGEST_WAIT = 300.0
_FORGIVEN = 3600.0
"""Seconds after the last wrong key when an address is as good as any."""
_NETWORK_BITS = 64
"""Of an IPv6 address: whoever has one has all of its network."""


@dataclass(slots=True)
class _Record:
    wrong: int = 0
    last: float = 0.0
    until: float = 0.0
    tried: OrderedDict[bytes, None] = field(default_factory=OrderedDict)
    good: OrderedDict[bytes, None] = field(default_factory=OrderedDict)


class Guesses:
    """Counts different wrong keys, for each address and in all.

    A program that goes on with its one outdated key guesses nothing: the same key counts once. A key that was right
    at an address stays welcome there while somebody else guesses; nobody can try out by that which keys are right.
    """

    def __init__(self, allowed: int, *, in_all: int = 200, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowed, self._in_all, self._clock = allowed, in_all, clock
        self._records: OrderedDict[str, _Record] = OrderedDict()
        self._left, self._filled = float(in_all), clock()

    def check(self, address: str, digest: bytes) -> None:
        """Raise TooMany, before a key is looked at, if it has to wait."""
        now, record = self._clock(), self._records.get(_place(address))
        if record and digest in record.good:
            return
        if record and record.until > now:
            raise _wait(record.until - now)
        self._refill(now)
        if self._left < 1:
            raise _wait((1 - self._left) * 60 / self._in_all)

    def was_tried(self, address: str, digest: bytes) -> bool:
        """Whether a key is known to be wrong, so that nobody need look again."""
        record = self._records.get(_place(address))
        return record is not None and digest in record.tried

    def wrong(self, address: str, digest: bytes) -> None:
        """Note a wrong key."""
        now, record = self._clock(), self._record(address)
        record.good.pop(digest, None)
        if digest in record.tried:
            return
        _remember(record.tried, digest)
        record.wrong = 1 if now - record.last > _FORGIVEN else record.wrong + 1
        record.last = now
        self._left = max(0.0, self._left - 1)
        if record.wrong >= self._allowed:
            wait = min(_LONGEST_WAIT, 2.0 ** min(16, record.wrong - self._allowed))
            record.until = now + wait
            _log.warning("%s showed %d wrong keys to the web server and has to wait %d s.", address, record.wrong, wait)

    def right(self, address: str, digest: bytes) -> None:
        """Note that a key was right."""
        record = self._record(address)
        record.tried.pop(digest, None)
        _remember(record.good, digest)

    def _record(self, address: str) -> _Record:
        place = _place(address)
        record = self._records.setdefault(place, _Record())
        self._records.move_to_end(place)
        if len(self._records) > _MOST_ADDRESSES:
            self._records.popitem(last=False)
        return record

    def _refill(self, now: float) -> None:
        """As many again within a minute."""
        self._left = min(float(self._in_all), self._left + (now - self._filled) * self._in_all / 60)
        self._filled = now

    def __len__(self) -> int:
        return len(self._records)


def _wait(seconds: float) -> TooMany:
    return TooMany(
        "Too many wrong keys were shown.",
        hint="Wait, and then come with the right one; `audiobook-daemon keys list` names those there are.",
        retry_after=max(1.0, seconds),
    )


def _remember(table: OrderedDict[bytes, None], digest: bytes) -> None:
    table[digest] = None
    table.move_to_end(digest)
    if len(table) > _MOST_KEYS:
        table.popitem(last=False)


def _place(address: str) -> str:
    found = parsed_address(address)
    if isinstance(found, IPv6Address):
        return f"{int(found) >> (128 - _NETWORK_BITS):x}::"
    return address
