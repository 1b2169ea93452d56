"""The ways a file gets into the library without touching the seeding copy: hard link, clone, verified copy."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.shelving.plan import Step
from audiobook_daemon.shelving.sizes import in_words

UNABLE = frozenset({
    *(errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.ENOTTY),
})  # fmt: skip
"""What a file system answers that cannot link or clone; for anything else another way would fare no better."""
_FICLONE = 0x40049409
_CHUNK = 1024 * 1024


class Method(StrEnum):
    """How a file gets into the library, the best first."""

    HARDLINK = "hardlink"
    REFLINK = "reflink"
    COPY = "copy"


class NotPlaced(AudiobookDaemonError):
    """A file could not be brought into the library; nothing of the library was changed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """How one file was placed, and why the ways before it were passed over."""

    method: Method
    passed: tuple[str, ...] = ()


def place(step: Step, target: Path, methods: Sequence[Method], *, check_content: bool = True) -> Placed:
    """Bring one file to `target`, which must not exist, in the first of the ways that the file systems can do.

    Raises NotPlaced if the file is not what the torrent says or changes meanwhile, or if no way is left; OSError for
    faults of a disk.
    """
    source = look(step.source, step.size)
    passed: list[str] = []
    for method in methods:
        try:
            if method is Method.HARDLINK:
                os.link(step.source, target)
            elif method is Method.REFLINK:
                clone(step.source, target)
            else:
                _copy(step.source, target, check_content=check_content)
        except OSError as error:
            if method is Method.COPY or error.errno not in UNABLE:
                raise
            passed.append(f"{method} is not possible ({os.strerror(error.errno or 0)})")
        else:
            _check(step, source, target)
            return Placed(method, tuple(passed))
    raise NotPlaced(f"{step.source} cannot be brought to {target.parent.parent}: {', '.join(passed)}; copying is off.")


def look(source: Path, size: int) -> os.stat_result:
    """What the file is now; raises NotPlaced unless it is a plain file of this size, OSError if it is not there."""
    found = source.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise NotPlaced(f"{source} is a symbolic link, which a download never is.")
    if not stat.S_ISREG(found.st_mode):
        raise NotPlaced(f"{source} is not a file.")
    if found.st_size != size:
        raise NotPlaced(f"{source} has {found.st_size} bytes; the torrent says {size}.")
    return found


def copy_file(source: Path, target: Path, *, check_content: bool = True) -> None:
    """Copy a file to a new name and make sure that it lies on the disk as it was read."""
    with _opened(source) as original, target.open("xb") as copy:
        before = os.fstat(original.fileno())
        digest = _stream(original, copy)
        sync(copy.fileno())
        after = os.fstat(original.fileno())
        with suppress(OSError):
            os.utime(copy.fileno(), ns=(before.st_atime_ns, before.st_mtime_ns))
    if _state(before) != _state(after):
        raise NotPlaced(f"{source} was changed while it was copied.")
    if target.stat().st_size != before.st_size:
        raise NotPlaced(f"The copy of {source} is not complete.")
    if check_content and _digest_on_disk(target) != digest:
        raise NotPlaced(f"The copy of {source} is not the same as its source; the disk of the library may be failing.")


def clone(source: Path, target: Path) -> None:
    """Let a new file share the blocks of another until one is written to (Btrfs, XFS, bcachefs, some servers)."""
    with _opened(source) as original, target.open("xb") as shared:
        try:
            fcntl.ioctl(shared.fileno(), _FICLONE, original.fileno())
            sync(shared.fileno())
        except OSError:
            target.unlink()
            raise


def sync(handle: int) -> None:
    """Have the disk keep what was written; some network file systems cannot be told to, and that is no fault."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNABLE | {errno.EBADF, errno.EACCES}:
            raise


def _copy(source: Path, target: Path, *, check_content: bool) -> None:
    size, free = source.stat().st_size, shutil.disk_usage(target.parent).free
    if free < size:
        raise NotPlaced(f"{target.parent.parent} has {in_words(free)} left; {in_words(size)} are needed for {source}.")
    copy_file(source, target, check_content=check_content)


def _opened(source: Path) -> BinaryIO:
    return os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


def _stream(original: BinaryIO, copy: BinaryIO) -> bytes:
    digest = hashlib.blake2b()
    while chunk := original.read(_CHUNK):
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    return digest.digest()


def _digest_on_disk(place: Path) -> bytes:
    with place.open("rb") as file:
        with suppress(OSError):  # else what is compared may be what is still in memory
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, hashlib.blake2b).digest()


def _check(step: Step, before: os.stat_result, target: Path) -> None:
    """The source is the one that was looked at, and what was placed is as large."""
    if _state(before) != _state(look(step.source, step.size)):
        raise NotPlaced(f"{step.source} was changed while it was placed.")
    look(target, step.size)


def _state(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
