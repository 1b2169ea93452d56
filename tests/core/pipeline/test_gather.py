"""Wishes become wants: one for each book, as many as a list may have, and none that is owned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import AuthFailed, Book, Quota, SeriesPlace, Unavailable, Wish
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

TITLES = ("Emma", "Persuasion", "Lady Susan", "Sanditon")


def listed(*titles: str, count: int = 2, name: str = "classics") -> list[Wish]:
    """A list with a quota, the first title on top."""
    quota = Quota(name, count)
    return [Wish(Book(title, ("Jane Austen",)), quota=quota, rank=rank) for rank, title in enumerate(titles, start=1)]


async def wanted(world: SmallWorld) -> list[str]:
    return sorted(want.wish.book.title for want in await world.database.wants.list())


async def test_a_list_is_walked_down_until_its_quota_is_filled(world: SmallWorld) -> None:
    world.charts.wished = listed(*TITLES)
    outcome = await world.pipeline.gather()
    assert await wanted(world) == ["Emma", "Persuasion"]
    assert outcome.summary == "gather: 2 new books wanted, 0 owned, 0 already known."
    assert (outcome.processed, outcome.succeeded, outcome.failed) == (2, 2, 0)
    assert outcome.data == [{"title": title, "authors": ["Jane Austen"]} for title in ("Emma", "Persuasion")]


async def test_owned_books_are_walked_past(world: SmallWorld) -> None:
    world.shelves.own(Book("Emma", ("Jane Austen",)))
    world.charts.wished = listed(*TITLES)
    outcome = await world.pipeline.gather()
    assert await wanted(world) == ["Lady Susan", "Persuasion"]
    assert outcome.summary == "gather: 2 new books wanted, 1 owned, 0 already known."


async def test_each_name_of_a_list_has_its_own_quota_and_each_list_its_own_names(world: SmallWorld) -> None:
    world.charts.wished = [*listed("Emma", "Persuasion", count=1), *listed("Lady Susan", count=1, name="letters")]
    world.bookmarks.wished = listed("Sanditon", "The Watsons", count=1)
    await world.pipeline.gather()
    assert await wanted(world) == ["Emma", "Lady Susan", "Sanditon"]


async def test_a_list_without_a_quota_is_taken_as_a_whole(world: SmallWorld) -> None:
    world.charts.wished = [replace(wish, quota=None) for wish in listed(*TITLES)]
    await world.pipeline.gather()
    assert await wanted(world) == sorted(TITLES)


async def test_all_lists_but_some_are_asked(world: SmallWorld) -> None:
    world.charts.wished, world.bookmarks.wished = listed("Emma"), listed("Sanditon")
    await world.pipeline.gather(without=["charts", "a list that is not configured"])
    assert await wanted(world) == ["Sanditon"]
    assert world.charts.asked["wishes"] == []


async def test_gathering_twice_wants_and_tells_nothing_twice(world: SmallWorld) -> None:
    world.charts.wished = listed(*TITLES)
    await world.pipeline.gather()
    outcome = await world.pipeline.gather()
    assert await wanted(world) == ["Emma", "Persuasion"]
    assert outcome.summary == "gather: 0 new books wanted, 0 owned, 2 already known."
    assert [(event.before, event.want.wish.book.title) for event in world.told()] == [
        (None, "Emma"), (None, "Persuasion"),
    ]  # fmt: skip


@pytest.mark.parametrize("state", list(WantState))
async def test_a_book_on_its_way_fills_a_place_and_one_at_its_end_does_not(world: SmallWorld, state: WantState) -> None:
    await world.want("Emma", state=state)
    world.charts.wished = listed(*TITLES)
    await world.pipeline.gather()
    others = ["Persuasion"] if state.open else ["Lady Susan", "Persuasion"]
    assert await wanted(world) == ["Emma", *others]


async def test_a_book_that_is_listed_twice_fills_one_place(world: SmallWorld) -> None:
    world.charts.wished = listed("Emma", "Emma", "Persuasion", "Sanditon")
    await world.pipeline.gather()
    assert await wanted(world) == ["Emma", "Persuasion"]


@pytest.mark.parametrize(
    "other",
    [
        Book("EMMA", ("Jane Austen", "Juliet McMaster")),
        Book("Emma", ("Austen, Jane", "Juliet McMaster")),
        Book("Emma", ("Juliet McMaster", "Jane Austen")),
        Book("Emma", ("Jane Austen", "Juliet McMaster"), language="en"),
        Book("Emma (Unabridged)", ("Jane Austen", "Juliet McMaster")),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
async def test_two_spellings_are_one_book(world: SmallWorld, other: Book, dry_run: bool) -> None:
    world.charts.wished = [Wish(Book("Emma", ("Jane Austen", "Juliet McMaster"))), Wish(other)]
    outcome = await world.pipeline.gather(dry_run=dry_run)
    assert (outcome.succeeded, outcome.processed) == (1, 2)


async def test_translations_and_volumes_are_books_of_their_own(world: SmallWorld) -> None:
    emma = Book("Emma", ("Jane Austen",), language="en")
    volumes = [replace(emma, series=(SeriesPlace("Classics", place),)) for place in ("1", "2")]
    world.charts.wished = [*map(Wish, volumes), Wish(replace(emma, language="de"))]
    assert (await world.pipeline.gather()).succeeded == 3


async def test_a_rehearsal_counts_the_same_and_changes_nothing(world: SmallWorld) -> None:
    world.charts.wished = listed("Emma", "Emma", *TITLES)
    rehearsed = await world.pipeline.gather(dry_run=True)
    assert await world.database.wants.list() == ()
    assert world.told() == []
    done = await world.pipeline.gather()
    assert rehearsed.summary == done.summary.replace("wanted", "would be wanted")
    assert rehearsed.data == done.data
    assert await wanted(world) == ["Emma", "Persuasion"]


async def test_the_configuration_can_make_every_run_a_rehearsal(world: SmallWorld) -> None:
    world.around.settings = replace(world.around.settings, dry_run=True)
    world.charts.wished = listed(*TITLES)
    assert "would be wanted" in (await world.pipeline.gather()).summary
    assert await wanted(world) == []


async def test_only_the_named_lists_are_asked(world: SmallWorld) -> None:
    world.charts.wished, world.bookmarks.wished = listed("Emma"), listed("Persuasion")
    await world.pipeline.gather(only=["bookmarks"])
    assert await wanted(world) == ["Persuasion"]
    assert world.charts.asked["wishes"] == []


async def test_an_unknown_list_is_named_before_anybody_is_asked(world: SmallWorld) -> None:
    sentence = "chart, mam is no import list. Import lists: charts, bookmarks."
    with pytest.raises(AudiobookDaemonError, match=sentence):
        await world.pipeline.gather(only=["mam", "charts", "chart"])
    assert world.shelves.asked["items"] == world.charts.asked["wishes"] == []


@pytest.mark.parametrize("error", [Unavailable("shelves is down."), AuthFailed("The token is refused.")])
async def test_a_library_that_was_never_read_is_not_an_empty_one(world: SmallWorld, error: Exception) -> None:
    world.charts.wished = listed(*TITLES)
    world.shelves.before("items", error)
    with pytest.raises(Unavailable, match="shelves cannot say yet what is owned: "):
        await world.pipeline.gather()
    assert await wanted(world) == []
    assert world.charts.asked["wishes"] == []


async def test_what_a_silent_library_held_last_counts(world: SmallWorld) -> None:
    world.shelves.own(Book("Emma", ("Jane Austen",)))
    await world.pipeline.sync()
    world.shelves.before("items", Unavailable("shelves is down."))
    world.charts.wished = listed("Emma", "Persuasion")
    await world.pipeline.gather()
    assert await wanted(world) == ["Persuasion"]


async def test_a_silent_list_is_named_and_the_others_are_heard(world: SmallWorld) -> None:
    world.charts.before("wishes", Unavailable("charts is down."))
    world.bookmarks.wished = listed("Emma")
    outcome = await world.pipeline.gather()
    assert outcome.summary == "gather: 1 new books wanted, 0 owned, 0 already known, charts could not answer."
    assert (outcome.succeeded, outcome.failed) == (1, 1)


async def test_collections_and_their_like_are_passed_over_in_a_list_with_a_quota(world: SmallWorld) -> None:
    odd = ("The Jane Austen Collection", "Emma: Summary", "Emma (Dramatized Adaptation)")
    world.charts.wished = listed(*odd, "Emma", count=1)
    outcome = await world.pipeline.gather()
    assert await wanted(world) == ["Emma"]
    assert outcome.summary.endswith("3 passed over as collection, summary or dramatisation.")


async def test_a_list_without_a_quota_may_wish_for_a_collection(world: SmallWorld) -> None:
    world.charts.wished = [Wish(Book("The Jane Austen Collection", ("Jane Austen",)))]
    assert (await world.pipeline.gather()).succeeded == 1


async def test_a_wish_keeps_what_the_list_said_and_is_signed_with_its_name(world: SmallWorld) -> None:
    wish = Wish(Book("Emma", ("Jane Austen",)), "somebody else", narrators=("Juliet Stevenson",), runtimes=(60.0,))
    world.charts.wished = [wish]
    await world.pipeline.gather()
    (want,) = await world.database.wants.list()
    assert want.wish == replace(wish, origin="charts")
