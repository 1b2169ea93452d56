"""Everything a plugin is lent: a name, an HTTP session, a memory, a log, a clock, and the right to ask questions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from audiobook_daemon.plugin.exchange import Http

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given(Generic[T]):
    """The answer of one instance."""

    instance: str
    value: T


@dataclass(frozen=True, slots=True)
class Silent:
    """An instance that could not answer, and why."""

    instance: str
    reason: str
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class Answers(Generic[T]):
    """What came of a question: "nobody has it" and "two sources were down" are different news."""

    given: tuple[Given[T], ...] = ()
    silent: tuple[Silent, ...] = ()

    @property
    def values(self) -> tuple[T, ...]:
        """The answers alone, in the order of the configuration."""
        return tuple(given.value for given in self.given)


class Asker(Protocol):
    """Broadcasts a question to all instances of a role (the asking one left out); commands are refused."""

    async def __call__(
        self,
        hook: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answers[T]:
        """Ask; `hook` is the specification itself, as in `ask(ChartSource.chart, request=...)`."""


class Memory(Protocol):
    """JSON values of this instance that outlive the daemon; each write is on disk when the call returns."""

    async def get(self, key: str) -> object:
        """Return the value, or None."""

    async def put(self, key: str, value: object, *, secret: bool = True) -> None:
        """Write a JSON value; say `secret=False` of what may stand in a backup for all eyes."""

    async def delete(self, key: str) -> None:
        """Forget a value; forgetting an unknown one is no error."""


def _nobody_listens(text: str) -> None:
    del text


def _utc() -> tzinfo:
    return UTC


@dataclass(frozen=True, slots=True)
class Context:
    """What the host lends to one instance."""

    name: str
    """The name of the instance, as in the configuration."""
    http: Http
    memory: Memory
    log: logging.Logger
    now: Callable[[], datetime]
    """The present moment, aware, in UTC."""
    ask: Asker
    hint: Callable[[str], None] = _nobody_listens
    """Says that something has changed at the service, and what, so that it is looked at soon; never waits."""
    zone: Callable[[], tzinfo] = _utc
    """The configured time zone, for times of day that people write and read."""
