from __future__ import annotations

from itertools import permutations

import pytest

from audiobook_daemon import Book, SeriesPlace, TorrentFile, Wish
from audiobook_daemon.matching.contents import GroupMatch, find_books, match_groups

PACK = [
    "Anthony Trollope - Barsetshire/Book 1 - The Warden/1.mp3",
    "Anthony Trollope - Barsetshire/Book 2 - Barchester Towers/1.mp3",
    "Anthony Trollope - Barsetshire/Book 10 - A Late Tale/1.mp3",
]


def wish(
    title: str, position: str | None = None, *, author: str = "Anthony Trollope", series: str = "Barsetshire"
) -> Wish:
    return Wish(Book(title, (author,), series=(SeriesPlace(series, position),) if position else ()))


def matched(paths: list[str], *wishes: Wish, authors: tuple[str, ...] = ()) -> tuple[GroupMatch, ...]:
    groups = find_books([TorrentFile(path, 300_000_000) for path in paths])
    return match_groups(groups, wishes, authors=authors)


def places(found: tuple[GroupMatch, ...]) -> list[str | None]:
    return [match.group.paths[0] if match.group else None for match in found]


def codes(found: tuple[GroupMatch, ...]) -> list[str]:
    return [match.verdict.code for match in found]


def test_every_wish_gets_its_own_group() -> None:
    found = matched(PACK, wish("Barchester Towers", "2"), wish("The Warden", "1"), wish("Framley Parsonage", "4"))
    assert places(found) == [PACK[1], PACK[0], None]
    assert codes(found) == ["group_found", "group_found", "no_group"]


def test_book_1_is_not_in_book_10() -> None:
    assert places(matched(PACK[2:], wish("The Warden", "1"), wish("A Late Tale", "1"))) == [None, None]
    bare = ["Anthony Trollope - Barsetshire/Book 10/a.m4b", "Anthony Trollope - Barsetshire/Book 1/a.m4b"]
    assert places(matched(bare, wish("The Warden", "1"))) == [bare[1]]


@pytest.mark.parametrize("series", ["Barsetshire", "The Barsetshire Series", "Barsetshire Saga"])
def test_a_position_stands_in_for_a_title_that_is_not_told(series: str) -> None:
    bare = [f"Anthony Trollope - {series}/Book {number}/a.m4b" for number in (1, 2, 3)]
    assert places(matched(bare, wish("Barchester Towers", "2"))) == [bare[1]]


def test_a_title_at_another_place_of_the_series_is_not_sure() -> None:
    assert codes(matched(PACK, wish("Barchester Towers", "3"))) == ["unsure_group"]


def test_the_same_title_by_another_author_is_another_book() -> None:
    assert codes(matched(PACK, wish("The Warden", author="Mary Smith"))) == ["no_group"]


def test_a_title_alone_is_too_little_unless_the_release_names_the_author() -> None:
    paths = ["Novels/The Warden.m4b", "Novels/Barchester Towers.m4b"]
    assert codes(matched(paths, wish("The Warden"))) == ["unsure_group"]
    assert places(matched(paths, wish("The Warden"), authors=("Anthony Trollope",))) == [paths[0]]
    assert codes(matched(paths, wish("The Warden"), authors=("Mary Smith",))) == ["no_group"]


def test_a_book_that_is_there_twice_is_left_to_a_person() -> None:
    paths = ["Anthony Trollope/The Warden/The Warden.m4b", "Anthony Trollope/The Warden/MP3/01.mp3"]
    assert codes(matched(paths, wish("The Warden"))) == ["several_groups"]


def test_a_book_that_is_wished_twice_is_left_to_a_person() -> None:
    assert codes(matched(PACK, wish("The Warden", "1"), wish("The Warden", "1"))) == [
        "several_wishes",
        "several_wishes",
    ]


def test_more_evidence_wins_over_less() -> None:
    paths = ["Anthony Trollope/The Warden.m4b", "Anthony Trollope/Barsetshire/Book 1 - The Warden.m4b"]
    assert places(matched(paths, wish("The Warden", "1"))) == [paths[1]]


def test_an_alias_is_a_title_too() -> None:
    book = Book("Das Septemberkind", ("Anthony Trollope",), aliases=("The Warden",))
    assert places(matched(PACK, Wish(book))) == [PACK[0]]


def test_a_part_or_a_dramatisation_is_not_the_book() -> None:
    part = ["Anthony Trollope/The Warden (Part 1 of 3).m4b", "Anthony Trollope/Barchester Towers.m4b"]
    drama = ["Anthony Trollope/The Warden [Dramatized Adaptation].m4b", "Anthony Trollope/Barchester Towers.m4b"]
    assert places(matched(part, wish("The Warden"))) == [None]
    assert codes(matched(drama, wish("The Warden"))) == ["no_group"]


def test_the_order_of_groups_and_wishes_does_not_matter() -> None:
    wishes = [wish("The Warden", "1"), wish("Barchester Towers", "2"), wish("A Late Tale", "10")]
    for paths in permutations(PACK):
        for asked in permutations(wishes):
            found = matched(list(paths), *asked)
            assert {match.wish.book.title: match.group and match.group.paths[0] for match in found} == {
                "The Warden": PACK[0],
                "Barchester Towers": PACK[1],
                "A Late Tale": PACK[2],
            }
