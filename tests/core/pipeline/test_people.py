"""What a person may say to a want in which state, and what is said when it is not possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.models import Want, WantState
from audiobook_daemon.pipeline import NotPossible, UnknownWant, possible

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

COMMANDS = ("accept", "reject", "give_up", "drop", "revive", "search_again")
BECOMES = {
    "accept": ({WantState.REVIEW}, WantState.CHOSEN),
    "reject": ({WantState.REVIEW}, WantState.WANTED),
    "give_up": ({WantState.WANTED, WantState.REVIEW, WantState.CHOSEN}, WantState.GIVEN_UP),
    "drop": (set(WantState) - {WantState.SHELVED}, WantState.DROPPED),
    "revive": ({WantState.DROPPED, WantState.GIVEN_UP, WantState.OWNED, WantState.SHELVED}, WantState.WANTED),
    "search_again": ({WantState.WANTED, WantState.REVIEW}, WantState.WANTED),
}
REFUSALS = {
    "accept": "'Emma' (want 1) has nothing to accept: it is {}.",
    "reject": "'Emma' (want 1) has nothing to reject: it is {}.",
    "give_up": "'Emma' (want 1) cannot be given up: it is {}.",
    "drop": "'Emma' (want 1) is on the shelf already; `undo --want 1` takes it out again.",
    "revive": "'Emma' (want 1) needs no reviving: it is {}.",
    "search_again": "'Emma' (want 1) is past searching: it is {}.",
}


async def standing(world: SmallWorld, state: WantState) -> Want:
    """A want in a state, waiting, with everything that may be on record."""
    return await world.want(
        state=state,
        release=world.offer(),
        client="qbittorrent",
        download="a" * 40,
        path="/downloads/Emma",
        folder="/books/Emma",
        attempts=3,
        faults=2,
        next_try=world.clock.now,
    )


@pytest.mark.parametrize("state", list(WantState))
@pytest.mark.parametrize("command", COMMANDS)
async def test_each_command_works_where_it_makes_sense_and_nowhere_else(
    world: SmallWorld, command: str, state: WantState
) -> None:
    want = await standing(world, state)
    allowed, becomes = BECOMES[command]
    pointless = (command, state) in {("revive", WantState.SHELVED), ("drop", WantState.DROPPED)}
    assert (command in possible(want)) == (state in allowed and not pointless), "offered if it is of use"
    if state in allowed:
        outcome = await getattr(world.people, command)(want=want.id)
        after = await world.now(want)
        assert after.state is becomes
        assert (after.faults, after.next_try) == (0, None)
        assert outcome.data == {"id": want.id, "state": becomes.value}
        assert [(told.before, told.want.state) for told in world.told()] == [(state, becomes)]
    else:
        with pytest.raises(NotPossible) as refused:
            await getattr(world.people, command)(want=want.id)
        assert str(refused.value) == REFUSALS[command].format(state)
        assert await world.now(want) == want
        assert world.told() == []


@pytest.mark.parametrize("command", COMMANDS)
async def test_an_unknown_want_is_said_to_be_unknown(world: SmallWorld, command: str) -> None:
    for unknown in (0, -1, 4711, 2**70):
        with pytest.raises(UnknownWant, match=f"There is no want {unknown}; `audiobook-daemon wants` lists them"):
            await getattr(world.people, command)(want=unknown)


async def test_an_accepted_release_is_taken_as_it_was_shown(world: SmallWorld) -> None:
    want = await standing(world, WantState.REVIEW)
    await world.people.accept(want.id)
    after = await world.now(want)
    assert (after.code, after.approved, after.release) == ("accepted", True, want.release)


async def test_a_rejected_release_is_blocked_and_no_failure(world: SmallWorld) -> None:
    want = await standing(world, WantState.REVIEW)
    await world.people.reject(want.id)
    after = await world.now(want)
    assert (after.code, after.release, after.download, after.path) == ("rejected", None, None, None)
    (blocked,) = await world.database.blocklist.for_want(want.id)
    assert (blocked.source, blocked.key, blocked.code) == ("mam", "Emma", "rejected")
    assert await world.database.failed_attempts.newest(5) == ()


async def test_a_dropped_download_is_left_to_its_client(world: SmallWorld) -> None:
    want = await world.downloading()
    await world.people.drop(want.id)
    assert list(world.qbittorrent.downloads) == [want.download]
    assert (await world.pipeline.watch()).processed == 0


async def test_a_revived_book_begins_from_the_beginning(world: SmallWorld) -> None:
    want = await standing(world, WantState.GIVEN_UP)
    await world.people.revive(want.id)
    after = await world.now(want)
    assert (after.code, after.attempts, after.approved) == ("revived", 0, False)
    assert (after.release, after.client, after.download, after.path, after.folder) == (None,) * 5


async def test_a_book_that_the_library_holds_needs_no_reviving(world: SmallWorld) -> None:
    want = await world.verified()
    await world.pipeline.shelve()
    with pytest.raises(NotPossible, match="needs no reviving: it is shelved"):
        await world.people.revive(want.id)


async def test_a_new_search_keeps_the_count_of_attempts_and_forgets_the_shown_release(world: SmallWorld) -> None:
    want = await standing(world, WantState.REVIEW)
    await world.people.search_again(want.id)
    after = await world.now(want)
    assert (after.code, after.attempts, after.release) == ("search_again", 3, None)


async def test_a_person_who_is_beaten_by_a_stage_is_heard_all_the_same(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = await world.want()
    get = world.database.wants.get
    beaten: list[Want] = []

    async def slow_get(want_id: int) -> Want | None:
        found = await get(want_id)
        if found is not None and len(beaten) < 2:
            beaten.append(await world.database.wants.change(found, reason="A stage was faster."))
        return found

    monkeypatch.setattr(world.database.wants, "get", slow_get)
    await world.people.drop(want.id)
    assert len(beaten) == 2
    assert (await world.now(want)).state is WantState.DROPPED


async def test_a_wished_book_is_wanted_by_a_person(world: SmallWorld) -> None:
    outcome = await world.people.want("  Emma ", " Jane Austen ")
    (want,) = await world.database.wants.list()
    assert (want.state, want.wish.origin, want.wish.book.title) == (WantState.WANTED, "manual", "Emma")
    assert want.wish.book.authors == ("Jane Austen",)
    assert outcome.summary == "Emma is wanted now, as want 1."
    assert [event.before for event in world.told()] == [None]


async def test_a_book_wished_twice_is_one_want(world: SmallWorld) -> None:
    await world.people.want("Emma", "Jane Austen")
    outcome = await world.people.want("EMMA", "Austen, Jane")
    assert outcome.summary == "EMMA is known already (wanted), as want 1."
    assert (outcome.succeeded, outcome.data) == (0, {"id": 1})
    assert len(await world.database.wants.list()) == len(world.told()) == 1


async def test_a_person_may_wish_for_a_collection(world: SmallWorld) -> None:
    outcome = await world.people.want("The Jane Austen Collection", "Jane Austen")
    assert outcome.succeeded == 1


@pytest.mark.parametrize(("title", "author"), [("Emma", None), ("Emma", "  ")])
async def test_an_author_may_be_left_out(world: SmallWorld, title: str, author: str | None) -> None:
    await world.people.want(title, author)
    assert (await world.database.wants.list())[0].wish.book.authors == ()


@pytest.mark.parametrize("title", ["", "   "])
async def test_a_book_needs_a_title(world: SmallWorld, title: str) -> None:
    with pytest.raises(NotPossible, match="A book needs a title"):
        await world.people.want(title)
    assert await world.database.wants.list() == ()
