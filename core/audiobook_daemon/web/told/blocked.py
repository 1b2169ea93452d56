"""A release that must not be taken again."""

from __future__ import annotations

from datetime import datetime

from audiobook_daemon.store import Blocked
from audiobook_daemon.web.answers import Answered


class BlockedTold(Answered):
    """A release that must not be taken again."""

    id: int
    want_id: int | None = None
    """For this want only; null for every one."""
    source: str
    """The instance that offers it."""
    key: str
    """Its id there."""
    info_hash: str | None = None
    code: str
    """Why, as a stable word."""
    reason: str
    """The same as a sentence."""
    added: datetime


def blocked_told(blocked: Blocked) -> BlockedTold:
    """Tell of it."""
    return BlockedTold.model_validate(blocked)
