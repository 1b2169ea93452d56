"""Switches that a person throws while the daemon runs, and what whole books do of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.flow.conftest import Household, Inhabit

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.models import RunOutcome, WantState


@asynccontextmanager
async def living(household: Household) -> AsyncIterator[Daemon]:
    async with Daemon.assembled(household.config, {}) as daemon:
        await daemon.host.started()
        await daemon.plan()
        yield daemon


async def do(daemon: Daemon, *verbs: str) -> None:
    for verb in verbs:
        run, _ = await daemon.doors.do(verb, {}, "cli")
        assert run.outcome is RunOutcome.SUCCESS, run.error


async def stand(daemon: Daemon) -> Counter[tuple[WantState, str | None]]:
    return Counter((want.state, want.code) for want in await daemon.database.wants.list(limit=500))


@pytest.fixture
async def household(inhabit: Inhabit) -> AsyncIterator[Household]:
    """A few books, found and waiting for a person's consent."""
    async with inhabit(4) as household:
        household.change("auto_grab: yes", "auto_grab: no")
        yield household


async def test_books_that_wait_for_consent_go_on_when_it_is_given_whatever_dies_meanwhile(
    household: Household,
) -> None:
    waiting = {(WantState.REVIEW, "auto_grab_off"): len(household.books)}
    async with living(household) as daemon:
        await do(daemon, "gather", "choose")
        assert await stand(daemon) == waiting
        await daemon.doors.set_auto_grab("top10", True)
    async with living(household) as daemon:
        assert await stand(daemon) == waiting, "nothing was begun before the end came"
        await do(daemon, "choose", "grab")
        assert {state for state, _ in await stand(daemon)} == {WantState.DOWNLOADING}
    assert sum(household.world.qbittorrent.added.values()) == len(household.books)


async def test_consent_that_is_taken_back_before_anything_was_chosen_lets_everything_wait(
    household: Household,
) -> None:
    async with living(household) as daemon:
        await daemon.doors.set_auto_grab("top10", True)
        await do(daemon, "gather")
        await daemon.doors.reset_settings(["auto_grab.top10"])
        await do(daemon, "choose", "grab")
        assert await stand(daemon) == {(WantState.REVIEW, "auto_grab_off"): len(household.books)}
    assert not household.world.qbittorrent.added


async def test_a_dry_run_that_is_switched_on_leaves_the_world_alone(household: Household) -> None:
    household.change("auto_grab: no", "auto_grab: yes")
    async with living(household) as daemon:
        await do(daemon, "gather", "choose")
        await daemon.doors.set_settings({"dry_run": True})
        before = await stand(daemon)
        await do(daemon, "grab", "shelve")
        assert (await stand(daemon), household.world.qbittorrent.added) == (before, {})
        await daemon.doors.set_settings({"dry_run": False})
        await do(daemon, "grab")
        assert sum(household.world.qbittorrent.added.values()) == len(household.books)
