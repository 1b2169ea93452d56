"""A wanted book gets its release, or waits, or is shown to a person; it never gets another book's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Book, Query, SeriesPlace, Unavailable
from audiobook_daemon.models import Want, WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

DAY = timedelta(days=1)


async def choose(world: SmallWorld, want: Want) -> Want:
    await world.pipeline.choose()
    return await world.now(want)


async def test_the_release_of_the_book_is_chosen(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [
        world.offer("Emma", "other", author="Alexander McCall Smith"),
        world.offer("Persuasion"),
        world.offer(),
    ]
    outcome = await world.pipeline.choose()
    want = await world.now(want)
    assert (want.state, want.code, want.release) == (WantState.CHOSEN, "chosen", world.offer())
    assert want.reason is not None
    assert want.reason.startswith("'Emma' (mam Emma): ")
    assert "same title" in want.reason
    assert "same author, Jane Austen" in want.reason
    assert outcome.summary == "choose: 1 due, 1 moved on."
    assert world.mam.asked["search"] == [Query("Emma", ("Jane Austen",), languages=("en",), limit=50)]


async def test_all_indexers_are_asked_and_the_better_release_is_taken(world: SmallWorld) -> None:
    want = await world.want()
    better = replace(world.offer(source="prowlarr"), formats=("m4b",))
    world.mam.offers, world.prowlarr.offers = [world.offer()], [better]
    assert (await choose(world, want)).release == better


async def test_without_auto_grab_a_person_decides(world: SmallWorld) -> None:
    want = await world.want()
    world.around.settings = replace(world.around.settings, auto_grab=frozenset())
    world.mam.offers = [world.offer(key="77")]
    want = await choose(world, want)
    assert (want.state, want.code, want.approved) == (WantState.REVIEW, "auto_grab_off", False)
    assert want.release == world.offer(key="77")
    assert want.reason == "mam has it as 'Emma' (77). Accept it, or set `auto_grab: yes` for charts."


async def test_what_a_person_wished_for_needs_no_auto_grab(world: SmallWorld) -> None:
    await world.people.want("Emma", "Jane Austen")
    world.around.settings = replace(world.around.settings, auto_grab=frozenset())
    world.mam.offers = [world.offer()]
    await world.pipeline.choose()
    (want,) = await world.database.wants.list()
    assert want.state is WantState.CHOSEN


async def test_a_doubtful_release_is_shown_with_its_doubts(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [world.offer("Somebody Else's Emma and More", "other"), world.doubtful("7")]
    want = await choose(world, want)
    assert (want.state, want.code, want.release) == (WantState.REVIEW, "doubtful", world.doubtful("7"))
    assert want.reason is not None
    assert want.reason.startswith("'Emma' (mam 7): ")
    assert "author" in want.reason


async def test_two_volumes_of_one_name_are_shown_as_ambiguous(world: SmallWorld) -> None:
    want = await world.want()
    volumes = [replace(world.offer(key=place), series=(SeriesPlace("Classics", place),)) for place in ("1", "2")]
    world.mam.offers = volumes
    want = await choose(world, want)
    assert (want.state, want.code) == (WantState.REVIEW, "ambiguous")
    assert want.release in volumes


async def test_what_is_doubtful_does_not_hinder_what_is_sure(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [replace(world.offer(key="doubtful"), authors=()), world.offer("Emma Unfinished"), world.offer()]
    want = await choose(world, want)
    assert (want.state, want.code, want.release) == (WantState.CHOSEN, "chosen", world.offer())


async def test_a_book_that_is_owned_meanwhile_is_not_searched(world: SmallWorld) -> None:
    want = await world.want()
    item = world.shelves.own(Book("Emma", ("Jane Austen",)), path="/books/Emma")
    want = await choose(world, want)
    assert (want.state, want.code, want.reason) == (WantState.OWNED, "owned", "shelves holds it already.")
    assert (want.library, want.item, want.folder) == ("shelves", item.id, "/books/Emma")
    assert world.mam.asked["search"] == []


async def test_another_book_in_the_library_is_not_this_one(world: SmallWorld) -> None:
    want = await world.want()
    world.shelves.own(Book("Emma", ("Alexander McCall Smith",)))
    world.mam.offers = [world.offer()]
    assert (await choose(world, want)).state is WantState.CHOSEN


async def test_what_a_silent_library_held_last_counts(world: SmallWorld) -> None:
    want = await world.want()
    world.shelves.own(Book("Emma", ("Jane Austen",)))
    await world.pipeline.sync()
    world.shelves.before("find", Unavailable("shelves is down."))
    assert (await choose(world, want)).state is WantState.OWNED


async def test_a_silent_library_that_was_never_read_is_waited_for(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [world.offer()]
    world.shelves.before("find", Unavailable("shelves is down."))
    want = await choose(world, want)
    assert (want.state, want.code, want.attempts) == (WantState.WANTED, "unavailable", 0)


async def test_the_waits_are_one_three_and_seven_days_and_then_it_is_given_up(world: SmallWorld) -> None:
    want = await world.want()
    world.around.settings = replace(world.around.settings, give_up_after=6)
    waits = []
    while (want := await choose(world, want)).state is WantState.WANTED:
        assert want.next_try is not None
        assert (want.code, want.reason) == ("no_release", "Nobody offers it.")
        waits.append((want.next_try - world.clock.now) / DAY)
        world.clock.now = want.next_try
    assert waits == [1, 3, 7, 7, 7]
    assert (want.state, want.code, want.attempts) == (WantState.GIVEN_UP, "no_release", 6)
    assert want.reason == "6 searches found no acceptable release. Nobody offers it."
    assert want.next_try is None


async def test_searches_in_vain_are_tallied_for_good_but_not_those_of_a_faulty_service(world: SmallWorld) -> None:
    want = await world.want()
    for _ in range(3):
        want = await choose(world, want)
        world.clock.pass_by(days=8)
    world.prowlarr.before("search", Unavailable("Down."))
    await choose(world, want)
    (failed,) = await world.database.failed_attempts.worst(9)
    assert (failed.task, failed.item_id, failed.item_name, failed.attempt_count) == ("search", want.key, "Emma", 3)
    assert (failed.code, failed.reason) == ("no_release", "Nobody offers it.")


async def test_attempts_are_kept_when_a_service_fails_in_between(world: SmallWorld) -> None:
    want = await world.want()
    await choose(world, want)
    world.clock.pass_by(days=1)
    for indexer in (world.mam, world.prowlarr):
        indexer.before("search", Unavailable("Down."))
    want = await choose(world, want)
    assert (want.attempts, want.faults) == (1, 1)
    world.clock.pass_by(hours=1)
    want = await choose(world, want)
    assert want.next_try is not None
    assert (want.attempts, want.faults, (want.next_try - world.clock.now) / DAY) == (2, 0, 3)


async def test_when_all_indexers_are_silent_it_costs_a_minute_and_no_attempt(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.before("search", Unavailable("mam is down."))
    world.prowlarr.before("search", Unavailable("prowlarr is down."))
    want = await choose(world, want)
    assert (want.state, want.code, want.attempts, want.faults) == (WantState.WANTED, "unavailable", 0, 1)
    assert want.next_try == world.clock.now + timedelta(minutes=1)
    assert want.reason == "mam could not answer: mam is down.; prowlarr could not answer: prowlarr is down."
    assert await world.database.decisions.for_want(want.id) == ()


async def test_when_one_of_two_is_silent_and_nothing_is_found_it_is_named_and_no_attempt(world: SmallWorld) -> None:
    want = await world.want()
    world.prowlarr.before("search", Unavailable("prowlarr is down."))
    want = await choose(world, want)
    assert (want.state, want.code, want.attempts) == (WantState.WANTED, "no_release", 0)
    assert want.reason == "Nobody offers it. prowlarr could not answer: prowlarr is down."
    assert want.next_try == world.clock.now + timedelta(hours=6)
    (decision,) = await world.database.decisions.for_want(want.id)
    assert decision.silent == ("prowlarr",)


async def test_when_one_of_two_is_silent_what_the_other_has_is_taken(world: SmallWorld) -> None:
    want = await world.want()
    world.prowlarr.before("search", Unavailable("prowlarr is down."))
    world.mam.offers = [world.offer()]
    assert (await choose(world, want)).state is WantState.CHOSEN


async def test_when_one_of_two_is_silent_a_person_is_not_troubled_with_a_doubtful_release_at_once(
    world: SmallWorld,
) -> None:
    want = await world.want()
    world.prowlarr.before("search", Unavailable("prowlarr is down."), Unavailable("prowlarr is still down."))
    world.mam.offers = [world.doubtful()]
    want = await choose(world, want)
    assert (want.state, want.code, want.attempts) == (WantState.WANTED, "half_asked", 0)
    assert want.next_try == world.clock.now + timedelta(hours=6)
    assert want.reason is not None
    assert want.reason.endswith("prowlarr could not answer: prowlarr is down.")
    world.clock.pass_by(hours=6)
    want = await choose(world, want)
    assert (want.state, want.code) == (WantState.REVIEW, "doubtful")


async def test_without_any_indexer_it_is_said_what_to_add(world: SmallWorld) -> None:
    want = await world.want()
    await world.have("shelves")
    want = await choose(world, want)
    assert want.reason == "No indexer is configured; add mam or prowlarr under `plugins:`."


async def test_a_blocked_release_is_not_taken_again(world: SmallWorld) -> None:
    want = await world.want()
    await world.database.blocklist.add(want.id, "mam", "Emma", None, "incomplete", "Not whole.")
    world.mam.offers = [world.offer()]
    want = await choose(world, want)
    assert (want.state, want.attempts) == (WantState.WANTED, 1)
    assert want.reason == "'Emma' (mam Emma) cannot be taken: it was tried before and failed."
    world.clock.pass_by(days=1)
    world.mam.offers = [world.offer(), world.offer(key="another")]
    assert (await choose(world, want)).release == world.offer(key="another")


@pytest.mark.parametrize("configured", [False, True])
async def test_a_rehearsal_tells_what_would_be_taken_and_changes_nothing(world: SmallWorld, configured: bool) -> None:
    wants = [await world.want(title) for title in ("Emma", "Persuasion", "Sanditon")]
    world.around.settings = replace(world.around.settings, dry_run=configured)
    world.mam.offers = [world.offer(), world.offer("Persuasion")]
    world.budget.forbids = ["Persuasion"]
    outcome = await world.pipeline.choose(dry_run=not configured)
    assert outcome.summary == "choose: would take a release for 1 of 3 books."
    assert isinstance(outcome.data, list)
    lines = [(line["title"], line["code"], line["release"]) for line in outcome.data]
    assert lines == [("Emma", "chosen", "Emma"), ("Persuasion", "no_release", None), ("Sanditon", "no_release", None)]
    assert [await world.now(want) for want in wants] == wants
    assert [await world.database.decisions.for_want(want.id) for want in wants] == [()] * 3
    assert world.told() == []


async def test_a_rehearsal_without_an_answer_says_so(world: SmallWorld) -> None:
    await world.want()
    for indexer in (world.mam, world.prowlarr):
        indexer.before("search", Unavailable("Down."))
    outcome = await world.pipeline.choose(dry_run=True)
    assert isinstance(outcome.data, list)
    (line,) = outcome.data
    assert (line["code"], line["release"]) == ("unavailable", None)
    assert (outcome.succeeded, outcome.failed) == (0, 1)


async def test_never_tried_ones_come_first_in_the_order_of_their_rank(world: SmallWorld) -> None:
    tried = await world.want("Persuasion", next_try=world.clock.now)
    for rank, title in ((2, "Emma"), (1, "Sanditon")):
        want = await world.want(title)
        await world.change(want, wish=replace(want.wish, rank=rank))
    await world.pipeline.choose(limit=2)
    titles = [query.title for query in world.mam.asked["search"] if isinstance(query, Query)]
    assert list(dict.fromkeys(filter(None, titles))) == ["Sanditon", "Emma"]
    assert await world.now(tried) == tried


async def test_switching_auto_grab_on_lets_go_on_what_waited_for_it(world: SmallWorld) -> None:
    settings = world.around.settings
    world.around.settings = replace(settings, auto_grab=frozenset())
    want = await world.want()
    doubtful = await world.want("Persuasion", state=WantState.REVIEW, code="doubtful", release=world.offer())
    other = await world.want("Sanditon", state=WantState.REVIEW, code="auto_grab_off", release=world.offer())
    other = await world.change(other, wish=replace(other.wish, origin="bookmarks"))
    world.mam.offers = [world.offer()]
    assert (await choose(world, want)).state is WantState.REVIEW
    world.around.settings = settings
    assert (await choose(world, want)).state is WantState.CHOSEN
    assert [await world.now(doubtful), await world.now(other)] == [doubtful, other]
