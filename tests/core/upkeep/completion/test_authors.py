"""Author completion: owned authors only, small gaps at once, large ones little by little."""

from __future__ import annotations

import pytest
from tests.core.upkeep.completion.homes import AUTHOR, Home, volumes, work

from audiobook_daemon.models import Work, WorkKind
from audiobook_daemon.store import GapState
from audiobook_daemon.upkeep.completion.kinds import Kind

TITLES = (
    "Cold Harbour", "The Paper Kite", "Lanterns in June", "An Orchard for Otto", "Nine Bells", "The Glass Heron",
    "Winter Ledger", "Saltwater Letters",
)  # fmt: skip


def works(count: int) -> tuple[Work, ...]:
    return tuple(work(title) for title in TITLES[:count])


async def test_small_gaps_are_wanted_at_once(home: Home) -> None:
    home.own("Nine Bells")
    home.own("Winter Ledger")
    home.hardcover.authors[AUTHOR] = (*works(2), work("Nine Bells"), work("Winter Ledger"))
    home.audnexus.authors[AUTHOR] = works(2)
    await home.completing.author_completion()
    assert await home.wanted() == ["Cold Harbour", "The Paper Kite"]
    (want, _) = await home.wants()
    assert want.wish.origin == "author_completion"
    assert want.wish.note == "missing: a book by Mira Holt, you own 2 of 4"
    (author,) = await home.database.authors.favourites()
    assert (author.name, author.owned, author.missing, author.total, author.favourite) == (AUTHOR, 2, 2, 4, True)


async def test_large_gaps_are_filled_little_by_little(home: Home) -> None:
    home.authors(small_gap=3, gradual=2)
    home.own("The Glass Heron")
    home.own("Winter Ledger")
    home.hardcover.authors[AUTHOR] = works(7)
    await home.completing.author_completion()
    assert len(await home.wanted()) == 2
    assert len(await home.gaps(GapState.GRADUAL)) == 3
    await home.completing.author_completion()
    assert len(await home.wanted()) == 4
    await home.completing.author_completion()
    assert sorted(await home.wanted()) == sorted(TITLES[:5])
    assert len(home.told()) == 1


async def test_no_more_is_recorded_than_the_settings_say(home: Home) -> None:
    home.authors(most_missing=3, small_gap=10)
    home.own("Ebb")
    home.own("Flood")
    home.hardcover.authors[AUTHOR] = works(8)
    await home.completing.author_completion()
    assert len(await home.gaps()) == 3
    (author,) = await home.database.authors.list()
    assert author.missing == 8


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(work("Print Only", audiobook=False), id="never recorded"),
        pytest.param(work("Der Leuchtturm", language="de"), id="in another language"),
        pytest.param(work("Someone Else's", author="Otto Brand"), id="by a namesake's neighbour"),
        pytest.param(work("Two Short Hours", kind=WorkKind.SHORT), id="a short story"),
        pytest.param(work("Collected Works", kind=WorkKind.OMNIBUS), id="an omnibus"),
    ],
)
async def test_what_is_not_wanted_of_an_author(home: Home, listed: Work) -> None:
    home.own("Ebb")
    home.own("Flood")
    home.hardcover.authors[AUTHOR] = (listed,)
    await home.completing.author_completion()
    assert await home.wanted() == []


@pytest.mark.parametrize(("owned", "wanted"), [("en", ["Cold Harbour"]), ("de", ["Kalter Hafen"])])
async def test_an_author_is_completed_in_the_languages_that_are_owned(
    home: Home, monkeypatch: pytest.MonkeyPatch, owned: str, wanted: list[str]
) -> None:
    monkeypatch.setattr(Kind, "languages", ("en", "de"))
    home.own("Ebb", language=owned)
    home.own("Flood", language=owned)
    home.hardcover.authors[AUTHOR] = (work("Cold Harbour"), work("Kalter Hafen", language="de"))
    await home.completing.author_completion()
    assert await home.wanted() == wanted


async def test_what_a_series_lacks_is_not_wanted_again_for_its_author(home: Home) -> None:
    home.own("Ebb", "Tide Wardens", "1")
    home.own("Nine Bells")
    missing = work("Flood", "2", "Tide Wardens")
    home.hardcover.knows("Tide Wardens", work("Ebb", "1", "Tide Wardens"), missing)
    home.hardcover.authors[AUTHOR] = (work("Nine Bells"), missing)
    await home.completing.series_completion()
    told = await home.completing.author_completion()
    assert (
        told.summary == "author_completion: 1 author looked up, 1 books found missing, 0 wanted, 1 are wants already."
    )
    assert isinstance(told.data, list)
    assert told.data[0]["missing"] == ["Flood"]


async def test_an_author_of_one_owned_book_is_not_looked_up(home: Home) -> None:
    home.own("Ebb")
    await home.completing.author_completion()
    assert home.hardcover.asked == []


async def test_a_book_missing_from_a_series_and_of_its_author_is_one_want(home: Home) -> None:
    series = "The Tide Wardens"
    home.own("Ebb", series, "1")
    home.own("Flood", series, "2")
    home.hardcover.knows(series, *volumes(3))
    home.hardcover.authors[AUTHOR] = volumes(3)
    await home.completing.series_completion()
    await home.completing.author_completion()
    (want,) = await home.wants()
    assert [gap.want_id for gap in await home.database.gaps.list()] == [want.id, want.id]
