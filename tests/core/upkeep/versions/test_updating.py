"""A newer version is told of once, the feed is asked once a day, and nobody is asked unless a feed is named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest

from audiobook_daemon.config import Updates
from audiobook_daemon.events import Bus, Event, UpdateFound
from audiobook_daemon.host import Host, PluginTypes
from audiobook_daemon.http import PoliteSession, Transport
from audiobook_daemon.models import Outcome
from audiobook_daemon.pipeline import Settings, World
from audiobook_daemon.store import Database
from audiobook_daemon.testing import Asked, FakeSite, Reply, Trouble
from audiobook_daemon.upkeep import House, UpkeepSettings, updating
from audiobook_daemon.upkeep.versions import NewVersion

PATH = "/releases/latest"


class Shop:
    """A daemon of version 1.0.0, and a feed."""

    def __init__(self, database: Database, site: FakeSite, transport: Transport) -> None:
        self.now = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
        self.site = site
        self.heard: list[Event] = []
        self.http = PoliteSession(transport)
        bus = Bus()
        host = Host(PluginTypes(found=()), transport, database.memory, bus, lambda: self.now)
        self.world = World(host, database, bus, lambda: self.now, Settings())
        self.listening = bus.listening(self.heard.append)
        self.open(f"{site.url}{PATH}")

    def open(self, url: str | None) -> None:
        """Begin, as after a restart."""
        self.house = House(self.world, UpkeepSettings(updates=Updates(url=url)), http=self.http)
        self.updating = updating.Updating(self.house)

    async def check(self, *, hours: float = 24, force: bool = False) -> Outcome:
        self.now += timedelta(hours=hours)
        return await self.updating.check_update(force=force)

    def told(self) -> list[tuple[str, str | None]]:
        return [(event.version, event.url) for event in self.heard if isinstance(event, UpdateFound)]

    def newest(self) -> NewVersion | None:
        return self.house.versions.newer_than("1.0.0")


@pytest.fixture
async def shop(tmp_path: Path, fake_site: FakeSite, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(updating, "__version__", "1.0.0")
    on_disk(monkeypatch, "1.0.0")
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.open(f"sqlite://{tmp_path / 'state.db'}"))
        transport = Transport()
        stack.push_async_callback(transport.close)
        found = Shop(database, fake_site, transport)
        stack.enter_context(found.listening)
        yield found


def on_disk(monkeypatch: pytest.MonkeyPatch, version: str | None) -> None:
    def look(name: str) -> str:
        assert name == "audiobook-daemon"
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr("audiobook_daemon.upkeep.versions.looking.version", look)


def release(version: str) -> dict[str, str]:
    return {"tag_name": f"v{version}", "html_url": f"https://example.org/{version}", "body": "Covers."}


async def test_a_version_that_is_out_is_told_of_once_for_ever(shop: Shop) -> None:
    shop.site.answer("GET", PATH, release("1.2.0"))
    assert (await shop.check()).summary == "check_update: version 1.2.0 is there; 1.0.0 runs."
    assert shop.newest() == NewVersion("1.2.0", "https://example.org/1.2.0", "Covers.")
    for _ in range(3):
        await shop.check()
    shop.open(f"{shop.site.url}{PATH}")
    await shop.house.load()
    assert shop.newest() is not None, "it is known at once after a restart"
    await shop.check()
    assert shop.told() == [("1.2.0", "https://example.org/1.2.0")]
    shop.site.answer("GET", PATH, release("1.10.0"))
    await shop.check()
    assert [version for version, _ in shop.told()] == ["1.2.0", "1.10.0"]


async def test_the_feed_is_asked_once_a_day_unless_forced(shop: Shop) -> None:
    shop.site.answer("GET", PATH, release("1.0.0"))
    for _ in range(19):
        await shop.check(hours=1)
    assert len(shop.site.asked) == 1
    await shop.check(hours=0, force=True)
    assert len(shop.site.asked) == 2
    await shop.check(hours=20)
    assert len(shop.site.asked) == 3
    assert shop.newest() is None
    assert shop.told() == []


async def test_an_unchanged_feed_need_not_repeat_itself(shop: Shop) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"one"':
            return Reply(status=304)
        return Reply(release("1.2.0"), headers={"ETag": '"one"'})

    shop.site.answer("GET", PATH, answer)
    await shop.check()
    assert "if-none-match" not in shop.site.asked[0].headers
    await shop.check()
    assert shop.site.asked[1].headers["if-none-match"] == '"one"'
    assert shop.newest() is not None
    shop.site.answer("GET", "/other", release("1.1.0"))
    shop.open(f"{shop.site.url}/other")
    await shop.house.load()
    await shop.check()
    assert "if-none-match" not in shop.site.asked[2].headers, "that was the mark of another feed"
    assert shop.newest() == NewVersion("1.1.0", "https://example.org/1.1.0", "Covers.")


@pytest.mark.parametrize("trouble", list(Trouble))
async def test_a_feed_in_trouble_changes_nothing(shop: Shop, trouble: Trouble) -> None:
    shop.site.answer("GET", PATH, release("1.2.0"))
    await shop.check()
    shop.site.spoil(trouble)
    outcome = await shop.check()
    assert (outcome.failed, outcome.succeeded) == (1, 0)
    assert outcome.summary.startswith("check_update: version 1.2.0 is there; 1.0.0 runs. http://127.0.0.1")
    assert len(shop.told()) == 1


async def test_a_feed_that_never_ends_is_cut_off(shop: Shop) -> None:
    shop.site.answer("GET", PATH, release("1.2.0") | {"body": "x" * 3_000_000})
    outcome = await shop.check()
    assert outcome.failed == 1
    assert shop.newest() is None


async def test_without_a_feed_nobody_is_asked_and_what_it_said_is_forgotten(shop: Shop) -> None:
    shop.site.answer("GET", PATH, release("1.2.0"))
    await shop.check()
    shop.open(None)
    await shop.house.load()
    outcome = await shop.check()
    assert (outcome.summary, outcome.failed) == ("check_update: 1.0.0 is the newest known.", 0)
    assert len(shop.site.asked) == 1
    assert shop.newest() is None


@pytest.mark.parametrize(("there", "newer"), [(None, None), ("0.9", None), ("1.0.0", None), ("1.0.1", "1.0.1")])
async def test_what_is_installed_and_does_not_run_yet_is_found_without_any_feed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, there: str | None, newer: str | None
) -> None:
    on_disk(monkeypatch, there)
    shop.open(None)
    await shop.check()
    found = shop.newest()
    assert (found.version if found else None) == newer
    assert shop.told() == ([(newer, None)] if newer else [])
    if found:
        assert "restart the daemon" in (found.summary or "")
        on_disk(monkeypatch, "1.0.0")
        await shop.check()
        assert shop.newest() is None


async def test_the_newest_of_both_counts_and_what_is_installed_before_what_is_only_out(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.site.answer("GET", PATH, release("1.2.0"))
    on_disk(monkeypatch, "1.2.0")
    await shop.check()
    assert "restart" in ((shop.newest() or NewVersion("0")).summary or "")
    shop.site.answer("GET", PATH, release("1.3.0"))
    await shop.check()
    assert (shop.newest() or NewVersion("0")).summary == "Covers."


async def test_after_the_update_it_is_the_newest(shop: Shop) -> None:
    shop.site.answer("GET", PATH, release("1.2.0"))
    await shop.check()
    assert shop.house.versions.newer_than("1.2.0") is None
    assert shop.house.versions.newer_than("1.10") is None


@pytest.mark.parametrize("stored", [7, "x", {"released": 3}, {"released": {"version": "soon"}}, {"asked": "yesterday"}])
async def test_what_was_kept_and_cannot_be_read_is_looked_for_anew(shop: Shop, stored: object) -> None:
    await shop.house.database.memory("(versions)").put("kept", stored)
    await shop.house.load()
    assert shop.newest() is None
    shop.site.answer("GET", PATH, release("1.2.0"))
    await shop.check()
    assert shop.newest() is not None


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "example.org/x", "https://me:secret@example.org/x", "", "http://"]
)
def test_only_addresses_are_addresses(url: str) -> None:
    with pytest.raises(ValueError, match="should be an address"):
        Updates(url=url)
