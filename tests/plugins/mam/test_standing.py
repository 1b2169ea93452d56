"""What is told of the account, what endangers it, and how seldom the site is asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Release, Standing, Unavailable
from audiobook_daemon.demo.faults import Fault
from audiobook_plugins.mam import MyAnonamouse
from audiobook_plugins.mam.account import Account
from audiobook_plugins.mam.standing import standing_of

if TYPE_CHECKING:
    from tests.plugins.conftest import Clock

    from audiobook_daemon.demo.mam import MamStandIn

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WELL = Account("mouse", "VIP", 2.5, 250, 100, 7, 3, NOON + timedelta(days=3), 12, 150, True, 0)
Make = Callable[..., MyAnonamouse]


def standing(account: Account, *, reserve: int = 10, fetched: int = 0) -> Standing:
    return standing_of(account, NOON, NOON, reserve=reserve, fetched=fetched)


def test_an_account_that_is_well_is_told_whole_and_in_no_danger() -> None:
    assert standing(WELL, fetched=2) == Standing(
        at=NOON, rank="VIP", ratio=2.5, least_ratio=1.0, uploaded=250, downloaded=100, points=7, wedges=3,
        vip_until=NOON + timedelta(days=3), unsatisfied=12, slots=150, free_slots=126, seed_time=259200,
        hit_and_runs=0, connectable=True, dangers=(),
    )  # fmt: skip


def test_of_what_the_site_does_not_tell_nothing_is_said() -> None:
    told = standing(Account("mouse"))
    assert (told.ratio, told.free_slots, told.connectable, told.dangers) == (None, None, None, ())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ratio": 0.99}, "ratio 0.99 is below 1"),
        ({"ratio": 1.0}, "ratio 1.00 is close to 1"),
        ({"ratio": 1.0999}, "ratio 1.10 is close to 1"),
        ({"unsatisfied": 140}, "140 of 150"),
        ({"unsatisfied": 400}, "400 of 150"),
        ({"hit_and_runs": 1}, "1 torrent counts as hit-and-run"),
        ({"hit_and_runs": 4}, "4 torrents count as hit-and-run"),
        ({"connectable": False}, "cannot reach the download client"),
        ({"unsatisfied": 101}, "VIP ends on 2026-03-04; without it 100"),
    ],
)
def test_what_costs_rights_is_a_danger(changed: dict[str, object], words: str) -> None:
    told = standing(replace(WELL, **changed))  # type: ignore[arg-type]
    assert [words in danger for danger in told.dangers].count(True) == 1
    assert len(told.dangers) <= 2
    assert told.free_slots is not None
    assert told.free_slots >= 0


@pytest.mark.parametrize(
    "changed",
    [
        {"ratio": 1.1},
        {"ratio": None, "downloaded": 0},
        {"unsatisfied": 100},
        {"unsatisfied": 139, "vip_until": NOON + timedelta(days=8)},
        {"unsatisfied": 139, "vip_until": None},
        {"unsatisfied": 139, "vip_until": NOON - timedelta(days=1)},
        {"connectable": None, "hit_and_runs": None},
    ],
)
def test_what_is_within_the_rules_is_none(changed: dict[str, object]) -> None:
    assert standing(replace(WELL, **changed)).dangers == ()  # type: ignore[arg-type]


def test_slots_without_a_reserve_are_not_said_to_be_kept() -> None:
    (danger,) = standing(replace(WELL, unsatisfied=149, vip_until=None), reserve=0, fetched=1).dangers
    assert "kept" not in danger


def calls(site: MamStandIn) -> int:
    return [served.path for served in site.requests].count("/jsonLoad.php")


async def test_the_site_is_asked_every_twenty_minutes_at_most(mam: Make, site: MamStandIn, clock: Clock) -> None:
    plugin = mam()
    first = await plugin.standing()
    assert (first.at, first.rank, calls(site)) == (clock.moment, "Power User", 1)
    site.account.hit_and_run = 2
    for _ in range(19):
        clock.advance(60)
        assert await plugin.standing() == first
    assert calls(site) == 1
    clock.advance(60)
    then = await plugin.standing()
    assert (then.at, then.hit_and_runs, calls(site)) == (clock.moment, 2, 2)


async def test_what_another_question_has_just_read_is_not_read_again(mam: Make, site: MamStandIn) -> None:
    plugin = mam()
    await plugin.check()
    await plugin.standing()
    assert calls(site) == 1


async def test_a_torrent_just_fetched_takes_a_slot_before_the_site_counts_it(mam: Make, clock: Clock) -> None:
    plugin = mam(reserve_slots=5)
    before = await plugin.standing()
    await plugin.fetch(Release("mam", "1", "The Glass Ferry"))
    clock.advance(60)
    after = await plugin.standing()
    assert (before.free_slots, after.free_slots) == (95, 94)
    assert after.at == before.at


async def test_a_site_that_is_away_says_nothing_new(mam: Make, site: MamStandIn, clock: Clock) -> None:
    plugin = mam()
    first = await plugin.standing()
    site.faults.always(Fault.SERVER_ERROR)
    assert await plugin.standing() == first
    clock.advance(1200)
    with pytest.raises(Unavailable):
        await plugin.standing()
