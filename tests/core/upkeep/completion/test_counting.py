"""Recounting asks nobody, closes what is filled, and forgets what nobody owns; a run tells how far it has come."""

from __future__ import annotations

from tests.core.upkeep.completion.homes import Home, volumes, work

from audiobook_daemon.actions import reporting
from audiobook_daemon.store import Completion, GapState

TIDE = "The Tide Wardens"


async def test_a_recount_closes_gaps_without_asking(home: Home) -> None:
    home.series(want=False)
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(2), work("Slack Water", "3", released="2026-03-05"))
    await home.series_completion()
    asked = list(home.hardcover.asked)
    flood = home.own("Flood", TIDE, "2")
    await home.database.books.upsert([(flood, "flood|holt mira|||2")])
    home.clock.pass_by(days=10)
    outcome = await home.completing.recount()
    assert outcome.summary == "recount: 1 series (1 partial); 1 authors (1 unknown)."
    assert home.hardcover.asked == asked
    gaps = await home.gaps()
    assert (gaps["Flood"].state, gaps["Slack Water"].state) == (GapState.FILLED, GapState.FOUND)
    standing = await home.standing(TIDE)
    assert (standing.owned, standing.total, standing.percent) == (2, 3, 66.7)
    assert [event.titles for event in home.told()][-1] == ("Slack Water (The Tide Wardens 3)",)


async def test_half_is_partial_and_less_is_incomplete(home: Home) -> None:
    for name, owned, total in (("Alpha Line", 1, 2), ("Beta Line", 1, 3), ("Gamma Line", 2, 2)):
        titles = [f"{name.split()[0]} {word}" for word in ("Rise", "Noon", "Fall")]
        for number, title in enumerate(titles[:owned], 1):
            home.own(title, name, str(number))
        home.hardcover.knows(name, *(work(title, str(n), name) for n, title in enumerate(titles[:total], 1)))
    await home.series_completion()
    found = {one.name: one.status for one in await home.database.series.all()}
    assert found == {
        "Alpha Line": Completion.PARTIAL,
        "Beta Line": Completion.INCOMPLETE,
        "Gamma Line": Completion.COMPLETE,
    }


async def test_a_series_nobody_follows_any_more_is_forgotten_unless_somebody_decided(home: Home) -> None:
    for name in ("Alpha Line", "Beta Line"):
        home.hardcover.knows(name, *(work(f"{name} {one}", str(n), name) for n, one in enumerate(("Rise", "Fall"), 1)))
        await home.following.follow(series=name, back=False)
    await home.following.follow_up()
    gap = next(one for one in await home.database.gaps.list() if one.of == "Beta Line")
    await home.completing.ignore_gap(gap.id or 0)
    for name in ("Alpha Line", "Beta Line"):
        await home.following.unfollow(name)
    await home.completing.recount()
    assert [one.name for one in await home.database.series.all()] == ["Beta Line"]
    await home.following.follow(series="Beta Line")
    home.clock.pass_by(days=40)
    await home.following.follow_up()
    assert await home.wanted() == ["Beta Line Fall"]


async def test_a_run_tells_how_far_it_has_come(home: Home) -> None:
    for name in ("Alpha Line", "Beta Line"):
        home.own("Ebb", name, "1")
        home.hardcover.knows(name, *volumes(1, name))
    told: list[tuple[int, int | None]] = []
    with reporting(lambda done, total, _text: told.append((done, total))):
        await home.series_completion()
    assert told == [(0, 2), (1, 2), (2, 2)]
