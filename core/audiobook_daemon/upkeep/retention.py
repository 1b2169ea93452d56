"""Cleanup: history is kept for some days, by kind; what failed is kept for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from audiobook_daemon.config import Retention
from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Database

_NAMES = {"gaps": "filled gaps", "answers": "kept answers", "facts": "statements", "statistics": "days of statistics"}
_BY_DAYS = frozenset({"runs", "events"})


async def forget(
    database: Database, retention: Retention, now: datetime, days: int | None = None, *, dry_run: bool = False
) -> Outcome:
    """Forget what is older than the configuration keeps it; `days` overrides it for runs and events."""
    gone: dict[str, int] = {}
    for kind in database.retention.kinds:
        kept = days if days is not None and kind in _BY_DAYS else getattr(retention, kind)
        before = now - timedelta(days=kept)
        work = database.retention.count if dry_run else database.retention.forget
        gone[kind] = await work(kind, before)
    if not dry_run:
        await database.retention.tidy()
    told = ", ".join(f"{count} {_NAMES.get(kind, kind)}" for kind, count in gone.items() if count) or "nothing"
    verb = "would forget" if dry_run else "forgot"
    count = sum(gone.values())
    return Outcome(f"cleanup: {verb} {told}.", processed=count, succeeded=0 if dry_run else count, data=gone)
