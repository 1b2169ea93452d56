from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.demo.mam import MamStandIn, SummaryShape

if TYPE_CHECKING:
    from tests.demo.mam.conftest import Member

Sample = Callable[[str], Any]
Shape = Callable[[object], object]


async def test_the_basic_members_are_those_of_the_sample(member: Member, sample: Sample) -> None:
    given, expected = (await member.get("/jsonLoad.php")).json, sample("jsonload_basic.json")
    assert given == expected | {"username": "demo_mouse"}
    assert list(given) == list(expected)


@pytest.mark.parametrize(
    ("summary", "name"),
    [
        (SummaryShape.NESTED, "jsonload_summary_nested.json"),
        (SummaryShape.FLAT, "jsonload_summary_flat.json"),
    ],
)
async def test_the_summary_has_the_shape_of_the_sample(
    member: Member, site: MamStandIn, summary: SummaryShape, name: str, sample: Sample, shape: Shape
) -> None:
    site.summary_shape = summary
    site.account.unsatisfied = 63
    given, expected = (await member.get("/jsonLoad.php", snatch_summary="")).json, sample(name)
    piles = given["snatch_summary"] if summary is SummaryShape.NESTED else given
    wanted = expected["snatch_summary"] if summary is SummaryShape.NESTED else expected
    for pile in (pile for pile in (*piles.values(), *wanted.values()) if isinstance(pile, dict)):
        if "size" in pile:
            pile["size"] = None
    assert shape(given) == shape(expected)
    assert {key: pile["name"] for key, pile in piles.items() if isinstance(pile, dict) and "name" in pile} == {
        key: pile["name"] for key, pile in wanted.items() if isinstance(pile, dict) and "name" in pile
    }
    assert (piles["unsat"]["count"], piles["unsat"]["limit"]) == (63, 100)


async def test_points_are_capped_and_vip_can_be_missing(member: Member, site: MamStandIn) -> None:
    site.account.seedbonus = 250_000
    site.account.vip_until = None
    given = (await member.get("/jsonLoad.php")).json
    assert given["seedbonus"] == 99_999
    assert "vip_until" not in given


async def test_the_cookie_check(member: Member, sample: Sample, shape: Shape) -> None:
    accepted, _, refused = sample("check_cookie_cases.json")
    answer = await member.get("/json/checkCookie.php")
    assert (answer.status, answer.text) == (accepted["status"], accepted["body"])
    member.cookie = "wrong"
    answer = await member.get("/json/checkCookie.php")
    assert answer.status == refused["status"]
    assert shape(answer.json) == shape(refused["body"])
