"""What an onlooker is told, made of what the bus carries and of what the event log holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from audiobook_daemon import events
from audiobook_daemon.models import InstanceStatus, Run
from audiobook_daemon.store import LoggedEvent

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that an onlooker is told."""

    kind: str
    """`hello` first, then `want` and `news` out of the event log, and `run`, `instance`, `jobs`, `downloads`,
    `settings` and `tracker` that pass; `resync` says that something was missed: look at everything anew."""
    data: Data = field(default_factory=dict)
    """Anything JSON can hold."""
    id: int | None = None
    """The number in the event log to go on from; None for what is not written down."""
    subject: str = ""
    """What of its kind it is about: of what passes only the last for each subject is kept."""


def of_event(event: events.Event) -> Message | None:
    """Return what is told of an event on the bus; None for what the log tells of, or nobody needs to know."""
    match event:
        case events.RunProgressed():
            step = {"done": event.done, "total": event.total, "text": event.text}
            return Message("run", _run(event.run) | {"progress": step}, subject=event.run.id)
        case events.RunStarted() | events.RunFinished():
            return Message("run", _run(event.run) | {"progress": None}, subject=event.run.id)
        case events.InstanceChanged():
            return Message("instance", _instance(event.status), subject=event.status.name)
        case events.StandingSeen():
            return Message("tracker", {"name": event.instance}, subject=event.instance)
        case events.JobsChanged():
            return Message("jobs")
        case events.DownloadsSeen():
            return Message("downloads")
        case events.SettingsChanged():
            return Message("settings")
        case _:
            return None


def of_logged(event: LoggedEvent) -> Message:
    """Return what is told of an entry of the event log."""
    data = {
        "at": event.at.isoformat(),
        "kind": event.kind,
        "want_id": event.want_id,
        "before": event.before,
        "after": event.after,
        "code": event.code,
        "reason": event.reason,
    }
    return Message("news" if event.want_id is None else "want", data, id=event.id)


def _run(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "name": run.name,
        "trigger": run.trigger,
        "outcome": run.outcome.value,
        "started": run.started.isoformat(),
        "finished": _moment(run.finished),
        "processed": run.processed,
        "succeeded": run.succeeded,
        "failed": run.failed,
        "summary": run.summary,
        "error": run.error,
    }


def _instance(status: InstanceStatus) -> dict[str, object]:
    return {
        "name": status.name,
        "type": status.type,
        "health": status.health.value,
        "error": status.error,
        "until": _moment(status.until),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
