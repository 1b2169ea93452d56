"""What counts as missing, and what comes of looking for it."""

from __future__ import annotations

from dataclasses import dataclass

from audiobook_daemon.models import LibraryItem, Work, WorkKind

SKIPPED = frozenset({WorkKind.OMNIBUS, WorkKind.DRAMATISATION, WorkKind.COMPANION, WorkKind.ANTHOLOGY})


@dataclass(frozen=True, slots=True)
class GapRules:
    """Which works are never missing, and which copies will do."""

    skip: frozenset[WorkKind] = SKIPPED
    """Kinds that are never missing; pieces of books and what is no book at all never are."""
    languages: tuple[str, ...] = ()
    """Wanted languages, ISO 639-1; empty means those of the owned copies."""
    translations: bool = False
    """Whether a copy in another language will do."""
    dramatised: bool = False
    """Whether a dramatisation will do; all of its parts are needed."""
    unabridged_only: bool = False
    """Whether abridged works are never missing and abridged copies will not do."""
    narrator_is_edition: bool = False
    """Whether another narrator makes another book."""
    one_per_position: bool = True
    """Whether works of one position are one work, under whatever titles."""
    placed_only: bool = False
    """Whether works without a position are never missing."""
    skip_positions: frozenset[str] = frozenset()
    """Positions that are never missing, in plain form (`6.5`)."""
    recorded_only: bool = True
    """Whether works that were never recorded, as far as their sources know, are never missing."""
    region: str | None = None
    """The shop's region (`us`) in which a work must be sold; None means any."""
    readers: int = 0
    """How many readers a work needs that one source alone lists."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A listed work that counts neither as missing nor as there."""

    work: Work
    reason: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """How a series or an author stands."""

    name: str
    missing: tuple[Work, ...] = ()
    unreleased: tuple[Work, ...] = ()
    """What is not out yet; `Work.released` says when, if it is known."""
    owned: tuple[tuple[Work, LibraryItem], ...] = ()
    """Each work that is there, with the copy that says so."""
    left_out: tuple[LeftOut, ...] = ()
    numbers: tuple[str, ...] = ()
    """Positions that lie between or below owned ones and that no source lists."""
    total: int = 0
    """How many works there are that count; the unreleased do not."""
    have: int = 0
    """How many of them are owned."""
