"""Says in a sentence what a reload has changed."""

from __future__ import annotations

from audiobook_daemon.config import Changes, Difference


def told(difference: Difference) -> str:
    """Name everything that is new, gone or changed, and what waits for a restart."""
    parts = [*_named("instance", difference.instances), *_named("job", difference.jobs)]
    if difference.sections:
        parts.append(f"{', '.join(difference.sections)} changed")
    said = f"{'; '.join(parts)}." if parts else ""
    if difference.restart:
        said += f" Restart the daemon for: {', '.join(difference.restart)}."
    return said.strip()


def _named(kind: str, changes: Changes) -> list[str]:
    said = (("new", changes.added), ("gone", changes.removed), ("changed", changes.changed))
    return [f"{kind} {', '.join(names)} {word}" for word, names in said if names]
