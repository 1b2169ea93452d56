"""Makes a staged book visible with one rename that cannot take anything's place."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from audiobook_daemon.shelving.methods import NotPlaced
from audiobook_daemon.shelving.plan import Plan
from audiobook_daemon.shelving.staging import refuse_unsafe, sentence, sync_folder

_HERE = -100
"""AT_FDCWD"""
_NOREPLACE = 1
_NOT_KNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})
_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY})


class Taken(NotPlaced):
    """Something of this name stands there already; it was not touched."""


def publish(plan: Plan) -> None:
    """Make the staged book visible; raises Taken rather than touch what exists, NotPlaced for other faults."""
    refuse_unsafe(plan)
    made: list[Path] = []
    try:
        _make_parents(plan, made)
        rename(plan.staging, plan.folder)
    except OSError as error:
        _unmake(made)
        if error.errno in _TAKEN and os.path.lexists(plan.folder):
            raise Taken(f"{plan.folder} exists already and is not touched.") from error
        if error.errno == errno.EXDEV:
            told = f"{plan.folder.parent} lies on another disk than {plan.root}, where the book was built."
            raise NotPlaced(told) from error
        raise NotPlaced(sentence(error, plan.folder)) from error
    for folder in (plan.folder.parent, *(one.parent for one in made)):
        with suppress(OSError):  # the book stands there now: to say otherwise would place it a second time
            sync_folder(folder)


def rename(source: Path, target: Path) -> None:
    """Rename in one step; raises FileExistsError if there is anything at the target, an empty folder too."""
    if not _rename_without_replacing(source, target):
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)  # the kernel refuses a folder with anything in it, which leaves only an empty one


def _rename_without_replacing(source: Path, target: Path) -> bool:
    """False if this kernel, C library or file system does not know how."""
    call = _renameat2()
    if call is None:
        return False
    if call(_HERE, os.fsencode(source), _HERE, os.fsencode(target), _NOREPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_KNOWN:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@cache
def _renameat2() -> Callable[..., int] | None:
    call: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return call


def _make_parents(plan: Plan, made: list[Path]) -> None:
    missing = [folder for folder in plan.folder.parents if folder.is_relative_to(plan.root) and not folder.exists()]
    for folder in reversed(missing):
        try:
            folder.mkdir()
        except FileExistsError:
            if not folder.is_dir():
                raise
        else:
            made.append(folder)


def _unmake(made: list[Path]) -> None:
    for folder in reversed(made):
        try:
            folder.rmdir()
        except OSError:
            return
