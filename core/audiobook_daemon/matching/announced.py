"""Finds the wishes that a new release may fulfil, for thousands of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audiobook_daemon.matching.choice import Choice, Rules, choose
from audiobook_daemon.matching.index import BookIndex
from audiobook_daemon.models import Book, Release, Wish

_NOTHING = "no_release"


@dataclass(frozen=True, slots=True)
class Fitting:
    """A wish that a release may fulfil, and what the rules say of the two."""

    number: int
    """The wish's place in the sequence that was indexed."""
    choice: Choice


class WishIndex:
    """Knows wishes by the words of their books; the rules of choosing judge the few that a release may be."""

    def __init__(self, wishes: Sequence[Wish], rules: Rules, today: date | None = None) -> None:
        self._wishes = wishes
        self._rules = rules
        self._today = today
        self._index = BookIndex(wish.book for wish in wishes)

    def fitting(self, release: Release) -> tuple[Fitting, ...]:
        """The wishes for which this release alone would be taken or put before a person, by their numbers."""
        found = []
        for number, _ in self._index.likely(release, self._book):
            choice = choose(self._wishes[number], (release,), self._rules, today=self._today)
            if choice.code != _NOTHING:
                found.append(Fitting(number, choice))
        return tuple(sorted(found, key=lambda item: item.number))

    def _book(self, number: int) -> Book:
        return self._wishes[number].book
