"""The values about series, authors, and what is missing from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from audiobook_daemon.models import Work


class Completion(StrEnum):
    """How much of a series or an author is owned."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    """Half of it or more."""
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"
    """No source has told what there is."""

    @classmethod
    def of(cls, owned: int, total: int) -> Completion:
        """How complete so much of so much is."""
        if owned >= total:
            return cls.COMPLETE
        return cls.PARTIAL if owned * 2 >= total else cls.INCOMPLETE


class GapKind(StrEnum):
    """From what a book is missing."""

    SERIES = "series_gap"
    AUTHOR = "author_gap"


class GapState(StrEnum):
    """What becomes of a missing book."""

    FOUND = "found"
    UNRELEASED = "unreleased"
    """It waits for its date."""
    GRADUAL = "gradual"
    """One of many; a few are wanted in each run."""
    WANTED = "wanted"
    IGNORED = "ignored"
    """A person does not want it; for good."""
    FILLED = "filled"


class ProposalState(StrEnum):
    """What a person said to a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Order(StrEnum):
    """In which order series or authors are listed."""

    MOST_COMPLETE = "most_complete"
    LEAST_COMPLETE = "least_complete"
    MOST_OWNED = "most_owned"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says of a series or an author; it counts for more than what books and sources say."""

    by_hand: bool = False
    """Whether a person has written it down; it stays though nothing of it is owned."""
    name: str | None = None
    authors: tuple[str, ...] = ()
    """Of a series."""
    total: int | None = None
    """How many books there are."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """By site, as in {"goodreads": "45935"}."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a series or an author, and how much of it is owned."""

    key: str
    name: str
    ids: Mapping[str, str] = field(default_factory=dict)
    """Its id at each source that told of it."""
    works: tuple[Work, ...] = ()
    """Everything there is, as the sources agreed."""
    total: int | None = None
    """How many books there are; None until a bibliography has been found."""
    owned: int = 0
    missing: int = 0
    """How many of them are out and not owned."""
    percent: float | None = None
    """The share that is owned, with one decimal; None while `total` is unknown."""
    status: Completion = Completion.UNKNOWN
    checked: datetime | None = None
    """When the sources were last asked and answered."""
    reason: str | None = None
    """Why little is known, or why it is looked up again soon."""
    changed: datetime | None = None
    """The store fills this in."""
    id: int | None = None
    stated: Stated = Stated()

    def heeding(self, stated: Stated) -> Self:
        """Return the same with what a person says of it."""
        return replace(self, name=stated.name or self.name, stated=stated)

    def counted(self, listed: int | None, owned: int, missing: int) -> Self:
        """Return the same with its numbers; `listed` is how many books the sources know, None if none has told."""
        total = self.stated.total or listed
        if not total:
            return replace(self, total=None, owned=owned, missing=0, percent=None, status=Completion.UNKNOWN)
        if self.stated.total:
            missing = max(0, total - owned)
        percent = round(100 * min(owned, total) / total, 1)
        status = Completion.of(owned, total)
        return replace(self, total=total, owned=owned, missing=missing, percent=percent, status=status)


@dataclass(frozen=True, slots=True)
class SeriesStanding(Standing):
    """A series and how much of it is owned."""

    authors: tuple[str, ...] = ()
    finished: bool | None = None
    """Whether it is said to have ended."""

    def heeding(self, stated: Stated) -> Self:
        """Return the same with what a person says of it."""
        names = stated.authors or self.authors
        return replace(self, name=stated.name or self.name, authors=names, stated=stated)


@dataclass(frozen=True, slots=True)
class AuthorStanding(Standing):
    """An author and how much of the work is owned."""

    favourite: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """All series, or all authors, in numbers."""

    counts: Mapping[Completion, int]
    """How many stand in each status, every status named."""
    owned: int = 0
    missing: int = 0
    percent: float | None = None
    """The average share that is owned, of those whose total is known."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A book that is missing from a series, or of an author."""

    kind: GapKind
    owner: str
    """The key of the series or author."""
    key: str
    """What makes it one gap of its owner, whoever lists it."""
    work: Work
    state: GapState = GapState.FOUND
    position: str | None = None
    """Its place in the series."""
    released: str | None = None
    """ISO 8601, a year, a month or a day."""
    priority: int = 1
    """1 high, 2 medium, 3 low."""
    reason: str | None = None
    want_id: int | None = None
    wanted: datetime | None = None
    """When it became a want."""
    found: datetime | None = None
    changed: datetime | None = None
    of: str | None = None
    """The name of the series or author, as read."""
    owner_id: int | None = None
    """The id of the series or author, as read."""
    id: int | None = None

    @property
    def title(self) -> str:
        """The missing book's title."""
        return self.work.book.title

    @property
    def owner_and_place(self) -> str:
        """The series and the place in it (`Oz 4`), or the author, whose books have no places."""
        place = self.position if self.kind is GapKind.SERIES else None
        return f"{self.of or ''} {place or ''}".strip()


@dataclass(frozen=True, slots=True)
class Follow:
    """A series or an author whose books are wanted, owned or not."""

    kind: str
    """`series` or `author`."""
    key: str
    name: str
    author: str | None = None
    """The author of a followed series, if told."""
    rule: Mapping[str, object] = field(default_factory=dict)
    """The fields of `config.Followed` that were given."""
    origin: str = "person"
    """`configuration` or `person`."""
    imported: datetime | None = None
    """When its catalogue was first taken in; what was out by then is no news."""
    created: datetime | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two names that are probably one series, or one author."""

    kind: str
    """`series` or `author`."""
    one: str
    """A key; of the two the one that stays."""
    other: str
    canonical: str
    """The name for both."""
    reason: str
    state: ProposalState = ProposalState.OPEN
    at: datetime | None = None
    id: int | None = None
