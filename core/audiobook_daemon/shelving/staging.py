"""Builds a book in a folder nobody looks into, on the file system of the library."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.shelving.fingerprint import Fingerprint, fingerprints
from audiobook_daemon.shelving.methods import Method, NotPlaced, Placed, place, sync
from audiobook_daemon.shelving.plan import STAGING, Plan
from audiobook_daemon.shelving.sidecars import lay

_REMEDIES = {
    errno.ENOSPC: "Free some space there",
    errno.EDQUOT: "Free some space there, or raise the quota",
    errno.EROFS: "It is mounted so that nobody can write to it",
    errno.EACCES: "Give the daemon's user the right to read and write there",
    errno.EIO: "Have a look at the disk",
}
_WEAKNESS = list(Method)


@dataclass(frozen=True, slots=True)
class Staged:
    """What lies in the staging folder now."""

    method: Method
    """The weakest way that was needed for any of the files."""
    passed: tuple[str, ...]
    """Why better ways were passed over and sidecars left out, each once."""
    files: tuple[Fingerprint, ...]


def stage(plan: Plan, methods: Sequence[Method], *, check_content: bool = True) -> Staged:
    """Build the book in the staging folder; the download is only read.

    Starting again after a crash is safe: what an earlier try left in the staging folder is thrown away first; the
    folder holds nothing but links and copies. After a fault nothing is left of it. Raises NotPlaced with a sentence.
    """
    refuse_unsafe(plan)
    try:
        clear(plan)
        plan.staging.mkdir()
    except OSError as error:
        raise NotPlaced(sentence(error, plan.staging)) from error
    try:
        return _build(plan, methods, check_content=check_content)
    except OSError as error:
        shutil.rmtree(plan.staging, ignore_errors=True)  # half a copy would keep a full disk full
        raise NotPlaced(sentence(error, plan.staging)) from error
    except NotPlaced:
        shutil.rmtree(plan.staging, ignore_errors=True)
        raise


def _build(plan: Plan, methods: Sequence[Method], *, check_content: bool) -> Staged:
    placed = [place(step, plan.staging / step.name, methods, check_content=check_content) for step in plan.steps]
    left_out = [told for sidecar in plan.sidecars if (told := lay(sidecar, plan.staging))]
    sync_folder(plan.staging)
    files = fingerprints(plan.staging)
    return Staged(_weakest(placed), (*dict.fromkeys(why for one in placed for why in one.passed), *left_out), files)


def clear(plan: Plan) -> None:
    """Throw away what lies in the staging folder; never the target of a link, never what stands elsewhere."""
    staging = plan.staging
    if staging.parent != plan.root or not staging.name.removeprefix(STAGING).isdecimal():
        raise NotPlaced(f"{staging} is no staging folder of {plan.root}.")
    if staging.is_symlink():
        raise NotPlaced(f"{staging} is a symbolic link; remove it.")
    if staging.exists():
        shutil.rmtree(staging)


def refuse_unsafe(plan: Plan) -> None:
    """Raise NotPlaced if a file of the plan would come from the library itself, or from outside of the download."""
    download, root = _real(plan.download), _real(plan.root)
    if download.is_relative_to(root):
        raise NotPlaced(f"{plan.download} lies inside the library {plan.root}; it can be adopted, not shelved.")
    for step in plan.steps:
        if not _real(step.source).is_relative_to(download) and not step.source.is_symlink():
            raise NotPlaced(f"{step.source} leads out of its download through a symbolic link.")
    if not plan.folder.is_relative_to(plan.root) or plan.folder == plan.root or ".." in plan.folder.parts:
        raise NotPlaced(f"{plan.folder} is no folder below {plan.root}.")


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(handle)
    finally:
        os.close(handle)


def sentence(error: OSError, place: Path) -> str:
    """What a fault of a disk means for people."""
    remedy = _REMEDIES.get(error.errno or 0)
    text = f"{error.filename or place}: {os.strerror(error.errno) if error.errno else error}."
    return f"{text} {remedy}." if remedy else text


def _real(place: Path) -> Path:
    return Path(os.path.realpath(place))  # unlike `resolve` it bears links that go in circles


def _weakest(placed: Sequence[Placed]) -> Method:
    return max((one.method for one in placed), key=_WEAKNESS.index, default=Method.COPY)
