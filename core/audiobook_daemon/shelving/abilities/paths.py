"""Whether a place that a download client names is the same place here: containers have names of their own."""

from __future__ import annotations

import os
from pathlib import Path

from audiobook_daemon.models import Finding, Level


def first_missing(place: Path) -> Path | None:
    """The first part of a path that is not there, or that may not be looked into; None if all of it is."""
    for part in (*reversed(place.parents), place):
        if not os.path.lexists(part):
            return part
    return None


def judge_mapping(client: str, content: Path) -> Finding:
    """Say whether a finished download lies where its client says."""
    missing = first_missing(content)
    if missing is None and os.access(content, os.R_OK):
        return Finding(Level.OK, f"A finished download lies where {client} says: {content}.")
    if missing is None:
        text = f"{content}, a finished download of {client}, may not be read by this daemon."
        return Finding(Level.FAILURE, text, "Give the daemon's user the right to read the downloads.")
    if not os.access(missing.parent, os.X_OK):
        text = f"{client} has a finished download in {content}, but this daemon may not look into {missing.parent}."
        return Finding(Level.FAILURE, text, "Give the daemon's user the right to read the downloads.")
    return Finding(
        Level.FAILURE,
        f"{client} has a finished download in {content}, but there is no {missing} here.",
        f"Mount the folder under the same name, or tell with `paths` of {client} what it is called here.",
    )
