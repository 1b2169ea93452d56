"""Accounts are asked for, kept, and told when something about them has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import AuthFailed, Unavailable
from audiobook_daemon.models import Standing

if TYPE_CHECKING:
    from tests.core.upkeep.standings.conftest import Office


async def test_a_standing_is_asked_for_kept_and_told(office: Office) -> None:
    outcome = await office.ask()
    expected = Standing(office.now, ratio=2.5, free_slots=7, seed_time=259200)
    assert office.known() == expected
    assert outcome.summary == "trackers: mam: ratio 2.50, 7 slots free, in no danger."
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 1, 0)
    (event,) = office.seen()
    assert (event.at, event.instance, event.standing, event.before) == (office.now, "mam", expected, None)


async def test_a_danger_comes_and_goes_with_what_was_before(office: Office) -> None:
    await office.ask()
    well = office.known()
    office.seen()
    office.pass_by(minutes=30)
    office.mam.says |= {"ratio": 0.9, "dangers": ("The ratio is low.",)}
    assert (await office.ask()).summary == "trackers: mam: ratio 0.90, 7 slots free, 1 danger."
    (event,) = office.seen()
    assert (event.before, event.standing.dangers) == (well, ("The ratio is low.",))
    office.pass_by(minutes=30)
    office.mam.says |= {"ratio": 2.5, "dangers": ()}
    await office.ask()
    (event,) = office.seen()
    assert event.before is not None
    assert (event.before.dangers, event.standing) == (("The ratio is low.",), replace(well, at=office.now))


async def test_what_the_tracker_has_not_read_anew_is_not_told_again(office: Office) -> None:
    office.mam.says["at"] = office.now
    for _ in range(3):
        await office.ask()
        office.pass_by(minutes=5)
    assert len(office.seen()) == 1


@pytest.mark.parametrize("trouble", [Unavailable("The site is down."), AuthFailed("Renew the session.")])
async def test_a_tracker_that_is_away_stays_as_it_was(office: Office, trouble: Exception) -> None:
    await office.ask()
    known = office.known()
    office.seen()
    office.mam.trouble = trouble
    office.pass_by(minutes=30)
    outcome = await office.ask()
    assert office.known() == known
    assert office.seen() == []
    assert (outcome.summary, outcome.failed) == ("trackers: mam did not answer.", 1)
    assert isinstance(outcome.data, list)
    assert outcome.data[0]["silent"] == str(trouble)
    assert outcome.data[0]["at"] == known.at.isoformat()


async def test_one_that_never_answered_is_not_made_up(office: Office) -> None:
    office.mam.trouble = Unavailable("The site is down.")
    outcome = await office.ask()
    assert office.house.ledger.standings(("mam",)) == {}
    assert office.seen() == []
    assert isinstance(outcome.data, list)
    assert {name: value for name, value in outcome.data[0].items() if value not in (None, [])} == {
        "tracker": "mam",
        "silent": "The site is down.",
    }


async def test_after_a_restart_the_last_one_is_known_with_its_date(office: Office) -> None:
    office.mam.says |= {"vip_until": office.now, "dangers": ("The ratio is low.",)}
    await office.ask()
    known = office.known()
    office.seen()
    office.begin()
    assert office.house.ledger.standings(("mam",)) == {}
    await office.house.ledger.load()
    assert office.known() == known
    assert office.mam.asked == 1
    assert office.seen() == []


@pytest.mark.parametrize("stored", [{"mam": {"at": "yesterday"}}, {"mam": 7}, [1], "nonsense", {"mam": {"ratio": 1.0}}])
async def test_what_was_kept_and_cannot_be_read_is_asked_for_anew(office: Office, stored: object) -> None:
    memory = office.database.memory("(trackers)")
    await memory.put("standings", stored)
    await memory.put("duties", stored)
    await office.house.ledger.load()
    assert office.house.ledger.standings(("mam",)) == {}
    assert (await office.ask()).succeeded == 1


async def test_two_trackers_are_told_apart_and_a_removed_one_is_forgotten(office: Office) -> None:
    await office.have("mam", "other")
    office.other.says = {"rank": "Mouse"}
    assert (await office.ask()).summary == (
        "trackers: mam: ratio 2.50, 7 slots free, in no danger; other: Mouse, in no danger."
    )
    assert [event.instance for event in office.seen()] == ["mam", "other"]
    await office.have("other")
    await office.ask()
    office.begin()
    await office.house.ledger.load()
    assert list(office.house.ledger.standings(("mam", "other"))) == ["other"]


async def test_without_a_tracker_it_says_so(office: Office) -> None:
    await office.have()
    outcome = await office.ask()
    assert (outcome.processed, outcome.failed) == (0, 0)
    assert "no instance has an account" in outcome.summary
