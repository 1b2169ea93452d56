"""One instance of a plugin: its object, its faults, and how long it rests."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from audiobook_daemon.errors import AuthFailed, DatabaseError, PluginError, Unavailable
from audiobook_daemon.models import Health, InstanceStatus
from audiobook_daemon.plugin import Context, Plugin, PluginConfig, roles_of

T = TypeVar("T")

FIRST_REST: Final = 5.0
LONGEST_REST: Final = 15 * 60.0
SHORTEST_ASKED: Final = 1.0
LONGEST_ASKED: Final = 24 * 3600.0
START: Final = "start"
_JITTER: Final = 0.05
_SHARE: Final = 0.5
"""A latency is news if it differs by more than so many seconds, and by more than this share."""


def _unmeasured() -> float | None:
    return None


class Bug(Unavailable):
    """A plugin raised what it may not raise; the cause is attached."""


class Unmade(Plugin[PluginConfig]):
    """Stands for a plugin whose object could not be made, so that the others go on and people see why."""

    def __init__(self, config: PluginConfig, context: Context, reason: str) -> None:
        super().__init__(config, context)
        self._reason = reason

    async def start(self) -> None:
        """Say why; a person has to mend the plugin or its section."""
        raise AuthFailed(self._reason)


@dataclass(frozen=True, slots=True)
class InstanceSpec:
    """An instance as the configuration asks for it."""

    name: str
    type: str
    settings: PluginConfig


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a hook of an instance is left alone for a while."""

    reason: str
    needs_person: bool
    count: int
    since: datetime
    until: datetime


@dataclass(slots=True)
class Instance:
    """A plugin object with its health; each hook rests on its own, a failed start rests all of them."""

    spec: InstanceSpec
    plugin: Plugin[PluginConfig]
    since: datetime
    started: bool = False
    stopped: bool = False
    latency: Callable[[], float | None] = _unmeasured
    """Tells how many seconds the last answer of its service took."""
    faults: dict[str, Fault] = field(default_factory=dict)
    _told_latency: float | None = None
    _calls: set[asyncio.Timeout] = field(default_factory=set)
    _quiet: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        """Its name in the configuration."""
        return self.spec.name

    async def call(self, what: str, work: Callable[[], Coroutine[Any, Any, T]], limit: float) -> T:
        """Await one call of the plugin, for `limit` seconds at most.

        Raises only PluginError: what the plugin raised on purpose, Unavailable when it took too long, else Bug.
        """
        try:
            async with asyncio.timeout(limit) as guard:
                self._calls.add(guard)
                self._quiet.clear()
                try:
                    return await work()
                finally:
                    self._calls.discard(guard)
                    if not self._calls:
                        self._quiet.set()
        except PluginError:
            raise
        except DatabaseError as error:  # its memory is ours
            raise Unavailable(f"{self.name} could not remember what it has to in {what}. {error}") from error
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            raise Bug(f"{self.name} failed in {what}: it waited for something that was cancelled.") from error
        except Exception as error:
            if guard.expired() and isinstance(error, TimeoutError):
                late = "was stopped before the end of" if self.stopped else f"took more than {limit:g} seconds for"
                raise Unavailable(f"{self.name} {late} {what}.") from error
            raise Bug(f"{self.name} failed in {what} ({type(error).__name__}: {describe(error)}).") from error

    async def quiet(self, patience: float) -> None:
        """Wait until no call is under way; one that takes longer than `patience` seconds is cut off.

        Raises TimeoutError if one cannot even be cut off.
        """
        if not self._calls:
            return
        try:
            async with asyncio.timeout(patience):
                await self._quiet.wait()
        except TimeoutError:
            for guard in self._calls:
                if not guard.expired():
                    guard.reschedule(asyncio.get_running_loop().time())
            async with asyncio.timeout(patience):
                await self._quiet.wait()

    def resting(self, hook: str, now: datetime) -> Fault | None:
        """Return the fault that keeps a hook at rest now, if any."""
        fault = self.faults.get(hook)
        return fault if fault and (fault.needs_person or now < fault.until) else None

    def fail(self, hook: str, error: BaseException, now: datetime) -> bool:
        """Note a failure and set the rest; tells whether this is news."""
        before = self.faults.get(hook)
        count = before.count + 1 if before else 1
        asked = error.retry_after if isinstance(error, Unavailable) else None
        own = min(FIRST_REST * 2 ** min(count - 1, 20), LONGEST_REST) * random.uniform(0.9, 1.1)  # noqa: S311
        fault = Fault(
            reason=describe(error),
            needs_person=isinstance(error, AuthFailed),
            count=count,
            since=before.since if before else now,
            until=now + timedelta(seconds=own if asked is None else min(max(SHORTEST_ASKED, asked), LONGEST_ASKED)),
        )
        self.faults[hook] = fault
        return before is None or before.needs_person != fault.needs_person

    def recover(self, hook: str) -> bool:
        """Note a success; tells whether the hook had failed before."""
        return self.faults.pop(hook, None) is not None

    def status(self) -> InstanceStatus:
        """How people see it."""
        worst = max(self.faults.values(), key=lambda fault: (fault.needs_person, fault.until), default=None)
        if self.stopped:
            health = Health.STOPPED
        elif worst is None:
            health = Health.READY if self.started else Health.STARTING
        else:
            health = Health.NEEDS_PERSON if worst.needs_person else Health.RESTING
        return InstanceStatus(
            name=self.name,
            type=self.spec.type,
            roles=tuple(role.__name__ for role in roles_of(type(self.plugin))),
            health=health,
            error=worst.reason if worst else None,
            since=worst.since if worst else self.since,
            until=worst.until if worst and not worst.needs_person else None,
            version=self.plugin.service_version,
            latency=self._steady_latency(),
        )

    def _steady_latency(self) -> float | None:
        """The last latency in two digits; one that hardly differs from what was told last is not told anew."""
        seconds, told = self.latency(), self._told_latency
        if seconds is not None and (told is None or abs(seconds - told) > max(_JITTER, told * _SHARE)):
            self._told_latency = float(f"{seconds:.2g}")
        return self._told_latency


def describe(error: BaseException) -> str:
    """Say what happened in one line for people."""
    text = " ".join(str(error).split())
    return text or type(error).__name__
