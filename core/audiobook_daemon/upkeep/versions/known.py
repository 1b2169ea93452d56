"""Remembers which versions are out, when the feed was asked, and what people were told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.versions.feed import NewVersion

_MEMORY = "(versions)"
"""No instance can have this name by accident."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered from one check to the next."""

    released: NewVersion | None = None
    """The newest that the feed named."""
    installed: NewVersion | None = None
    """What lies on the disk, if it is newer than what runs."""
    feed: str | None = None
    """Where that was read."""
    mark: str | None = None
    """The feed's own mark (ETag) of what it said."""
    asked: datetime | None = None
    told: str | None = None
    """The version that people were told of last."""


_SHAPE = TypeAdapter(Kept)


class KnownVersions:
    """What is known beside the version that runs."""

    def __init__(self, database: Database) -> None:
        self._memory = database.memory(_MEMORY)
        self.kept = Kept()

    async def load(self) -> None:
        """Read what was known when the daemon last ran; what cannot be read is looked for anew."""
        try:
            self.kept = _SHAPE.validate_python(await self._memory.get("kept") or {})
            self.newer_than("0")
        except (ValidationError, ValueError):
            self.kept = Kept()

    async def keep(self, **changes: object) -> None:
        """Write down what has changed."""
        kept = replace(self.kept, **changes)  # type: ignore[arg-type]
        if kept != self.kept:
            await self._memory.put("kept", _SHAPE.dump_python(kept, mode="json"), secret=False)
            self.kept = kept

    def newer_than(self, running: str) -> NewVersion | None:
        """Return the newest version that is newer than the one that runs; one that is installed goes before others."""
        own = NewVersion(running).number
        found = [one for one in (self.kept.installed, self.kept.released) if one and one.number > own]
        return max(found, key=lambda one: one.number, default=None)
