"""The tally of what fails again and again."""

from __future__ import annotations

from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Database, FailedAttempt


async def tally(database: Database, at_least: int, task: str | None, limit: int) -> Outcome:
    """Tell how much failed at least so often, of one task or of all, and the worst of it."""
    counts = await database.failed_attempts.counts(at_least)
    if task is not None:
        counts = {name: count for name, count in counts.items() if name == task}
    worst = await database.failed_attempts.worst(limit, at_least=at_least, task=task)
    count = sum(counts.values())
    tasks = ", ".join(f"{number} of {name}" for name, number in sorted(counts.items(), key=lambda one: -one[1]))
    times = "once" if at_least == 1 else f"{at_least} times"
    summary = f"failures: {count} failed {times} or more{f' ({tasks})' if tasks else ''}."
    return Outcome(summary, count, count, data=[told(one) for one in worst])


def told(one: FailedAttempt) -> dict[str, object]:
    """A failure in words and numbers that JSON can hold."""
    return {
        "task": one.task,
        "item": one.item_id,
        "name": one.item_name,
        "times": one.attempt_count,
        "first": one.first_attempt.isoformat(),
        "last": one.last_attempt.isoformat(),
        "code": one.code,
        "reason": one.reason,
    }
