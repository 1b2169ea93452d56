"""The books a wish could be taken for are gathered from all who know some; whoever is silent blocks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiobook_daemon import Book, Facts, SeriesPlace, Unavailable
from audiobook_daemon.models import WantState
from audiobook_daemon.pipeline.siblings import other_books, siblings_of

if TYPE_CHECKING:
    from tests.core.pipeline.conftest import SmallWorld

AUSTEN = ("Jane Austen",)


def mistborn(title: str, position: str) -> Book:
    return Book(title, ("Brandon Sanderson",), series=(SeriesPlace("Mistborn", position),))


async def test_they_come_from_the_library_other_wants_bibliographies_and_providers(world: SmallWorld) -> None:
    await world.have("shelves", "google", "bibliography")
    want = await world.want()
    world.shelves.own(Book("Persuasion", ("Austen, Jane", "Somebody")))
    world.shelves.own(Book("Dune", ("Frank Herbert",)))
    await world.pipeline.sync()
    await world.want("Sanditon")
    await world.want("Dune Messiah", "Frank Herbert")
    world.bibliography.books = [Book("Lady Susan", AUSTEN), Book("EMMA", AUSTEN)]
    world.google.facts = [
        Facts("google", "Emma", authors=("Alexander McCall Smith",)),
        Facts("google", "Emma", authors=AUSTEN),
        Facts("google", authors=AUSTEN),
    ]
    found = await siblings_of(world.around, want)
    assert {(book.title, book.authors[0]) for book in found.books} == {
        ("Persuasion", "Austen, Jane"),
        ("Sanditon", "Jane Austen"),
        ("Lady Susan", "Jane Austen"),
        ("Emma", "Alexander McCall Smith"),
    }
    assert found.silent == ()


async def test_a_book_without_author_has_the_siblings_that_providers_name(world: SmallWorld) -> None:
    want = await world.want(author="")
    await world.want("Sanditon")
    assert (await siblings_of(world.around, want)).books == ()


async def test_who_is_silent_is_noted_and_the_choice_is_made(world: SmallWorld) -> None:
    want = await world.want()
    world.mam.offers = [world.offer()]
    world.google.before("describe", Unavailable("google is down."))
    await world.pipeline.choose()
    assert (await world.now(want)).state is WantState.CHOSEN
    (decision,) = await world.database.decisions.for_want(want.id)
    assert decision.queries == ("title and author: 1 found", "other books: google could not answer")
    assert decision.silent == (), "no indexer was silent"


async def test_nobody_is_asked_for_siblings_while_nothing_is_found(world: SmallWorld) -> None:
    await world.want()
    await world.pipeline.choose()
    assert world.google.asked["describe"] == []


async def test_they_are_asked_for_once_in_a_search(world: SmallWorld) -> None:
    await world.want()
    world.mam.offers = [world.offer("Persuasion")]
    await world.pipeline.choose()
    assert len(world.mam.asked["search"]) == 4
    assert len(world.google.asked["describe"]) == 1


def test_the_same_book_in_another_spelling_is_no_sibling() -> None:
    book = Book("Emma", AUSTEN, asin="B002V1OF70", aliases=("Emma Woodhouse",))
    same = [
        Book("EMMA", AUSTEN),
        Book("Emma: A Novel", ("Austen, Jane",)),
        Book("Emma, complete", ("J. Austen",), asin="b002v1of70"),
        Book("Emma Woodhouse", AUSTEN),
    ]
    assert other_books(book, same) == ()


def test_other_volumes_come_first_then_like_titles_each_once() -> None:
    book = mistborn("The Final Empire", "1")
    volumes = [mistborn("The Hero of Ages", "3"), mistborn("The Final Battle", "9"), mistborn("The Hero of Ages", "3")]
    others = [Book("Elantris", book.authors), Book("The Empire of Silence", book.authors)]
    assert [other.title for other in other_books(book, [*others, *volumes])] == [
        "The Final Battle",
        "The Hero of Ages",
        "The Empire of Silence",
        "Elantris",
    ]


def test_the_first_volume_is_not_the_tenth() -> None:
    tenth = mistborn("Mistborn", "10")
    assert other_books(mistborn("Mistborn", "1"), [tenth]) == (tenth,)


@pytest.mark.parametrize("count", [39, 41, 400])
def test_there_are_never_too_many(count: int) -> None:
    found = [Book(f"Adventure {number}", AUSTEN) for number in range(count)]
    assert len(other_books(Book("Emma", AUSTEN), found)) == min(count, 40)
