"""What was corrected about books, and what sources state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import Correction, CorrectionState, FieldChange, Statement
from audiobook_daemon.web.answers import Answered


class ChangeTold(Answered):
    """One field that was changed; values in words: lists with `;`, a series as `Name #2`."""

    field: str
    old: str | None
    new: str | None
    source: str
    """The instance that states it, `rules` (only put into its proper form) or `person`."""
    reason: str | None = None

    @classmethod
    def of(cls, change: FieldChange) -> Self:
        """Tell of a change."""
        return cls(
            field=change.field,
            old=worded(change.before, longest=None),
            new=worded(change.after, longest=None),
            source=change.source,
            reason=change.reason or None,
        )


class CorrectionTold(Answered):
    """One writing of metadata to a book."""

    id: int
    book_id: int
    occasion: str
    """`shelve`, `full`, `new`, `import`, `book` or `person`."""
    run: str | None
    state: CorrectionState
    reason: str | None
    """Why it failed, or what of it could not be taken back."""
    at: datetime
    undone: datetime | None
    changes: tuple[ChangeTold, ...]

    @classmethod
    def of(cls, correction: Correction) -> Self:
        """Tell of a correction, without the library's own words."""
        return cls(
            id=correction.id,
            book_id=correction.book_id,
            occasion=correction.occasion,
            run=correction.run,
            state=correction.state,
            reason=correction.reason,
            at=correction.at,
            undone=correction.undone,
            changes=tuple(ChangeTold.of(one) for one in correction.changes),
        )


class StatementTold(Answered):
    """What one source says about one field of a book."""

    field: str
    source: str
    value: str | None
    weight: float
    """How surely it is about this book and how much the source is worth for the field, 0 to 1."""
    record: str | None = None
    """The record's id at the source."""
    at: datetime | None = None

    @classmethod
    def of(cls, one: Statement) -> Self:
        """Tell of a statement."""
        return cls(
            field=one.field,
            source=one.source,
            value=worded(one.value, longest=None),
            weight=one.weight,
            record=one.record,
            at=one.at,
        )


class LineTold(Answered):
    """A field of a book that an action changed, or would change."""

    book_id: int | None = None
    book: str | None = None
    field: str
    old: str | None = None
    new: str | None = None
    source: str | None = None
    reason: str | None = None
    correction: int | None = None
    """By which it can be taken back."""


def lines_told(lines: object) -> tuple[LineTold, ...]:
    """Tell of the lines of an action's outcome."""
    return tuple(_line(one) for one in _mappings(lines))


def _mappings(lines: object) -> Iterable[Mapping[str, Any]]:
    return (one for one in lines if isinstance(one, Mapping)) if isinstance(lines, list | tuple) else ()


def _line(one: Mapping[str, Any]) -> LineTold:
    return LineTold(
        book_id=one.get("id"),
        book=one.get("book"),
        field=one["field"],
        old=one.get("before"),
        new=one.get("after"),
        source=one.get("source"),
        reason=one.get("why"),
        correction=one.get("correction"),
    )
