"""Keeps all daemons but one off a PostgreSQL database, and tells the one at every moment whether it may still act.

The lock is confirmed every few seconds. The server frees that of a daemon that is silent, frozen or cut off, but not
before that daemon itself has ceased to trust it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.store import reign
from audiobook_daemon.store.address import Address
from audiobook_daemon.store.connections import DatabaseAway, told_as_sentences
from audiobook_daemon.store.engines import postgres_engine
from audiobook_daemon.store.server_lock import ServerLock

_log = logging.getLogger(__name__)

TRY_EVERY: Final = 1.0
"""Seconds between attempts to take the lock."""
REFUSED_AFTER: Final = 2.0
"""Seconds a daemon that does not stand by tries: the server may not have noticed yet that its last life is over."""
CONFIRM_EVERY: Final = 2.0
TRUSTED_FOR: Final = 7.0
"""Seconds after which a lock that was not confirmed is not acted upon; less than the server waits."""


@dataclass(frozen=True, slots=True)
class Succession:
    """What a daemon does when another one has the database: give up at once, or stand by."""

    stand_by: bool = False
    waiting: Callable[[str], None] = lambda _: None
    """Called with a sentence when it begins to wait, and when the reason is another one."""
    overtaken: Callable[[str], None] = lambda _: None
    """Called with a sentence when it must not act any more."""


ALONE: Final = Succession()


class Guard:
    """The right of this daemon to act."""

    def __init__(self, address: Address, succession: Succession) -> None:
        self._address = address
        self._label = address.label
        self._lock = ServerLock(address)
        self._succession = succession
        self._confirmed = 0.0
        self._number: int | None = None
        self._lost: str | None = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Take the lock, or wait for it when standing by, and keep it until the block ends.

        Raises DatabaseError when another daemon has it, and when the server cannot be used.
        """
        try:
            await self._acquire()
            keeping = asyncio.create_task(self._keep())
            try:
                yield
            finally:
                keeping.cancel()
                await asyncio.gather(keeping, return_exceptions=True)
        finally:
            await self._lock.drop()

    async def begin(self) -> None:
        """Begin the reign: from now on no earlier daemon can write. Raises DatabaseError."""
        self.confirm()
        engine = postgres_engine(self._address, lasting=False)
        with told_as_sentences(self._label):
            async with engine.begin() as connection:
                self._number = await reign.begin(connection)
        self.confirm()

    def confirm(self) -> None:
        """Make sure that this daemon may act now; raises DatabaseError when that is not certain."""
        if self._lost is not None:
            raise reign.Overtaken(self._lost)
        if self._lock.broken.is_set() or _now() - self._confirmed > TRUSTED_FOR:
            raise DatabaseAway(
                f"The lock on the database {self._label} is not certain for the moment, so nothing is done. "
                "The daemon goes on as soon as it is."
            )

    async def fence(self, connection: AsyncConnection) -> None:
        """Let nothing be written once another daemon has begun its reign; raises Overtaken."""
        await reign.require(connection, self._number or 0, self._label)

    async def _acquire(self) -> None:
        patient, told, began = self._succession.stand_by, None, _now()
        while True:
            try:
                if await self._take():
                    return
                _, holder = await self._lock.reigning()
                by = f", {holder}" if holder else ""
                sentence = f"The database {self._label} is in use by another audiobook-daemon{by}."
            except DatabaseAway as error:
                if not patient:
                    raise
                sentence = str(error)
            if patient and sentence != told:
                self._succession.waiting(sentence)
                told = sentence
            elif not patient and _now() - began > REFUSED_AFTER:
                raise DatabaseError(f"{sentence} Stop that one first, or give this one a database of its own.")
            await asyncio.sleep(TRY_EVERY if patient else TRY_EVERY / 5)

    async def _take(self) -> bool:
        began = _now()
        if not await self._lock.take():
            return False
        self._confirmed = began
        return True

    async def _keep(self) -> None:
        held = True
        while self._lost is None:
            if await self._still_held() or await self._regained():
                held = True
                with suppress(TimeoutError):
                    async with asyncio.timeout(CONFIRM_EVERY):
                        await self._lock.broken.wait()
            else:
                if held:
                    _log.warning("The lock on the database %s is gone; nothing is done until it is back.", self._label)
                held = False
                await asyncio.sleep(TRY_EVERY)
        self._succession.overtaken(self._lost)

    async def _still_held(self) -> bool:
        began = _now()
        try:
            await self._lock.confirm()
        except DatabaseError:
            return False
        self._confirmed = began
        return True

    async def _regained(self) -> bool:
        """Take the lock again unless another daemon has reigned since; tells whether it is ours."""
        certain_until = self._confirmed + TRUSTED_FOR
        try:
            taken = await self._take()
            number, _ = await self._lock.reigning()
            if not taken:
                await self._lock.end_lost()
        except DatabaseAway:
            if self._succession.stand_by and _now() > certain_until:
                self._lost = f"The lock on the database {self._label} is lost, and another daemon may take over."
            return False
        except DatabaseError as error:
            _log.debug("%s", error)
            return False
        if self._number is not None and number != self._number:
            self._lost = str(reign.overtaken(self._label))
            return False
        if taken:
            _log.info("The database %s answers again, and no other daemon has used it meanwhile.", self._label)
        return taken


def _now() -> float:
    """Seconds that go on while the process is stopped and the machine asleep."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
