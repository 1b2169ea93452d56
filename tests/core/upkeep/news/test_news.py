"""The nightly look for news: what makes a want due, what does not, and what is remembered of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from audiobook_daemon.errors import AuthFailed, Unavailable
from audiobook_daemon.events import WantChanged
from audiobook_daemon.matching.announced import WishIndex
from audiobook_daemon.models import WantState
from audiobook_daemon.store import GapState

if TYPE_CHECKING:
    from tests.core.upkeep.news.conftest import Newsroom


async def told(newsroom: Newsroom, limit: int = 1000) -> list[str]:
    """The releases that were found for something."""
    return [one["release"] for one in cast(Any, (await newsroom.scan(limit)).data)]


async def test_a_wanted_book_that_appears_is_searched_at_once(newsroom: Newsroom) -> None:
    ferry, mill = await newsroom.want("The Glass Ferry"), await newsroom.want("The Salt Mill")
    newsroom.upload(newsroom.mam, "The Glass Ferry")
    newsroom.upload(newsroom.mam, "Somebody Else's Book", "Jo Rix")
    outcome = await newsroom.scan()
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (2, 1, 0)
    assert await newsroom.is_due(ferry)
    assert not await newsroom.is_due(mill)
    stands = await newsroom.stands(ferry)
    assert (stands.state, stands.attempts, stands.release) == (WantState.WANTED, 2, None), "nothing is taken"
    assert await newsroom.stands(mill) == mill


@pytest.mark.parametrize(
    ("title", "author", "more"),
    [
        ("The Glass Ferryman", "Ilse Marten", {}),
        ("The Glass Ferry", "Jo Rix", {}),
        ("The Glass Ferry", "Ilse Marten", {"audio": False}),
        ("The Glass Ferry", "Ilse Marten", {"language": "fr"}),
        ("The Glass Ferry (Abridged)", "Ilse Marten", {"abridged": True}),
        ("Summary of The Glass Ferry by Ilse Marten", "Quick Reads", {}),
    ],
)
async def test_what_the_gates_or_the_identity_forbid_wakes_nobody(
    newsroom: Newsroom, title: str, author: str, more: dict[str, Any]
) -> None:
    want = await newsroom.want("The Glass Ferry")
    newsroom.upload(newsroom.mam, title, author, **more)
    outcome = await newsroom.scan()
    assert (outcome.processed, outcome.succeeded) == (1, 0)
    assert await newsroom.stands(want) == want


async def test_a_release_that_failed_before_wakes_nobody(newsroom: Newsroom) -> None:
    want = await newsroom.want("The Glass Ferry")
    release = newsroom.upload(newsroom.mam, "The Glass Ferry")
    await newsroom.database.blocklist.add(want.id, "mam", release.key, None, "corrupt", "It was cut off.")
    assert await told(newsroom) == []
    assert await newsroom.stands(want) == want


async def test_the_title_alone_is_enough_for_a_tracker_that_knows_no_fields(newsroom: Newsroom) -> None:
    want = await newsroom.want("The Glass Ferry")
    newsroom.upload(newsroom.prowlarr, "Ilse Marten - The Glass Ferry [M4B]", None)
    await newsroom.scan()
    assert await newsroom.is_due(want)


async def test_only_books_that_wait_to_be_searched_are_touched(newsroom: Newsroom) -> None:
    states = [state for state in WantState if state is not WantState.WANTED]
    wants = [await newsroom.want(f"Volume {state.name.title()}", state=state) for state in states]
    wants.append(await newsroom.want("Volume Due", days=-1))
    for want in wants:
        newsroom.upload(newsroom.mam, want.wish.book.title)
    outcome = await newsroom.scan()
    assert outcome.succeeded == 0
    assert [await newsroom.stands(want) for want in wants] == wants
    named = {one["title"] for one in cast(Any, outcome.data)}
    assert named == {"Volume Review", "Volume Due"}
    assert "1 are offered that wait for you" in outcome.summary


async def test_every_look_goes_back_to_a_day_before_the_one_before(newsroom: Newsroom) -> None:
    began = newsroom.now
    for _ in range(3):
        await newsroom.scan(limit=7)
        newsroom.pass_by(days=3)
    first, second, third = newsroom.mam.asked
    assert first == second == (began - timedelta(days=1), 7)
    assert third == (began + timedelta(days=2), 7)


async def test_an_upload_is_news_once(newsroom: Newsroom) -> None:
    await newsroom.want("The Glass Ferry")
    newsroom.upload(newsroom.mam, "The Glass Ferry", hours=0.5)
    assert await told(newsroom) == ["The Glass Ferry"]
    for _ in range(4):
        newsroom.pass_by(hours=12)
        assert (await newsroom.scan()).processed == 0, "it is listed again, and no news"


async def test_an_upload_that_is_listed_late_is_not_lost(newsroom: Newsroom) -> None:
    want = await newsroom.want("The Glass Ferry")
    await newsroom.scan()
    newsroom.upload(newsroom.mam, "The Glass Ferry", hours=23)
    newsroom.pass_by(days=1)
    await newsroom.scan()
    assert await newsroom.is_due(want)


@pytest.mark.parametrize("trouble", [Unavailable("It is down."), AuthFailed("Its key has run out."), ValueError("bug")])
async def test_a_feed_that_is_down_hides_no_other_and_catches_up_later(newsroom: Newsroom, trouble: Exception) -> None:
    ferry, mill = await newsroom.want("The Glass Ferry", days=40), await newsroom.want("The Salt Mill", days=40)
    newsroom.upload(newsroom.prowlarr, "The Glass Ferry by Ilse Marten")
    newsroom.upload(newsroom.mam, "The Salt Mill")
    await newsroom.scan(dry_run=True)
    began, newsroom.mam.trouble = newsroom.now, trouble
    outcome = await newsroom.scan()
    assert (outcome.succeeded, outcome.failed) == (1, 1)
    assert outcome.summary.endswith("mam could not answer.")
    assert await newsroom.is_due(ferry)
    (failure,) = await newsroom.database.failed_attempts.newest(10)
    assert (failure.task, failure.item_id, failure.attempt_count) == ("mam_scan", "mam", 1)
    newsroom.mam.trouble = None
    newsroom.pass_by(days=2)
    await newsroom.host.retry("mam")
    await newsroom.scan()
    assert await newsroom.is_due(mill), "its first look begins where it should have begun"
    assert newsroom.prowlarr.asked[-1][0] == began - timedelta(days=1)


async def test_the_place_of_a_silent_feed_does_not_move(newsroom: Newsroom) -> None:
    began = newsroom.now
    await newsroom.scan()
    newsroom.mam.trouble = Unavailable("It is down.")
    for _ in range(3):
        newsroom.pass_by(days=1)
        await newsroom.scan()
    newsroom.mam.trouble = None
    newsroom.pass_by(days=1)
    await newsroom.scan()
    assert newsroom.mam.asked[-1][0] == began - timedelta(days=1)
    assert newsroom.prowlarr.asked[-1][0] == newsroom.now - timedelta(days=2)


async def test_a_dry_run_changes_nothing(newsroom: Newsroom) -> None:
    want = await newsroom.want("The Glass Ferry")
    newsroom.upload(newsroom.mam, "The Glass Ferry")
    for _ in range(2):
        outcome = await newsroom.scan(dry_run=True)
        assert (outcome.processed, outcome.succeeded) == (1, 1)
        assert "would be searched" in outcome.summary
    assert await newsroom.stands(want) == want
    assert await newsroom.database.failed_attempts.newest(10) == ()
    assert [event.kind for event in await newsroom.database.events.newest(10)] == ["want_added"]


async def test_a_scan_is_one_line_of_the_log_however_much_it_finds(newsroom: Newsroom) -> None:
    wants = [await newsroom.want(f"The Ferry of Number {number}") for number in range(30)]
    for want in wants:
        newsroom.upload(newsroom.mam, want.wish.book.title)
    before = (await newsroom.database.events.newest(1))[0].id
    assert (await newsroom.scan()).succeeded == 30
    (event,) = await newsroom.database.events.after(before, 100)
    assert event.kind == "news"
    assert not [one for one in newsroom.heard if isinstance(one, WantChanged)]


async def test_a_want_that_changed_meanwhile_is_not_overwritten(newsroom: Newsroom) -> None:
    want = await newsroom.want("The Glass Ferry")
    newsroom.upload(newsroom.mam, "The Glass Ferry")
    await newsroom.scan()
    assert (await newsroom.stands(want)).version == want.version + 1
    dropped = await newsroom.database.wants.change(await newsroom.stands(want), state=WantState.DROPPED)
    assert await newsroom.database.wants.make_due([want.id]) == frozenset()
    assert await newsroom.stands(want) == dropped


async def test_one_torrent_of_two_feeds_is_one_piece_of_news(newsroom: Newsroom) -> None:
    await newsroom.want("The Glass Ferry")
    for feed in (newsroom.mam, newsroom.prowlarr):
        newsroom.upload(feed, "The Glass Ferry", info_hash="a" * 40)
    outcome = await newsroom.scan()
    assert (outcome.processed, outcome.succeeded) == (1, 1)


@pytest.mark.parametrize("state", [GapState.FOUND, GapState.GRADUAL, GapState.UNRELEASED])
async def test_a_book_that_is_missing_from_a_series_is_told_of_and_left_to_others(
    newsroom: Newsroom, state: GapState
) -> None:
    gap = await newsroom.lack("The Salt Mill", state)
    newsroom.upload(newsroom.mam, "The Salt Mill")
    outcome = await newsroom.scan()
    assert outcome.succeeded == 0
    assert "1 that series or authors lack are offered" in outcome.summary
    assert [(one["gap"], one["want"]) for one in cast(Any, outcome.data)] == [(gap.id, None)]
    assert await newsroom.database.wants.list() == ()
    assert await newsroom.database.gaps.get(gap.id or 0) == gap


@pytest.mark.parametrize("state", [GapState.WANTED, GapState.IGNORED, GapState.FILLED])
async def test_a_gap_that_is_none_any_more_is_not_told_of(newsroom: Newsroom, state: GapState) -> None:
    await newsroom.lack("The Salt Mill", state)
    newsroom.upload(newsroom.mam, "The Salt Mill")
    assert await told(newsroom) == []


async def test_a_gap_that_is_wanted_under_another_name_is_told_of_as_the_want(newsroom: Newsroom) -> None:
    await newsroom.lack("The Salt Mill", GapState.FOUND)
    want = await newsroom.want("The Salt Mill")
    newsroom.upload(newsroom.mam, "The Salt Mill")
    assert [one["want"] for one in cast(Any, (await newsroom.scan()).data)] == [want.id]


async def test_a_release_that_breaks_the_program_hides_no_other(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await newsroom.want("The Glass Ferry")
    fitting = WishIndex.fitting

    def broken(index: Any, release: Any) -> Any:  # noqa: ANN401
        return 1 / 0 if release.title == "Broken" else fitting(index, release)

    monkeypatch.setattr(WishIndex, "fitting", broken)
    newsroom.upload(newsroom.mam, "Broken")
    newsroom.upload(newsroom.mam, "The Glass Ferry", hours=2)
    outcome = await newsroom.scan()
    assert (outcome.succeeded, outcome.failed) == (1, 1)
    assert await newsroom.is_due(want)
    (failure,) = await newsroom.database.failed_attempts.newest(10)
    assert (failure.item_id, failure.code) == ("mam:mam-0", "mistake")


async def test_news_that_are_left_out_are_told_of(newsroom: Newsroom) -> None:
    for number in range(4):
        newsroom.upload(newsroom.mam, f"Number {number}", hours=number)
    outcome = await newsroom.scan(limit=3)
    assert outcome.processed == 3
    assert "mam had more news" in outcome.summary


async def test_without_feeds_it_says_what_to_add(newsroom: Newsroom) -> None:
    await newsroom.have()
    outcome = await newsroom.scan()
    assert "add mam or prowlarr" in outcome.summary
    assert await newsroom.database.events.newest(10) == ()


@pytest.mark.parametrize("junk", [None, 3, {}, {"since": "never"}, {"since": "2026-02-01T00:00:00", "seen": []}, [1]])
async def test_a_damaged_place_is_none(newsroom: Newsroom, junk: object) -> None:
    await newsroom.database.memory("(news)").put("mam", junk)
    await newsroom.scan()
    assert newsroom.mam.asked[0][0] == newsroom.now - timedelta(days=1)


async def test_a_clock_that_was_set_back_skips_nothing(newsroom: Newsroom) -> None:
    await newsroom.scan()
    newsroom.pass_by(days=-30)
    await newsroom.scan()
    assert newsroom.mam.asked[-1][0] == newsroom.now - timedelta(days=1)


async def test_two_scans_at_once_do_the_work_once(newsroom: Newsroom) -> None:
    await newsroom.want("The Glass Ferry")
    newsroom.upload(newsroom.mam, "The Glass Ferry", hours=0.2)
    first, second = await asyncio.gather(newsroom.scan(), newsroom.scan())
    assert (first.succeeded, second.processed) == (1, 0)
