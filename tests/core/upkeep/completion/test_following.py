"""Following: by the configuration and by people, silent at first, at a pace, and told once."""

from __future__ import annotations

import pytest
from tests.core.upkeep.completion.homes import AUTHOR, Home, volumes, work

from audiobook_daemon.config import Followed
from audiobook_daemon.upkeep import mirror_follows
from audiobook_daemon.upkeep.following import BadRule

TIDE = "The Tide Wardens"


async def test_a_followed_series_is_wanted_though_nothing_of_it_is_owned(home: Home) -> None:
    home.hardcover.knows(TIDE, *volumes(3))
    await home.following.follow(series=TIDE, author=AUTHOR, narrators=["Ada Finch"], languages=["en"])
    await home.following.follow_up()
    assert await home.wanted() == ["Ebb", "Flood", "Slack Water"]
    want = (await home.wants())[0]
    assert want.wish.origin == "follow"
    assert want.wish.narrators == ("Ada Finch",)
    assert want.wish.note == "followed: The Tide Wardens 1"


async def test_the_back_catalogue_comes_at_its_pace(home: Home) -> None:
    home.hardcover.knows(TIDE, *volumes(5))
    await home.following.follow(series=TIDE, pace=2)
    for _ in range(3):
        await home.following.follow_up()
        await home.series_completion()
    assert len(await home.wanted()) == 2
    home.clock.pass_by(days=6)
    await home.following.follow_up()
    assert len(await home.wanted()) == 2
    home.clock.pass_by(days=2)
    await home.following.follow_up()
    assert await home.wanted() == ["Ebb", "Flood", "Slack Water", "Undertow"]


async def test_without_the_back_catalogue_only_news_are_wanted_and_told_once(home: Home) -> None:
    home.hardcover.authors[AUTHOR] = (work("Cold Harbour"), work("Nine Bells", released="2026-03-20"))
    await home.following.follow(author=AUTHOR, back=False)
    await home.following.follow_up()
    assert await home.wanted() == []
    assert [(event.origin, event.found, event.announced) for event in home.told()] == [("follow", 1, 1)]
    home.clock.pass_by(days=30)
    home.hardcover.authors[AUTHOR] = (*home.hardcover.authors[AUTHOR], work("Old Find", released="1999"))
    for _ in range(3):
        await home.following.follow_up()
        home.clock.pass_by(days=2)
    assert await home.wanted() == ["Nine Bells"]
    assert [event.titles for event in home.told()[1:]] == [("Nine Bells (Mira Holt)", "Old Find (Mira Holt)")]


async def test_the_first_import_is_one_event_however_large_it_is(home: Home) -> None:
    home.hardcover.authors[AUTHOR] = tuple(work(f"The {name} Road") for name in _NAMES)
    await home.following.follow(author=AUTHOR, back=False)
    await home.following.follow_up()
    assert await home.wants() == []
    (told,) = home.told()
    assert told.found == len(_NAMES)
    assert len(told.titles) == 10


async def test_an_import_in_silence_is_no_import(home: Home) -> None:
    await home.have("shelf", "hardcover")
    await home.following.follow(author=AUTHOR, back=False)
    await home.following.follow_up()
    (follow,) = await home.database.follows.all()
    assert follow.imported == home.clock.now


async def test_the_configuration_is_mirrored_without_doubling(home: Home) -> None:
    home.follow({"series": TIDE, "pace": 1}, {"author": AUTHOR}, {"author": "Holt, Mira", "back": False})
    for _ in range(2):
        await mirror_follows(home.house)
    series, author = await home.database.follows.all()
    assert (series.kind, series.name, author.kind, author.rule["back"]) == ("series", TIDE, "author", False)
    await home.following.follow(author="Otto Brand")
    home.follow({"series": TIDE, "pace": 3})
    await mirror_follows(home.house)
    assert [(one.name, one.origin) for one in await home.database.follows.all()] == [
        (TIDE, "configuration"),
        ("Otto Brand", "person"),
    ]
    assert Followed.model_validate((await home.database.follows.all())[0].rule).pace == 3


async def test_what_the_configuration_follows_only_it_can_unfollow(home: Home) -> None:
    home.follow({"series": TIDE})
    await mirror_follows(home.house)
    with pytest.raises(BadRule, match="remove it there"):
        await home.following.unfollow(TIDE)
    await home.following.follow(author=AUTHOR)
    await home.following.unfollow("holt, mira")
    assert [one.name for one in await home.database.follows.all()] == [TIDE]
    with pytest.raises(BadRule, match="is followed"):
        await home.following.unfollow("Nobody")


async def test_a_rule_without_a_name_is_refused(home: Home) -> None:
    with pytest.raises(BadRule, match="name a series or an author"):
        await home.following.follow()


_NAMES = (
    "Amber", "Birch", "Cedar", "Dune", "Elm", "Fern", "Gorse", "Heath", "Ivory", "Juniper", "Kelp", "Laurel", "Maple",
    "Nettle", "Oak", "Pine", "Quartz", "Rowan", "Sedge", "Thistle", "Umber", "Violet", "Willow", "Yarrow",
)  # fmt: skip
