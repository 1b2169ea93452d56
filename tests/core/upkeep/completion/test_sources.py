"""Sources that are down, slow or lie: nothing is wanted by what they fail to say, or say wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.upkeep.completion.homes import Home, forever, volumes, work

from audiobook_daemon.errors import AuthFailed, Unavailable
from audiobook_daemon.host import host
from audiobook_daemon.models import Work
from audiobook_daemon.plugin import Bibliography, manner_of
from audiobook_daemon.store import Completion, GapState

TIDE = "The Tide Wardens"


async def test_nobody_answers_concludes_nothing(home: Home) -> None:
    for name in ("Alpha Line", "Beta Line", "Gamma Line", "Delta Line", "Omega Line"):
        home.own("Ebb", name, "1")
    home.hardcover.before = home.audnexus.before = Unavailable("Down.")
    outcome = await home.series_completion()
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (3, 0, 3)
    assert "2 left for the next run" in outcome.summary
    assert {one.status for one in await home.database.series.all()} == {Completion.UNKNOWN}
    assert {one.checked for one in await home.database.series.all()} == {None}
    assert await home.gaps() == {}


async def test_a_known_bibliography_outlives_the_silence_of_its_source(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(4))
    home.audnexus.knows(TIDE, *volumes(2))
    home.series(want=False)
    await home.series_completion()
    before = await home.standing(TIDE)
    home.clock.pass_by(days=40)
    home.hardcover.before = Unavailable("Down for the whole run.")
    home.audnexus.knows(TIDE, *volumes(1), work("A Stranger", "9"))
    await home.series_completion()
    now = await home.standing(TIDE)
    assert now.works == before.works
    assert now.checked == before.checked
    assert now.reason == "hardcover could not answer; the bibliography of last time holds."
    assert "A Stranger" not in await home.gaps()


async def test_what_one_source_says_while_another_is_silent_is_listed_but_not_wanted(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.audnexus.knows(TIDE, *volumes(3))
    home.hardcover.before = Unavailable("Down.")
    await home.series_completion()
    assert await home.wanted() == []
    assert set(await home.gaps(GapState.FOUND)) == {"Flood", "Slack Water"}
    home.hardcover.before = None
    home.clock.pass_by(hours=1)
    await home.series_completion()
    assert await home.wanted() == ["Flood", "Slack Water"]


async def test_a_lesser_source_is_not_waited_for(home: Home) -> None:
    await home.have("shelf", "hardcover", "google_books")
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(2))
    catalogue = home.house.world.host.instances["google_books"].plugin
    catalogue.before = Unavailable("The quota is used up.")  # type: ignore[attr-defined]
    await home.series_completion()
    assert await home.wanted() == ["Flood"]


async def test_a_source_that_waits_for_a_person_is_not_waited_for(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.audnexus.knows(TIDE, *volumes(2))
    home.hardcover.before = AuthFailed("The token has run out.")
    await home.series_completion()
    assert await home.wanted() == ["Flood"]


async def test_a_slow_source_is_silent(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = {hook: replace(manner_of(hook), timeout=0.3) for hook in (Bibliography.series_of,)}
    monkeypatch.setattr(host, "manner_of", lambda hook: quick.get(hook) or manner_of(hook))
    home.own("Ebb", TIDE, "1")
    home.audnexus.knows(TIDE, *volumes(2))
    home.hardcover.before = forever
    await home.series_completion()
    assert await home.wanted() == []


async def test_an_empty_answer_does_not_undo_what_was_known(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(3))
    await home.series_completion()
    before = await home.standing(TIDE)
    home.hardcover.series.clear()
    home.clock.pass_by(days=40)
    await home.series_completion()
    now = await home.standing(TIDE)
    assert (now.works, now.total) == (before.works, before.total)
    assert now.reason == "No source knows it any more; the bibliography of last time holds."


def endless() -> tuple[Work, ...]:
    return tuple(work(f"Chronicle {number * 7919}", str(number)) for number in range(1, 10_001))


LIES = {
    "ten thousand works": endless(),
    "far more works than anybody else": endless()[:300],
    "another author's series": tuple(work(f"{t} Rising", str(n), author="Otto Brand") for n, t in enumerate("PQ", 1)),
    "positions nobody can count": (work("Nowhere", "99999999"), work("Nobody", "-3")),
    "a volume without a name": (work("", "3"),),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_is_not_wanted(home: Home, lie: str) -> None:
    home.own("Ebb", TIDE, "1")
    home.own("Flood", TIDE, "2")
    home.hardcover.knows(TIDE, *volumes(2))
    home.audnexus.knows(TIDE, *LIES[lie], author=LIES[lie][0].book.authors[0])
    await home.series_completion()
    assert await home.wanted() == []


async def test_an_unknown_series_is_unknown(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    await home.series_completion()
    standing = await home.standing(TIDE)
    assert (standing.status, standing.total, standing.percent, standing.owned) == (Completion.UNKNOWN, None, None, 1)
    assert standing.reason == "No source knows it."
    assert standing.checked == home.clock.now


async def test_without_any_bibliography_it_is_said_what_is_missing(home: Home) -> None:
    await home.have("shelf")
    home.own("Ebb", TIDE, "1")
    outcome = await home.series_completion()
    assert "no bibliography is configured" in outcome.summary
    assert (await home.standing(TIDE)).owned == 1
