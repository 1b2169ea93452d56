"""Series completion: what is missing is found exactly, wanted within the caps, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.upkeep.completion.homes import AUTHOR, Home, volumes, work

from audiobook_daemon.errors import Refused
from audiobook_daemon.events import WantChanged
from audiobook_daemon.models import Book, SeriesPlace, Want, WantState, Work, WorkKind
from audiobook_daemon.store import Completion, GapState

TIDE = "The Tide Wardens"


async def test_what_is_missing_is_wanted_with_its_reason(home: Home) -> None:
    for number in (1, 2, 4, 5):
        home.own(volumes(5)[number - 1].book.title, TIDE, str(number))
    home.hardcover.knows(TIDE, *volumes(5))
    outcome = await home.series_completion()
    (want,) = await home.wants()
    assert want.wish.book.title == "Slack Water"
    assert want.wish.origin == "series_completion"
    assert want.wish.note == "missing: The Tide Wardens 3, you own 4 of 5"
    assert want.wish.narrators == ("Nora Reed",)
    assert want.wish.languages == ("en",)
    standing = await home.standing(TIDE)
    assert (standing.owned, standing.total, standing.missing, standing.percent) == (4, 5, 1, 80.0)
    assert standing.status is Completion.PARTIAL
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (1, 1, 0)
    (told,) = home.told()
    assert (told.found, told.announced, told.wanted) == (1, 0, 1)
    assert told.titles == ("Slack Water (The Tide Wardens 3)",)


async def test_a_second_run_wants_and_tells_nothing_twice(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(3))
    await home.series_completion()
    before = await home.wants()
    home.clock.pass_by(days=40)
    home.hardcover.knows(TIDE, *volumes(3), key="other")
    await home.series_completion()
    assert await home.wants() == before
    assert len(home.told()) == 1


async def test_a_dry_run_reports_and_changes_nothing(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(3))
    outcome = await home.series_completion(dry_run=True)
    assert "2 would be wanted" in outcome.summary
    assert outcome.data == [
        {"series": TIDE, "owned": 1, "total": 3, "missing": ["2 Flood", "3 Slack Water"], "to come": []}
    ]
    assert await home.wants() == []
    assert await home.gaps() == {}
    assert await home.database.series.all() == ()
    assert home.told() == []


async def test_a_volume_to_come_waits_for_its_date(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(1), work("Flood", "2", released="2026-04-10"))
    await home.series_completion()
    assert await home.wanted() == []
    assert (await home.gaps())["Flood"].state is GapState.UNRELEASED
    assert (await home.standing(TIDE)).status is Completion.COMPLETE
    home.clock.pass_by(days=39)
    await home.series_completion()
    assert await home.wanted() == []
    home.clock.pass_by(days=1)
    await home.series_completion()
    assert await home.wanted() == ["Flood"]
    assert (await home.gaps())["Flood"].state is GapState.WANTED
    assert [(event.announced, event.found) for event in home.told()] == [(1, 0), (0, 1)]


async def test_nearest_to_completion_and_lowest_position_come_first_within_the_caps(home: Home) -> None:
    home.series(most_wanted=4, most_missing=3)
    far, near = "Far Shore", "Near Shore"
    home.own("Ebb", far, "1")
    for one in volumes(3, near):
        home.own(f"Northern {one.book.title}", near, one.book.series[0].position)
    home.hardcover.knows(far, *volumes(9, far))
    home.hardcover.knows(near, *(replace_title(one) for one in volumes(5, near)))
    await home.series_completion()
    assert await home.wanted() == ["Northern Undertow", "Northern Spring Tide", "Flood", "Slack Water"]
    await home.series_completion()
    assert (await home.wanted())[4:] == ["Undertow", "Spring Tide", "Neap"]


async def test_the_longest_unchecked_series_are_asked_first_and_not_again_too_soon(home: Home) -> None:
    home.series(most_series=1, recheck="10d")
    for name in ("Alpha Line", "Beta Line"):
        home.own(f"{name} Dawn", name, "1")
        home.hardcover.knows(name, work(f"{name} Dawn", "1", name))
    for _ in range(3):
        await home.series_completion()
        home.clock.pass_by(hours=1)
    assert home.hardcover.asked == ["Alpha Line", "Beta Line"]
    await home.series_completion("alpha line")
    assert home.hardcover.asked[2:] == ["Alpha Line"]


@pytest.mark.parametrize("skipped", [True, False])
async def test_kinds_that_are_left_out_are_never_missing(home: Home, skipped: bool) -> None:
    home.series(skip=["novella", "omnibus"] if skipped else ["omnibus"])
    home.own("Ebb", TIDE, "1")
    home.own("Flood", TIDE, "2")
    novella = work("Low Lights", "1.5", kind=WorkKind.NOVELLA)
    box = work("The Tide Wardens: Books 1-2", "1-2", kind=WorkKind.OMNIBUS)
    home.hardcover.knows(TIDE, *volumes(2), novella, box)
    await home.series_completion()
    assert await home.wanted() == ([] if skipped else ["Low Lights"])


async def test_one_series_that_fails_is_noted_and_the_others_go_on(home: Home) -> None:
    for name in ("Alpha Line", "Beta Line"):
        home.own("Ebb", name, "1")
        home.hardcover.knows(name, *volumes(2, name))

    async def sometimes() -> None:
        if home.hardcover.asked[-1] == "Alpha Line":
            raise Refused("Not this one.")

    home.hardcover.before = home.audnexus.before = sometimes
    outcome = await home.series_completion()
    assert (outcome.processed, outcome.failed) == (2, 1)
    (failure,) = await home.database.failed_attempts.newest(10)
    assert (failure.task, failure.item_name) == ("series_completion", "Alpha Line")


async def test_a_dropped_want_stays_dropped(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(2))
    await home.series_completion()
    (want,) = await home.wants()
    await home.people.drop(want.id)
    for _ in range(2):
        home.clock.pass_by(days=40)
        await home.series_completion()
    assert [one.state for one in await home.wants()] == [WantState.DROPPED]
    assert (await home.gaps())["Flood"].state is GapState.IGNORED
    await home.people.revive(want.id)
    await home.completing.recount()
    assert (await home.gaps())["Flood"].state is GapState.WANTED


async def test_an_ignored_gap_is_never_wanted_until_a_person_wants_it(home: Home) -> None:
    home.series(want=False)
    home.own("Ebb", TIDE, "1")
    home.own("Drift", None)
    home.hardcover.knows(TIDE, *volumes(2))
    await home.series_completion()
    gap = (await home.gaps())["Flood"]
    assert gap.state is GapState.FOUND
    await home.completing.ignore_gap(gap.id or 0)
    home.series(want=True)
    home.hardcover.authors["Mira Holt"] = (work("Flood", "2"),)
    home.clock.pass_by(days=40)
    await home.series_completion()
    await home.completing.author_completion()
    assert await home.wanted() == []
    await home.completing.want_gap(gap.id or 0)
    assert await home.wanted() == ["Flood"]


async def test_a_book_that_came_closes_its_gap(home: Home) -> None:
    home.own("Ebb", TIDE, "1")
    home.hardcover.knows(TIDE, *volumes(2))
    await home.series_completion()
    home.own("Flood", TIDE, "2")
    (want,) = await home.wants()
    shelved = await home.database.wants.change(want, state=WantState.SHELVED)
    work_to_do = home.completing.heard(_changed(home, shelved, want.state))
    assert work_to_do is not None
    await work_to_do
    standing = await home.standing(TIDE)
    assert (standing.owned, standing.missing, standing.status) == (2, 0, Completion.COMPLETE)
    assert (await home.gaps())["Flood"].state is GapState.FILLED
    await home.series_completion()
    assert await home.standing(TIDE) == standing


def replace_title(one: Work) -> Work:
    return replace(one, book=replace(one.book, title=f"Northern {one.book.title}"))


def _changed(home: Home, want: Want, before: WantState) -> WantChanged:
    return WantChanged(home.clock(), want, before)


async def test_a_rehearsal_counts_a_book_of_two_series_once_as_the_run_does(home: Home) -> None:
    home.own("Ebb", "Tide Wardens", "1")
    home.own("Nine Bells", "Bell Coast", "1")
    both = Book("Flood", (AUTHOR,), series=(SeriesPlace("Tide Wardens", "2"), SeriesPlace("Bell Coast", "2")))
    shared = replace(work("Flood"), book=replace(both, language="en"))
    home.hardcover.knows("Tide Wardens", work("Ebb", "1", "Tide Wardens"), shared)
    home.hardcover.knows("Bell Coast", work("Nine Bells", "1", "Bell Coast"), shared, key="8")
    rehearsed = await home.series_completion(dry_run=True)
    assert "1 would be wanted, 1 are wants already" in rehearsed.summary
    done = await home.series_completion()
    assert "1 wanted, 1 are wants already" in done.summary


async def test_a_run_with_nothing_due_says_so(home: Home) -> None:
    home.own("Ebb", "The Tide Wardens", "1")
    home.hardcover.knows("The Tide Wardens", *volumes(1))
    await home.series_completion()
    told = await home.series_completion()
    assert told.summary.startswith("series_completion: no series is due to be looked up, 0 books found missing")
