"""Which of the known items a library still lists, and which it has lost; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Presence:
    """Filled while a library is read: first with what is known, then page by page."""

    unseen: set[str] = field(default_factory=set)
    """The known items that are not missing and were not listed with their files so far."""
    gone: set[str] = field(default_factory=set)
    """The known items that were missing before."""
    back: set[str] = field(default_factory=set)
    """Those of them that are there again."""
    flagged: set[str] = field(default_factory=set)
    """Those whose files the library itself does not find."""
    known: int = 0
    """How many items were there before."""
    listed: int = 0
    """How many items are listed with their files."""

    def know(self, items: Iterable[tuple[str, bool]]) -> None:
        """Take in known items, each with whether its files are missing."""
        for item, missing in items:
            (self.gone if missing else self.unseen).add(item)
        self.known = len(self.unseen)

    def see(self, ids: Iterable[str], missing: Iterable[str] = ()) -> None:
        """Take in a page; the `missing` ones are listed, but without files."""
        without = set(missing)
        there = set(ids) - without
        self.listed += len(there)
        self.unseen -= there
        self.back |= self.gone & there
        self.flagged |= self.unseen & without

    @property
    def lost(self) -> frozenset[str]:
        """The items that are missing now and were not before."""
        return frozenset(self.unseen)

    @property
    def absent(self) -> frozenset[str]:
        """Those of them that are not even listed."""
        return frozenset(self.unseen - self.flagged)

    def found(self, ids: Iterable[str]) -> None:
        """Take back that items are lost."""
        self.unseen.difference_update(ids)

    def most(self, share: float, least: int) -> int:
        """How many may be lost at once before it looks like a lost mount."""
        return max(least, int(self.known * share))
