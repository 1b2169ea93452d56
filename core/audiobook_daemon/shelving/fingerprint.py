"""What the files of a folder looked like at one moment, so that nothing somebody has changed since is taken away."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

_END = 256 * 1024
"""Bytes at the beginning and at the end of a file that go into its digest; tags are kept at either."""
_SAME_TIME = 2_000_000_000
"""Nanoseconds by which the time of a file may seem to move: FAT knows even seconds only, shares round."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One file, by its path below the folder."""

    name: str
    """With `/` between its parts; bytes that are no text are written as `\\xff`."""
    size: int
    """Bytes."""
    modified_ns: int
    inode: int
    device: int
    digest: str
    """Of the beginning and the end of a file, of where a link leads; empty for what is neither."""


def fingerprints(folder: Path) -> tuple[Fingerprint, ...]:
    """Look at every file in a folder and below it, in the order of their names; links are not followed.

    Of each file half a megabyte is read at most. Raises OSError if something cannot be looked at.
    """
    return tuple(sorted((fingerprint(place, folder) for place in _places(folder)), key=lambda one: one.name))


def differences(before: Iterable[Fingerprint], now: Iterable[Fingerprint]) -> tuple[str, ...]:
    """Say what happened to files between two looks, a sentence for each; nothing if they are the same.

    An equal file in the place of another is no difference: a share that is mounted again has new inodes and devices.
    """
    then = {one.name: one for one in before}
    found = {one.name: one for one in now}
    told = ((name, _difference(then.get(name), found.get(name))) for name in sorted(then | found))
    return tuple(f"{name} {what}." for name, what in told if what)


def as_json(prints: Iterable[Fingerprint]) -> list[dict[str, object]]:
    """Fingerprints as JSON data."""
    return [asdict(one) for one in prints]


def from_json(data: object) -> tuple[Fingerprint, ...]:
    """Read back what `as_json` made; raises ValueError for anything else."""
    return _adapter().validate_python(data)


@cache
def _adapter() -> TypeAdapter[tuple[Fingerprint, ...]]:
    return TypeAdapter(tuple[Fingerprint, ...])


def _places(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        found: Sequence[os.DirEntry[str]] = list(entries)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _places(Path(entry.path))
        else:
            yield Path(entry.path)


def fingerprint(place: Path, folder: Path) -> Fingerprint:
    """Look at one file in a folder or below it; raises OSError if it cannot be looked at."""
    found = place.lstat()
    name = os.fsencode(place.relative_to(folder)).decode("utf-8", "backslashreplace")
    return Fingerprint(name, found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev, _digest(place, found))


def _digest(place: Path, found: os.stat_result) -> str:
    if stat.S_ISLNK(found.st_mode):
        return hashlib.blake2b(os.fsencode(place.readlink()), digest_size=16).hexdigest()
    if not stat.S_ISREG(found.st_mode):
        return ""
    digest = hashlib.blake2b(digest_size=16)
    with place.open("rb") as file:
        digest.update(file.read(_END))
        file.seek(max(file.tell(), found.st_size - _END))
        digest.update(file.read(_END))
    return digest.hexdigest()


def _difference(before: Fingerprint | None, now: Fingerprint | None) -> str | None:
    if before is None:
        return "is new"
    if now is None:
        return "is gone"
    if before.size != now.size:
        return f"had {before.size} bytes and has {now.size}"
    if before.digest != now.digest:
        return "has other contents"
    if abs(before.modified_ns - now.modified_ns) > _SAME_TIME:
        return "was written to"
    return None
