"""What a plugin is lent, for tests: a real HTTP session, a memory in RAM, a clock that stands still."""

from __future__ import annotations

import copy
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from yarl import URL

from audiobook_daemon import Answers, Context, FilePart, Http, HttpAnswer, Memory
from audiobook_daemon.demo.faults import Fault, Faults
from audiobook_daemon.http import PoliteSession, Transport

P = ParamSpec("P")
T = TypeVar("T")
Pairs = Mapping[str, str] | Sequence[tuple[str, str]]
OnCookies = Callable[[Sequence[str]], Awaitable[None]]
SOON = 0.15
"""Seconds that a dripping answer is waited for; it would never end."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class MemoryInRam:
    """Keeps copies, as a database would."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    async def get(self, key: str) -> object:
        return copy.deepcopy(self.values.get(key))

    async def put(self, key: str, value: object, *, secret: bool = True) -> None:
        self.values[key] = copy.deepcopy(value)

    async def delete(self, key: str) -> None:
        self.values.pop(key, None)


class HastySession:
    """The real session without second attempts, and with little patience where a stand-in is about to drip."""

    def __init__(self, session: Http, drips: Callable[[str], bool]) -> None:
        self._session = session
        self._drips = drips

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        self._session.pace(0.0, one_at_a_time=one_at_a_time)

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Pairs | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Pairs | None = None,
        files: Sequence[FilePart] = (),
        timeout: float = 30.0,
        max_bytes: int = 16 * 1024 * 1024,
        attempts: int | None = None,
        on_cookies: OnCookies | None = None,
    ) -> HttpAnswer:
        return await self._session.request(
            method,
            url,
            params=params,
            headers=headers,
            json=json,
            form=form,
            files=files,
            timeout=SOON if self._drips(URL(url).path) else timeout,
            max_bytes=min(max_bytes, 1024 * 1024),
            attempts=1,
            on_cookies=on_cookies,
        )


@dataclass
class Spy:
    """The real session, with a note of everything that is sent."""

    session: Http
    sent: list[dict[str, Any]] = field(default_factory=list)

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        self.session.pace(seconds, one_at_a_time=one_at_a_time)

    async def request(self, method: str, url: str, **named: Any) -> HttpAnswer:  # noqa: ANN401
        self.sent.append({"method": method, "url": url, **named})
        return await self.session.request(method, url, **named)

    def to(self, end: str, method: str | None = None) -> list[dict[str, Any]]:
        """What was sent to addresses with this end."""
        return [one for one in self.sent if one["url"].endswith(end) and method in {None, one["method"]}]


async def ask_nobody(
    hook: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], /, *args: P.args, **kwargs: P.kwargs
) -> Answers[T]:
    """There are no other instances."""
    return Answers()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory() -> MemoryInRam:
    return MemoryInRam()


@pytest.fixture
async def http() -> AsyncIterator[PoliteSession]:
    transport = Transport()
    yield PoliteSession(transport)
    await transport.close()


@pytest.fixture
def drips(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], bool]:
    """Whether some stand-in plans to drip its next answer at a path: only then a test need not wait for its end."""
    spoilt: list[Faults] = []

    def noted(plan: Callable[Concatenate[Faults, P], None]) -> Callable[Concatenate[Faults, P], None]:
        def note(faults: Faults, /, *args: P.args, **kwargs: P.kwargs) -> None:
            spoilt.append(faults)
            plan(faults, *args, **kwargs)

        return note

    monkeypatch.setattr(Faults, "always", noted(Faults.always))
    monkeypatch.setattr(Faults, "next", noted(Faults.next))
    return lambda path: any(faults.planned(path) is Fault.DRIP for faults in spoilt)


@pytest.fixture
def hasty_http(http: PoliteSession, drips: Callable[[str], bool]) -> HastySession:
    return HastySession(http, drips)


@pytest.fixture
def spy(http: PoliteSession) -> Spy:
    return Spy(http)


@pytest.fixture
def context_for(http: PoliteSession, memory: Memory, clock: Clock) -> Callable[..., Context]:
    """Make a context: `context_for("name")`, with another session or memory as `context_for("name", http=...)`."""

    def make(name: str, *, http: Http = http, memory: Memory = memory) -> Context:
        log = logging.getLogger(f"audiobook_daemon.instance.{name}")
        return Context(name=name, http=http, memory=memory, log=log, now=clock, ask=ask_nobody)

    return make
