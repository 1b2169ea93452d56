"""What every plugin promises whatever its role; the roles' own contracts inherit it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any, ClassVar

import pytest

from audiobook_daemon.errors import AuthFailed, Unavailable
from audiobook_daemon.host import InstanceSpec
from audiobook_daemon.models import Health
from audiobook_daemon.plugin import Plugin, PluginConfig
from audiobook_daemon.testing.hosting import PlugIn
from audiobook_daemon.testing.site import FakeSite, Trouble

Faulty = pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble is not Trouble.REFUSED])

_PATIENCE = 60.0


@pytest.mark.asyncio
class PluginContract(ABC):
    """Inherit the contract of a role, name the plugin, and say how its site is set up and answers."""

    plugin: ClassVar[type[Plugin[Any]]]
    """The class under test."""
    credentials: ClassVar[bool] = True
    """Whether the site wants credentials, so that they can be refused."""
    exempt: ClassVar[frozenset[Trouble]] = frozenset()
    """Troubles that mean something else here, such as JSON of another shape to a plugin that reads text."""
    shareable: ClassVar[bool] = True
    """Whether two instances may have the same configuration; a session of one owner may not be shared."""

    @abstractmethod
    def config(self, site: FakeSite) -> PluginConfig:
        """Return a configuration that points to the site."""

    @abstractmethod
    def script(self, site: FakeSite) -> None:
        """Let the site answer well."""

    def refuse(self, site: FakeSite) -> None:
        """Let the site refuse the credentials; 401 for everything unless overridden."""
        site.spoil(Trouble.REFUSED)

    @abstractmethod
    async def ask(self, plugin: Plugin[PluginConfig]) -> None:
        """Ask what the role is for and compare the answer's shape; errors of the plugin pass through."""

    @pytest.fixture
    def site(self, fake_site: FakeSite) -> FakeSite:
        """The site that the plugin speaks to; override it to use a stand-in of your own."""
        return fake_site

    async def started(self, plug_in: PlugIn, site: FakeSite) -> Plugin[PluginConfig]:
        """Return an instance whose site is well."""
        self.script(site)
        host = await plug_in(self.plugin, self.config(site))
        (status,) = host.statuses()
        assert status.health is Health.READY, f"it does not start: {status.error}"
        return host.instances["it"].plugin

    async def test_answers(self, plug_in: PlugIn, site: FakeSite) -> None:
        """A healthy site gets a sound answer, twice."""
        plugin = await self.started(plug_in, site)
        await self.ask(plugin)
        await self.ask(plugin)

    @Faulty
    async def test_a_site_in_trouble_is_unavailable(self, plug_in: PlugIn, site: FakeSite, trouble: Trouble) -> None:
        """Whatever the site sends, it is Unavailable and nothing else, and forgotten when the site is well again."""
        if trouble in self.exempt:
            pytest.skip("means something else to this plugin")
        plugin = await self.started(plug_in, site)
        site.spoil(trouble)
        with pytest.raises(Unavailable) as caught:
            await self.ask(plugin)
        assert str(caught.value).strip(), "an error is a sentence for a person"
        if trouble is Trouble.TOO_MANY:
            assert caught.value.retry_after is not None, "the site said when to come back (Retry-After)"
            return
        site.heal()
        await self.ask(plugin)

    @Faulty
    async def test_starts_or_says_why_not(self, plug_in: PlugIn, site: FakeSite, trouble: Trouble) -> None:
        """A start raises Unavailable, if anything; what has not started can be stopped."""
        self.script(site)
        plugin = self._made(plug_in, site)
        site.spoil(trouble)
        with suppress(Unavailable):
            await plugin.start()
        await plugin.stop()

    async def test_refused_credentials_wait_for_a_person(self, plug_in: PlugIn, site: FakeSite) -> None:
        """Wrong credentials are AuthFailed, at the start or with the first question."""
        if not self.credentials:
            pytest.skip("the site wants no credentials")
        self.script(site)
        plugin = self._made(plug_in, site)
        self.refuse(site)
        with pytest.raises(AuthFailed):
            await self._begin(plugin)
        await plugin.stop()

    async def test_it_may_be_started_again(self, plug_in: PlugIn, site: FakeSite) -> None:
        """A person's retry starts it anew without a stop, so that what it noted about its credentials is forgotten."""
        plugin = await self.started(plug_in, site)
        await self.ask(plugin)
        await plugin.start()
        await self.ask(plugin)

    async def test_a_cancelled_call_leaves_it_usable(self, plug_in: PlugIn, site: FakeSite) -> None:
        """Nothing is lost when a question is given up half-way."""
        plugin = await self.started(plug_in, site)
        site.hold()
        question = asyncio.create_task(self.ask(plugin))
        await site.reached()
        question.cancel()
        with pytest.raises(asyncio.CancelledError):
            await question
        site.release()
        async with asyncio.timeout(_PATIENCE):
            await self.ask(plugin)

    async def test_two_instances_side_by_side(self, plug_in: PlugIn, site: FakeSite) -> None:
        """Two instances answer in their own names, and one goes on when the other is gone."""
        if not self.shareable:
            pytest.skip("two instances need two accounts")
        self.script(site)
        config = self.config(site)
        host = await plug_in(self.plugin, {"one": config, "two": config})
        one, two = (host.instances[name].plugin for name in ("one", "two"))
        await self.ask(one)
        await self.ask(two)
        await host.apply([InstanceSpec("two", self.plugin.__name__, config)])
        assert host.instances["two"].plugin is two
        await self.ask(two)

    def _made(self, plug_in: PlugIn, site: FakeSite) -> Plugin[PluginConfig]:
        return plug_in.host(self.plugin).make(InstanceSpec("it", self.plugin.__name__, self.config(site))).plugin

    async def _begin(self, plugin: Plugin[PluginConfig]) -> None:
        await plugin.start()
        await self.ask(plugin)
