"""Changes as people read them."""

from __future__ import annotations

from collections.abc import Iterable

from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.models import FieldChange
from audiobook_daemon.store import BookRef


def lines_of(book: BookRef, changes: Iterable[FieldChange], correction: int | None = None) -> list[dict[str, object]]:
    """One line for each field: what it was, what it is, who says so and why."""
    return [
        {
            "book": book.title,
            "id": book.id,
            "field": change.field,
            "before": worded(change.before),
            "after": worded(change.after),
            "source": change.source,
            "why": change.reason,
            **({} if correction is None else {"correction": correction}),
        }
        for change in changes
    ]
