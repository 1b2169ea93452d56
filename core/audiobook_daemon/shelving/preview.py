"""What would come of a plan, found out without touching anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from audiobook_daemon.shelving.methods import Method, NotPlaced, look
from audiobook_daemon.shelving.plan import Plan
from audiobook_daemon.shelving.sizes import in_words
from audiobook_daemon.shelving.staging import refuse_unsafe, sentence


def expected_method(source: Path, root: Path, methods: Sequence[Method]) -> Method | None:
    """The way that files will probably get from a download into a library; None if none of the allowed ones can do.

    On one file system the first allowed way; between two a copy, or a clone where nothing else is allowed (the volumes
    of one Btrfs are two file systems that share their blocks). Raises OSError if either is not there.
    """
    if source.stat().st_dev == root.stat().st_dev:
        return methods[0]
    return next((method for method in (Method.COPY, Method.REFLINK) if method in methods), None)


def objections(plan: Plan, methods: Sequence[Method]) -> tuple[str, ...]:
    """Say why a plan could not be carried out now, as far as that can be seen from outside."""
    try:
        refuse_unsafe(plan)
        for step in plan.steps:
            look(step.source, step.size)
        told = _no_place(plan, methods)
    except OSError as error:
        return (sentence(error, plan.root),)
    except NotPlaced as error:
        return (str(error),)
    return (told,) if told else ()


def _no_place(plan: Plan, methods: Sequence[Method]) -> str | None:
    if not plan.root.is_dir():
        return f"{plan.root} is not there; see that the disk of the library is mounted."
    if not os.access(plan.root, os.W_OK | os.X_OK):
        return f"{plan.root} cannot be written to; give the daemon's user the right to, and see how it is mounted."
    method = expected_method(plan.steps[0].source, plan.root, methods) if plan.steps else methods[0]
    if method is None:
        return f"{plan.download} and {plan.root} are on two file systems, and copying is off."
    free = shutil.disk_usage(plan.root).free
    if method is Method.COPY and free < plan.size:
        return f"{plan.root} has {in_words(free)} left; {in_words(plan.size)} are needed. Free some space there."
    return None
