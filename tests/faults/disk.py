"""Lets chosen calls about the files of the household fail, or changes a file just before the call."""

from __future__ import annotations

import builtins
import ctypes
import errno
import fcntl
import io
import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.faults.script import CallFault, Record

from audiobook_daemon.shelving import publishing

CALLS = ("link", "rename", "mkdir", "open", "write", "fsync", "unlink", "rmdir", "statvfs", "stat", "scandir")
"""What can be named; `write` is any of the calls that bring bytes into a file."""
_TAMPERING = ("swap", "truncate", "symlink", "touch", "remove")
_PATHS = {
    "link": (os, "link"), "rename": (os, "rename"), "replace": (os, "replace"), "mkdir": (os, "mkdir"),
    "unlink": (os, "unlink"), "rmdir": (os, "rmdir"), "statvfs": (os, "statvfs"), "stat": (os, "stat"),
    "lstat": (os, "lstat"), "scandir": (os, "scandir"), "open": (os, "open"), "io.open": (io, "open"),
}  # fmt: skip
_SAME = {"replace": "rename", "io.open": "open", "lstat": "stat"}
_HANDLES = {"fsync": "fsync", "fdatasync": "fsync", "sendfile": "write", "copy_file_range": "write", "write": "write"}


class Disk:
    """Stands between the daemon and the disk; `roots` are the folders whose files are meant."""

    def __init__(self, faults: Sequence[CallFault], roots: Sequence[Path], record: Record) -> None:
        self._faults = faults
        self._roots = tuple(str(root) for root in roots)
        self._record = record
        self._made: Counter[str] = Counter()

    def install(self) -> None:
        """Stand in the way of every call from now on."""
        for name, (owner, attribute) in _PATHS.items():
            self._replace(owner, attribute, self._by_path(_SAME.get(name, name), getattr(owner, attribute)))
        for attribute, name in _HANDLES.items():
            self._replace(os, attribute, self._by_handle(name, getattr(os, attribute)))
        builtins.open = io.open
        self._replace(fcntl, "ioctl", self._by_handle("write", fcntl.ioctl))
        self._replace(shutil, "copyfileobj", self._copying(shutil.copyfileobj))
        if (rename := publishing._renameat2()) is not None:
            self._replace(publishing, "_renameat2", lambda: self._renaming(rename))

    def _replace(self, owner: object, attribute: str, function: Callable[..., Any]) -> None:
        setattr(owner, attribute, function)

    def _by_path(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any = ".", *more: Any, **named: Any) -> Any:  # noqa: ANN401
            if isinstance(path, (str, Path)) and str(path).startswith(self._roots):
                self._meet(name, Path(path))
            return call(path, *more, **named)

        return called

    def _by_handle(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(handle: Any, *more: Any, **named: Any) -> Any:  # noqa: ANN401
            number = handle if isinstance(handle, int) else handle.fileno()
            place = Path(f"/proc/self/fd/{number}").readlink()
            if str(place).startswith(self._roots):
                self._meet(name, place)
            return call(handle, *more, **named)

        return called

    def _copying(self, copy: Callable[..., Any]) -> Callable[..., Any]:
        def called(source: Any, target: Any, *more: Any) -> Any:  # noqa: ANN401
            self._meet("write", Path(str(target.name)))
            return copy(source, target, *more)

        return called

    def _renaming(self, rename: Callable[..., int]) -> Callable[..., int]:
        """The one call that Python does not know; it tells its errors as C does."""

        def called(folder: int, source: bytes, *more: Any) -> int:  # noqa: ANN401
            try:
                self._meet("rename", Path(os.fsdecode(source)))
            except OSError as error:
                ctypes.set_errno(error.errno or 0)
                return -1
            return rename(folder, source, *more)

        return called

    def _meet(self, name: str, place: Path) -> None:
        self._made[name] += 1
        at = self._made[name]
        for fault in self._faults:
            if fault.call == name and fault.nth <= at < fault.nth + fault.times:
                self._record.add(f"{name} {fault.how}", str(place))
                if fault.how not in _TAMPERING:
                    number = getattr(errno, fault.how)
                    raise OSError(number, os.strerror(number), str(place))
                tamper(place, fault.how)


def tamper(place: Path, how: str) -> None:
    """Do to a file what people and other programs do: without a word, and without keeping what was there."""
    before = place.stat()
    match how:
        case "swap":
            new = place.with_name(f"{place.name}.new")
            new.write_bytes(bytes(reversed(place.read_bytes())))
            new.replace(place)
        case "truncate":
            os.truncate(place, before.st_size // 2)
        case "symlink":
            elsewhere = place.with_name(f"{place.name}.elsewhere")
            place.replace(elsewhere)
            place.symlink_to(elsewhere)
        case "touch":
            os.utime(place, (before.st_atime, before.st_mtime + 1))
        case "remove":
            place.unlink()
