"""A new release finds the wishes it may fulfil among many."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audiobook_daemon import Book, Release, SeriesPlace, Wish
from audiobook_daemon.matching import Choice, Rules, announced, choose
from audiobook_daemon.matching.announced import WishIndex

BOOKS = (
    Book("Persuasion", ("Jane Austen",), language="en"),
    Book("Emma", ("Jane Austen",), language="en"),
    Book("Sense and Sensibility", ("Jane Austen",), language="en"),
    Book("The Eustace Diamonds", ("Anthony Trollope",), series=(SeriesPlace("Palliser", "3"),)),
    Book("Phineas Redux", ("Anthony Trollope",), series=(SeriesPlace("Palliser", "4"),)),
    *(Book(f"The House of Number {number}", (f"Writer{number} Someone",)) for number in range(3_000)),
)
INDEX = WishIndex([Wish(book) for book in BOOKS], Rules(), date(2026, 3, 1))


def release(title: str, *authors: str, **more: object) -> Release:
    stated = {"language": "en", "formats": ("mp3",), "seeders": 3, "audio": True, **more}
    return Release("mam", "1", title, authors, **stated)  # type: ignore[arg-type]


def fitting(title: str, *authors: str, **more: object) -> dict[str, str]:
    return {BOOKS[one.number].title: one.choice.code for one in INDEX.fitting(release(title, *authors, **more))}


@pytest.mark.parametrize(
    ("title", "authors", "expected"),
    [
        ("Persuasion", ("Jane Austen",), {"Persuasion": "chosen"}),
        ("Trollope, Anthony - Palliser 03 - The Eustace Diamonds (Unabridged)", (), {"The Eustace Diamonds": "chosen"}),
        ("Emma", (), {"Emma": "doubtful"}),
        ("The House of Number 1234", ("Writer1234 Someone",), {"The House of Number 1234": "chosen"}),
        ("The House of Number 1234", ("Nobody Else",), {}),
        ("Middlemarch", ("George Eliot",), {}),
        ("", (), {}),
    ],
)
def test_a_release_finds_the_wishes_it_may_fulfil(title: str, authors: tuple[str, ...], expected: object) -> None:
    assert fitting(title, *authors) == expected


def test_a_box_may_fulfil_several_wishes() -> None:
    found = fitting("Palliser 1-6", "Anthony Trollope", series=(SeriesPlace("Palliser", "1-6"),))
    assert found == {"The Eustace Diamonds": "doubtful", "Phineas Redux": "doubtful"}, "a person decides about boxes"


@pytest.mark.parametrize("more", [{"audio": False}, {"abridged": True}, {"dramatised": True}, {"language": "it"}])
def test_the_gates_hold_here_too(more: dict[str, object]) -> None:
    assert fitting("Persuasion", "Jane Austen", **more) == {}


def test_nothing_is_wished() -> None:
    assert WishIndex([], Rules()).fitting(release("Persuasion", "Jane Austen")) == ()


def test_however_many_wishes_there_are_few_of_them_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[Wish] = []

    def counting(wish: Wish, *args: Any, **named: Any) -> Choice:  # noqa: ANN401
        judged.append(wish)
        return choose(wish, *args, **named)

    monkeypatch.setattr(announced, "choose", counting)
    for number in range(100):
        INDEX.fitting(release(f"The House of Number {number * 17}", f"Writer{number} Someone"))
    assert len(judged) <= 100 * 6
