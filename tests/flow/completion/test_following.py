"""What is followed comes at its pace; the first catalogue makes no noise, and later volumes are told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.demo.hardcover.catalogue import LISTENED, HardcoverBook, HardcoverEdition, HardcoverPlace
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.flow.completion.conftest import Home, Owning

OZ, BAUM, NEW = "Oz", "L. Frank Baum", 2**40


def publish(home: Home, title: str, position: str, days: int) -> None:
    """Let Hardcover know a further volume of Oz, which comes out in so many days."""
    known = home.world.hardcover.catalogue
    series = next(one.id for one in known.series if one.name == OZ)
    place = HardcoverPlace(series, float(position), position)
    (author,) = [one.id for one in known.authors if one.name == BAUM]
    out = home.clock().date().fromordinal(home.clock().date().toordinal() + days)
    known.books.append(HardcoverBook(id=NEW, title=title, authors=(author,), released=out, places=(place,)))
    known.editions.append(
        HardcoverEdition(id=NEW, book=NEW, title=title, format=LISTENED, seconds=20_000, released=out)
    )


async def test_the_back_catalogue_comes_at_its_pace_and_news_are_told_once(owning: Owning) -> None:
    async with owning(more=f"follow: [{{series: {OZ}, author: {BAUM}, pace: 2, skip: [short, omnibus]}}]") as home:
        await home.do("follow_up")
        first = await home.wants()
        assert len(first) == 2
        assert {want.wish.origin for want in first.values()} == {"follow"}
        (event,) = home.told()
        assert (event.origin, event.wanted) == ("follow", 2)
        assert event.found > 2
        for _ in range(2):
            await home.do("follow_up")
            await home.do("series_completion")
        assert [title for title, want in (await home.wants()).items() if want.wish.origin == "follow"] == list(first)
        home.clock.pass_by(days=8)
        await home.do("follow_up")
        oz = [title for title, want in (await home.wants()).items() if want.wish.origin == "follow"]
        assert len(oz) == 4


async def test_without_the_back_catalogue_only_a_later_volume_is_wanted(owning: Owning) -> None:
    async with owning(more=f"follow: [{{series: {OZ}, author: {BAUM}, back: no}}]") as home:
        await home.do("follow_up")
        assert await home.wants() == {}
        assert len(home.told()) == 1
        home.clock.pass_by(days=40)
        publish(home, "The Clockwork Orchard of Oz", "41", days=20)
        await home.do("follow_up")
        assert await home.wants() == {}
        for _ in range(3):
            home.clock.pass_by(days=30)
            await home.do("follow_up")
        assert list(await home.wants()) == ["The Clockwork Orchard of Oz"]
        told = [event for event in home.told() if any("Clockwork" in title for title in event.titles)]
        assert len(told) == 1


async def test_nothing_is_grabbed_without_consent_and_unfollowing_ends_it(owning: Owning) -> None:
    async with owning() as home:
        await home.do("follow", series=OZ, author=BAUM, pace=1)
        await home.do("follow_up")
        (want,) = (await home.wants()).values()
        await home.do("choose")
        assert (await home.wants())[want.wish.book.title].state in {WantState.REVIEW, WantState.WANTED}
        await home.do("unfollow", name="oz")
        home.clock.pass_by(days=30)
        await home.do("follow_up")
        assert len(await home.wants()) == 1


@pytest.mark.parametrize(("auto", "state"), [("yes", WantState.CHOSEN), ("no", WantState.REVIEW)])
async def test_a_rule_may_allow_to_grab(owning: Owning, auto: str, state: WantState) -> None:
    rule = f"follow: [{{author: Ilse Marten, pace: 1, auto_grab: {auto}}}]"
    async with owning(more=rule) as home:
        await home.do("follow_up")
        await home.do("choose")
        assert {want.state for want in (await home.wants()).values()} == {state}


async def test_the_configuration_is_followed_after_a_reload_too(owning: Owning) -> None:
    async with owning(more="follow: [{author: Ilse Marten}]") as home:
        assert [one.name for one in await home.database.follows.all()] == ["Ilse Marten"]
        home.household.change("follow: [{author: Ilse Marten}]", f"follow: [{{series: {OZ}}}, {{author: Jane Austen}}]")
        await home.daemon.reload()
        assert [one.name for one in await home.database.follows.all()] == [OZ, "Jane Austen"]
