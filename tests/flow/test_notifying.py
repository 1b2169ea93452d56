"""A person is told of books that wait for a decision and of those on the shelf, each once, by the whole daemon."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.models import WantState
from audiobook_daemon.testing import FakeSite

if TYPE_CHECKING:
    from tests.conftest import RunDaemon
    from tests.flow.conftest import Inhabit

TOLD_WITHIN = 60
STOPS_WITHIN = 30


def received(site: FakeSite) -> list[dict[str, Any]]:
    return [json.loads(asked.body) for asked in site.asked]


async def reach(site: FakeSite, count: int) -> None:
    async with asyncio.timeout(TOLD_WITHIN):
        while len(received(site)) < count:
            await asyncio.sleep(0.02)


@pytest.fixture
async def phone(fake_site: FakeSite) -> FakeSite:
    fake_site.answer("POST", "/", "ok")
    return fake_site


async def test_a_person_is_told_what_to_decide_and_what_is_on_the_shelf(
    inhabit: Inhabit, run_daemon: RunDaemon, phone: FakeSite
) -> None:
    async with inhabit(4) as household:
        household.change("auto_grab: yes", "auto_grab: no")
        address = phone.url.replace("http://", "json://")
        household.change("plugins:\n", f"plugins:\n  phone: {{type: notify, urls: ['{address}?rto=300']}}\n")
        async with run_daemon(household.config) as daemon:
            for verb in ("gather", "choose"):
                await daemon.ask(action=verb)
            wants = {want.wish.book.title: want for want in await household.wants()}
            assert {want.state for want in wants.values()} == {WantState.REVIEW}
            await reach(phone, len(wants))
            for message in received(phone):
                title = message["title"].removeprefix("Decide: ").partition(" by ")[0]
                want = wants.pop(title)
                for proposal in want.proposals:
                    assert f"{proposal.number}. {proposal.title}" in message["message"]
                assert f"do accept {want.id}" in message["message"]
            assert wants == {}

            told = len(received(phone))
            await daemon.ask(action="accept", arguments={"want": want.id})
            async with asyncio.timeout(120):
                while next(one for one in await household.wants() if one.id == want.id).state is not WantState.SHELVED:
                    for verb in ("grab", "watch", "verify", "shelve"):
                        await daemon.ask(action=verb)
            await reach(phone, told + 1)
            assert "1 of 1 addresses took a test message" in str(await daemon.ask(action="phone.test"))

            phone.hold()
            testing = asyncio.create_task(daemon.ask(action="phone.test"))
            await phone.reached()
            async with asyncio.timeout(STOPS_WITHIN):
                assert await daemon.stop() == 0, "a receiver that hangs holds up the end"
            await asyncio.gather(testing, return_exceptions=True)
        titles = [message["title"] for message in received(phone)[told:]]
        assert titles[0].startswith(f"Shelved: {want.wish.book.title}")
        assert titles[1:] == ["audiobook-daemon"] * 2
        assert not [line for line in daemon.log if "apprise" in line or "urllib3" in line]
