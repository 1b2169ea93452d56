"""A receiver on loopback, and notifiers that send to it at a time that a test sets."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.plugins.conftest import Clock, MemoryInRam, ask_nobody

from audiobook_daemon import (
    Book,
    Context,
    Event,
    GapsFound,
    Health,
    Http,
    InstanceChanged,
    InstanceStatus,
    Proposal,
    Release,
    SeriesPlace,
    Want,
    WantChanged,
    WantState,
    Wish,
)
from audiobook_daemon.testing import FakeSite
from audiobook_plugins.notify import Notify, courier
from audiobook_plugins.notify.config import NotifyConfig

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
Make = Callable[..., Notify]


def url_of(site: FakeSite, path: str = "") -> str:
    """The address of a receiver, as apprise writes it."""
    return f"{site.url.replace('http://', 'json://')}/{path}"


def book(
    state: WantState = WantState.SHELVED,
    title: str = "Dune",
    *,
    at: datetime = AT,
    before: WantState = WantState.WANTED,
    **changes: Any,  # noqa: ANN401
) -> Event:
    """A book that has come into a state."""
    fields: dict[str, Any] = {
        "wish": Wish(Book(title, ("Frank Herbert",), series=(SeriesPlace("Dune", "1"),)), note="on a list"),
        "reason": "Two would do.",
        "release": Release("mam", "7", title, narrators=("Scott Brick",), formats=("m4b",), size=612_000_000),
        "proposals": (
            Proposal(1, f"{title} (Unabridged)", "mam", "7", "Scott Brick", "m4b", 612_000_000, "The title fits."),
            Proposal(2, f"{title}, read again", "prowlarr", "8", "Simon Vance", "mp3", 400_000_000, "Cheaper."),
        ),
    }
    return WantChanged(at, Want(4, title, state=state, version=1, **(fields | changes)), before)


def gaps(at: datetime = AT, found: int = 3) -> Event:
    return GapsFound(at, "series_completion", found, 0, 1, ("Dune Messiah (Dune)",))


def in_need(at: datetime = AT, name: str = "qbittorrent") -> Event:
    return InstanceChanged(at, InstanceStatus(name, "qbittorrent", (), Health.NEEDS_PERSON, "The password is wrong."))


class Inbox:
    """What a receiver was sent."""

    def __init__(self, site: FakeSite) -> None:
        self.site = site

    def received(self, path: str = "/") -> list[dict[str, Any]]:
        """What it was sent on a path, whether it took it or not."""
        return [json.loads(asked.body) for asked in self.site.asked if asked.path == path]

    def titles(self, path: str = "/") -> list[str]:
        return [one["title"] for one in self.received(path)]

    async def reach(self, count: int, path: str = "/") -> None:
        """Wait for so many messages."""
        async with asyncio.timeout(60):
            while len(self.received(path)) < count:
                await asyncio.sleep(0.005)


@pytest.fixture
async def inbox(fake_site: FakeSite) -> Inbox:
    """A receiver that takes everything at / and /second."""
    for path in ("/", "/second"):
        fake_site.answer("POST", path, "ok")
    return Inbox(fake_site)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a service that failed be tried again when the next message comes."""
    monkeypatch.setattr(courier, "FIRST_REST", 0.0)


@pytest.fixture
async def make(http: Http, memory: MemoryInRam, clock: Clock, inbox: Inbox) -> AsyncIterator[Make]:
    """Make a notifier, not started; all those of a test share one memory."""
    made: list[Notify] = []

    def new(zone: tzinfo = UTC, **settings: Any) -> Notify:  # noqa: ANN401
        config = NotifyConfig.model_validate({"urls": (url_of(inbox.site),)} | settings)
        log = logging.getLogger("audiobook_plugins.phone")
        context = Context("phone", http, memory, log, clock, ask_nobody, zone=lambda: zone)
        made.append(Notify(config, context))
        return made[-1]

    yield new
    for one in made:
        await one.stop()


@pytest.fixture(autouse=True)
def nothing_of_theirs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, the libraries that know the addresses are not heard."""
    yield
    heard = {record.name for record in caplog.get_records("call")}
    assert not {name for name in heard if name.partition(".")[0] in {"apprise", "urllib3", "requests"}}
