"""Warns of instances that stand there for nothing: no job ever runs the actions that would use them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audiobook_daemon.config.model import Job
from audiobook_daemon.config.positions import Document

_VERBS = {
    "gather": "ImportList",
    "choose": "Indexer",
    "grab": "DownloadClient",
    "watch": "DownloadClient",
    "verify": "DownloadClient",
    "shelve": "Library",
}
"""The actions on the way of a book, and the role without which each has nothing to do."""
_LINES = (
    ("top10", "0 3 * * sun", ("gather",)),
    ("hunt", "*/30 * * * *", ("choose", "grab")),
    ("tend", "* * * * *", ("watch", "verify", "shelve")),
)


def warn_of_idleness(document: Document, jobs: Sequence[Job], roles: Collection[str]) -> None:
    """Warn of every action on the way of a book that has an instance to work with and no job to run it.

    `roles` are those of the enabled instances.
    """
    done = {step.action for job in jobs if job.enabled for step in job.do}
    missing = [verb for verb, role in _VERBS.items() if role in roles and verb not in done]
    if not missing:
        return
    lines = [
        f'{name}: {{at: "{at}", do: [{", ".join(wanted)}]}}'
        for name, at, verbs in _LINES
        if (wanted := [verb for verb in verbs if verb in missing])
    ]
    nothing = not any(job.enabled for job in jobs)
    what = "no job is enabled, so nothing ever runs" if nothing else f"no job runs {_listed(missing)}, so it never runs"
    document.warn(("jobs",), f"{what} by itself; write below `jobs:` {' and '.join(lines)}", key=True)


def _listed(verbs: Sequence[str]) -> str:
    *others, last = verbs
    return f"{', '.join(others)} or {last}" if others else last
