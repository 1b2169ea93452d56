"""Carries out a plan: hardlink or copy into the staging folder, then publish it with one rename."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.shelving.plan import Plan, Step

_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS})
_CHUNK = 1024 * 1024


class Method(StrEnum):
    """How a file gets into the library without touching the seeding copy."""

    HARDLINK = "hardlink"
    REFLINK = "reflink"
    COPY = "copy"


class NotPlaced(AudiobookDaemonError):
    """A file could not be brought into the library; nothing of the library was changed."""


def stage(plan: Plan, methods: Sequence[Method]) -> Method:
    """Build the book in the staging folder and return the weakest method that was needed.

    Starting again after a crash is safe: what an earlier try left in the staging folder is thrown away first; the
    folder holds nothing but links and copies. Raises NotPlaced with a sentence.
    """
    try:
        _clear(plan.staging)
        plan.staging.mkdir()
        used = [_place(step, plan.staging / step.name, methods) for step in plan.steps]
        _sync_folder(plan.staging)
    except OSError as error:
        shutil.rmtree(plan.staging, ignore_errors=True)  # half a copy would keep a full disk full
        raise NotPlaced(_sentence(error, plan.staging)) from error
    except NotPlaced:
        shutil.rmtree(plan.staging, ignore_errors=True)
        raise
    return Method.COPY if Method.COPY in used else Method.HARDLINK


def publish(plan: Plan) -> None:
    """Make the staged book visible with one rename; raises NotPlaced rather than touch a folder that exists."""
    if plan.folder.exists():
        raise NotPlaced(f"{plan.folder} exists already and is not touched.")
    try:
        plan.folder.parent.mkdir(parents=True, exist_ok=True)
        plan.staging.rename(plan.folder)
        _sync_folder(plan.folder.parent)
    except OSError as error:
        raise NotPlaced(_sentence(error, plan.folder)) from error


def _place(step: Step, target: Path, methods: Sequence[Method]) -> Method:
    if step.source.is_symlink():
        raise NotPlaced(f"{step.source} is a symbolic link, which a download never is.")
    for method in methods:
        if method is Method.REFLINK:
            continue
        if method is Method.COPY:
            _copy(step, target)
            return method
        try:
            os.link(step.source, target)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
        else:
            return method
    raise NotPlaced(f"{step.source} cannot be hardlinked into the library (another file system?) and copying is off.")


def _copy(step: Step, target: Path) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < step.size:
        raise NotPlaced(f"{target.parent} has {free} bytes left, {step.size} are needed.")
    with step.source.open("rb") as source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy, _CHUNK)
        copy.flush()
        os.fsync(copy.fileno())
    if target.stat().st_size != step.size:
        raise NotPlaced(f"The copy of {step.source} is not complete.")


def _clear(staging: Path) -> None:
    if staging.is_symlink():
        raise NotPlaced(f"{staging} is a symbolic link; remove it.")
    if staging.exists():
        shutil.rmtree(staging)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(error: OSError, place: Path) -> str:
    return f"{error.filename or place}: {os.strerror(error.errno) if error.errno else error}."
