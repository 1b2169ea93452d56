"""Keeps the answers of a site for some days, and beyond them for the time it does not answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.plugin.context import Context

T = TypeVar("T")

PREFIX = "cache:"
"""How the keys of kept answers begin in an instance's memory; whatever begins so may be forgotten when it is old."""


class AnswerCache(Generic[T]):
    """Answers to questions of one kind, in the memory of an instance.

    `kind` is the class of one thing in an answer, any that pydantic can read back from JSON. An answer is good for
    `days`, one that nothing was found for `empty_days`; an error is never kept. Old answers serve while the site is
    Unavailable. Two callers with one question at the same time both ask.
    """

    def __init__(self, context: Context, name: str, kind: type[T], *, days: float, empty_days: float = 1.0) -> None:
        self._context = context
        self._name = name
        self._kind = kind
        self._days = timedelta(days=days)
        self._empty_days = timedelta(days=min(days, empty_days))

    async def answer(self, question: object, ask: Callable[[], Awaitable[Sequence[T]]]) -> tuple[T, ...]:
        """Return the kept answer to a question (any JSON value) if it is fresh, else ask and keep what comes.

        What `ask` raises is raised, but Unavailable only if there is no old answer.
        """
        key = self._key(question)
        known = self._read(await self._context.memory.get(key))
        if known is not None and self._is_fresh(*known):
            return known[1]
        try:
            found = tuple(await ask())
        except Unavailable as error:
            if known is None:
                raise
            self._context.log.info("%s: an older answer serves, for it does not answer: %s", self._context.name, error)
            return known[1]
        told = self._adapter.dump_python(found, mode="json")
        await self._context.memory.put(key, {"at": self._context.now().isoformat(), "found": told}, secret=False)
        return found

    def _is_fresh(self, at: datetime, found: tuple[T, ...]) -> bool:
        age = self._context.now() - at
        return timedelta() <= age < (self._days if found else self._empty_days)

    def _key(self, question: object) -> str:
        asked = json.dumps([self._name, question], sort_keys=True)
        return f"{PREFIX}{self._name}:{hashlib.sha256(asked.encode()).hexdigest()[:32]}"

    def _read(self, stored: object) -> tuple[datetime, tuple[T, ...]] | None:
        if not isinstance(stored, dict):
            return None
        try:
            return datetime.fromisoformat(str(stored.get("at"))), self._adapter.validate_python(stored.get("found"))
        except (ValueError, ValidationError):
            return None

    @cached_property
    def _adapter(self) -> TypeAdapter[tuple[T, ...]]:
        kind: Any = tuple[self._kind, ...]  # type: ignore[name-defined]
        return TypeAdapter(kind)
