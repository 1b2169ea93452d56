"""The values about plans, file steps, trash and torrents that only the store makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audiobook_daemon.models import Torrent


class PlanState(StrEnum):
    """How far a plan has come."""

    MADE = "made"
    """Written down; nothing was touched."""
    BEGUN = "begun"
    """Its first step is on record; after a crash it is carried on or taken back."""
    DONE = "done"
    UNDONE = "undone"
    ABANDONED = "abandoned"
    """It could not be carried out, and everything is as it was before."""


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as it was written down, and what came of it."""

    id: int
    want_id: int | None
    kind: str
    """What it is for (`shelve`, `undo`, `upgrade`)."""
    state: PlanState
    plan: Mapping[str, object]
    """The plan itself as JSON data, for people and for carrying on."""
    result: Mapping[str, object] | None
    """What came of it: the method that was used, and what each placed file then looked like."""
    reason: str | None
    made: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A folder that was taken out of a library and can be put back until it is due."""

    id: int
    want_id: int | None
    library: str | None
    item: str | None
    title: str
    origin: str
    """The folder it lay in."""
    place: str
    """Where it lies now, on the same file system."""
    size: int | None
    """Bytes."""
    reason: str
    moved: datetime
    due: datetime
    """When it may be deleted for good."""
    restored: datetime | None
    deleted: datetime | None


@dataclass(frozen=True, slots=True)
class KeptTorrent:
    """A torrent that a person brought, kept until a download client has it."""

    torrent: Torrent
    added: datetime
