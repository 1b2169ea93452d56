"""What is written about a book: the wish and the release first, providers for the rest, and only if they are sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Book, Facts, SeriesPlace, Unavailable
from audiobook_daemon.models import WantState

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

RECORD = Facts(
    "google",
    title="Emma",
    authors=("Jane Austen", "A Preface Writer"),
    narrators=("Somebody Else",),
    series=(SeriesPlace("Penguin Classics", "7"),),
    subtitle="A Novel",
    publisher="Penguin",
    year=1815,
    description="A comedy of manners.",
    genres=("Fiction",),
    isbn="9780141439587",
    asin="B000000000",
    score=0.9,
)


async def written(world: SmallWorld, *records: Facts) -> Facts:
    """Shelve a book and return what the library was told about it."""
    world.google.facts = records
    want = await world.verified()
    offer = replace(world.offer(), narrators=("Juliet Stevenson",), abridged=False, asin="B0EMMA0001")
    await world.change(want, release=offer)
    await world.pipeline.shelve()
    assert (await world.now(want)).state is WantState.SHELVED
    return world.shelves.changes["item-1"]


async def test_a_sure_record_fills_in_what_is_not_known_and_overwrites_nothing(world: SmallWorld) -> None:
    facts = await written(world, RECORD)
    assert (facts.title, facts.authors, facts.narrators) == ("Emma", ("Jane Austen",), ("Juliet Stevenson",))
    assert (facts.series, facts.asin, facts.abridged, facts.language) == (None, "B0EMMA0001", False, "en")
    assert (facts.subtitle, facts.publisher, facts.year) == ("A Novel", "Penguin", 1815)
    assert (facts.description, facts.genres) == ("A comedy of manners.", ("Fiction",))
    assert facts.isbn == "9780141439587"


@pytest.mark.parametrize(
    "other",
    [
        replace(RECORD, score=0.84),
        replace(RECORD, title="Emma and the Vampires"),
        replace(RECORD, title=None),
        replace(RECORD, authors=("Alexander McCall Smith",)),
        replace(RECORD, authors=None),
    ],
)
async def test_a_record_that_is_not_surely_this_book_is_not_used(world: SmallWorld, other: Facts) -> None:
    facts = await written(world, other)
    assert (facts.title, facts.description, facts.publisher, facts.year) == ("Emma", None, None, None)


async def test_the_first_sure_record_is_asked_first_and_later_ones_fill_its_gaps(world: SmallWorld) -> None:
    facts = await written(world, replace(RECORD, publisher=None), replace(RECORD, year=1999))
    assert (facts.year, facts.publisher) == (1815, "Penguin")


async def test_a_provider_that_is_silent_costs_only_its_words(world: SmallWorld) -> None:
    world.google.before("describe", Unavailable("The quota is used up."))
    facts = await written(world, RECORD)
    assert (facts.title, facts.narrators, facts.description) == ("Emma", ("Juliet Stevenson",), None)


async def test_the_provider_is_asked_about_the_wished_book(world: SmallWorld) -> None:
    await written(world)
    assert world.google.asked["describe"] == [Book("Emma", ("Jane Austen",))]
