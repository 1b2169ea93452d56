"""Remembers what was found out, as long as nothing has changed, and never more than so many things."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """A bounded table that is emptied whenever the state it was made from has another version."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at: Hashable = None
        self._table: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, at: Hashable) -> T | None:
        """Return what is known of a key `at` this version."""
        if at != self._at:
            self._table.clear()
            self._at = at
            return None
        if (found := self._table.get(key)) is not None:
            self._table.move_to_end(key)
        return found

    def put(self, key: Hashable, value: T, at: Hashable) -> None:
        """Remember what was found out `at` a version; if that is over already, it is not worth it."""
        if at != self._at:
            return
        self._table[key] = value
        self._table.move_to_end(key)
        if len(self._table) > self._most:
            self._table.popitem(last=False)

    def __len__(self) -> int:
        return len(self._table)
