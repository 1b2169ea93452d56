"""The contract of a tracker holds for one that keeps it, and finds what others do wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiobook_daemon import Plugin, PluginConfig, Standing, Tracker, Unavailable, hookimpl
from audiobook_daemon.testing import FakeSite, PlugIn, TrackerContract


class Address(PluginConfig):
    url: str


class Minding(Plugin[Address], Tracker):
    """Asks once and remembers."""

    known: Standing | None = None

    @hookimpl
    async def standing(self) -> Standing:
        if self.known is None:
            self.known = await self.asked()
        return self.known

    async def asked(self) -> Standing:
        body = (await self.context.http.request("GET", f"{self.config.url}/account")).check().json()
        if not isinstance(body, dict):
            raise Unavailable("The site sent something other than the account.")
        return Standing(self.context.now(), slots=5, free_slots=2, dangers=("The ratio is low.",))


class Pestering(Minding):
    """Asks the site whenever it is asked."""

    @hookimpl
    async def standing(self) -> Standing:
        return await self.asked()


class Overdrawn(Minding):
    """Counts slots that are not there."""

    async def asked(self) -> Standing:
        return replace(await super().asked(), free_slots=-3)


class Coded(Minding):
    """Speaks in codes."""

    async def asked(self) -> Standing:
        return replace(await super().asked(), dangers=("LOW_RATIO",))


class TestTracker(TrackerContract):
    plugin = Minding

    def config(self, site: FakeSite) -> Address:
        return Address(url=site.url)

    def script(self, site: FakeSite) -> None:
        site.answer("GET", "/account", {"name": "me"})


@pytest.mark.parametrize(
    ("plugin", "check"),
    [(Pestering, "asking_again_at_once_asks_nobody"), (Overdrawn, "answers"), (Coded, "answers")],
)
async def test_the_contract_finds_the_mistake(
    plugin: type, check: str, plug_in: PlugIn, fake_site: FakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TestTracker, "plugin", plugin)
    with pytest.raises(AssertionError):
        await getattr(TestTracker(), f"test_{check}")(plug_in, fake_site)
