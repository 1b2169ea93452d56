"""What is known of a book field by field, who says so, and what was corrected; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audiobook_daemon.catalogue.fields import is_same, values_of_item
from audiobook_daemon.catalogue.wording import SETTABLE, worded
from audiobook_daemon.models import BookField, Correction, CorrectionState, FieldValue, LibraryItem, Statement

LABELS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "authors": "Authors",
    "narrators": "Narrators",
    "series": "Series",
    "publisher": "Publisher",
    "year": "Year",
    "published": "Published",
    "description": "Description",
    "language": "Language",
    "isbn": "ISBN",
    "asin": "ASIN",
    "genres": "Genres",
    "tags": "Tags",
    "abridged": "Abridged",
    "cover": "Cover",
    "runtime": "Running time in seconds",
}
_LIST = "Several with ; between them."
_HINTS = {
    "authors": _LIST,
    "narrators": _LIST,
    "genres": _LIST,
    "tags": _LIST,
    "series": "As in Discworld #8; several with ; between them.",
    "language": "Its name or code, as in en.",
    "abridged": "yes or no",
}
_UNDOABLE = frozenset({CorrectionState.APPLIED, CorrectionState.PARTLY_UNDONE})
_OCCASIONS = {
    "shelve": "when it was shelved",
    "full": "in the regular round",
    "new": "because it was new",
    "import": "after it was shelved",
    "book": "when a person asked",
    "person": "by a person",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says about a field."""

    source: str
    value: str
    weight: int
    """Percent."""
    same: bool
    """Whether that is what the book has."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a book."""

    name: str
    label: str
    value: str | None
    whole: str
    """The value at full length, as it is written to change it; empty without one."""
    source: str | None
    """Who says so; None while nobody has looked."""
    since: datetime | None
    locked: bool
    lockable: bool
    """Whether there is anybody else who might change it."""
    hint: str | None
    """How its value is written, if that needs saying."""
    said: tuple[Said, ...]

    @property
    def disputed(self) -> bool:
        """Whether a source says otherwise."""
        return any(not one.same for one in self.said)


@dataclass(frozen=True, slots=True)
class Edit:
    """One field in a correction."""

    label: str
    before: str | None
    after: str | None
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One writing of metadata."""

    id: int
    at: datetime
    occasion: str
    state: CorrectionState
    reason: str | None
    edits: tuple[Edit, ...]
    undoable: bool


def field_lines(
    item: LibraryItem, fields: Mapping[str, BookField], stated: Sequence[Statement]
) -> tuple[FieldLine, ...]:
    """Every field, in the order in which people read them; in a book that no library holds nobody else changes any."""
    values = values_of_item(item)
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in stated:
        said[one.field].append(one)
    lockable = bool(item.library)
    return tuple(_line(name, values.get(name), fields.get(name), said[name], lockable=lockable) for name in SETTABLE)


def correction_lines(corrections: Collection[Correction]) -> tuple[CorrectionLine, ...]:
    """What was written about a book, the newest first."""
    return tuple(
        CorrectionLine(
            one.id,
            one.at,
            _OCCASIONS.get(one.occasion, one.occasion),
            one.state,
            one.reason,
            tuple(
                Edit(_label(edit.field), worded(edit.before), worded(edit.after), edit.source, edit.reason)
                for edit in one.changes
            ),
            one.state in _UNDOABLE,
        )
        for one in corrections
    )


def _label(field: str) -> str:
    return LABELS.get(field, field)


def _line(
    name: str, value: FieldValue | None, field: BookField | None, stated: Sequence[Statement], *, lockable: bool
) -> FieldLine:
    return FieldLine(
        name,
        LABELS[name],
        worded(value),
        value if isinstance(value, str) else worded(value, longest=None) or "",
        field.source if field else None,
        field.changed if field else None,
        bool(field and field.guarded),
        lockable,
        _HINTS.get(name),
        tuple(
            Said(one.source, worded(one.value) or "", round(100 * one.weight), is_same(name, one.value, value))
            for one in stated
        ),
    )
