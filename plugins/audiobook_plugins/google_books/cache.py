"""Keeps answers for some days, and beyond them for the time Google does not answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon import Book, Context, Facts

_FACTS = TypeAdapter(tuple[Facts, ...])


class Cache:
    """What was said about which book, in the memory of the instance."""

    def __init__(self, context: Context, days: float) -> None:
        self._context = context
        self._age = timedelta(days=days)

    async def fresh(self, book: Book) -> tuple[Facts, ...] | None:
        """Recall an answer that is young enough to be given again."""
        at, facts = await self._recall(book)
        age = None if at is None else self._context.now() - at
        return facts if age is not None and timedelta() <= age < self._age else None

    async def any(self, book: Book) -> tuple[Facts, ...] | None:
        """Recall an answer, however old."""
        return (await self._recall(book))[1]

    async def keep(self, book: Book, facts: Sequence[Facts]) -> None:
        """Remember an answer; that nothing was found is one too."""
        told = _FACTS.dump_python(tuple(facts), mode="json")
        await self._context.memory.put(_key(book), {"at": self._context.now().isoformat(), "facts": told})

    async def _recall(self, book: Book) -> tuple[datetime | None, tuple[Facts, ...] | None]:
        stored = await self._context.memory.get(_key(book))
        if not isinstance(stored, dict):
            return None, None
        try:
            return datetime.fromisoformat(str(stored.get("at"))), _FACTS.validate_python(stored.get("facts"))
        except (ValueError, ValidationError):
            return None, None


def _key(book: Book) -> str:
    """Name the question: what of the book the answer depends on."""
    positions = [place.position for place in book.series]
    asked = [book.isbn, book.title, book.subtitle, list(book.authors), book.language, positions]
    return f"book:{hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]}"
