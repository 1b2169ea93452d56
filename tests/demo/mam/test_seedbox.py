from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.mam import MamStandIn
from audiobook_daemon.demo.mam.session import IP_MISMATCH

if TYPE_CHECKING:
    from tests.demo.mam.conftest import Clock, Member

Sample = Callable[[str], Any]
Shape = Callable[[object], object]
SetAddress = Callable[[], Awaitable[tuple[int, str]]]


@pytest.fixture
def set_address(member: Member, sample: Sample, shape: Shape) -> SetAddress:
    """Call, hold the answer to the sample of that outcome, and say what happened."""
    known = {(case["status"], case["body"]["msg"]): case["body"] for case in sample("dynamic_seedbox_cases.json")}

    async def call() -> tuple[int, str]:
        answer = await member.get("/json/dynamicSeedbox.php")
        outcome = (answer.status, answer.json["msg"])
        assert shape(answer.json) == shape(known[outcome])
        assert answer.json["Success"] is known[outcome]["Success"]
        return outcome

    return call


async def test_one_change_an_hour(set_address: SetAddress, site: MamStandIn, clock: Clock) -> None:
    assert await set_address() == (200, "Completed")
    assert await set_address() == (200, "No change")
    site.seedbox.caller = "203.0.113.21"
    assert await set_address() == (429, "Last change too recent")
    assert site.seedbox.registered == "203.0.113.20"
    clock.time += timedelta(hours=1)
    assert await set_address() == (200, "Completed")
    assert site.seedbox.registered == "203.0.113.21"


async def test_refusals_say_why(set_address: SetAddress, member: Member, site: MamStandIn) -> None:
    site.seedbox.allowed = False
    assert await set_address() == (403, "Incorrect session type - not allowed this function")
    site.session.mismatch = IP_MISMATCH
    assert await set_address() == (403, "Invalid session - IP mismatch")
    site.session.mismatch = None
    fresh, member.cookie = member.cookie, "wrong"
    assert await set_address() == (403, "Invalid session - Invalid Cookie")
    member.cookie = None
    assert await set_address() == (403, "No Session Cookie")
    member.cookie = fresh
    site.session.end()
    assert await set_address() == (403, "Invalid session")
    assert site.seedbox.registered is None


async def test_the_own_address_needs_no_session(member: Member, sample: Sample) -> None:
    member.cookie = None
    answer = await member.get("/json/jsonIp.php")
    assert answer.json == sample("json_ip.json")
    assert answer.cookie is None
