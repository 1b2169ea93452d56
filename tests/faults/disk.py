"""Lets chosen calls about the files of the household fail, or changes a file just before the call."""

from __future__ import annotations

import builtins
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

CALLS = ("link", "rename", "mkdir", "open", "write", "fsync", "unlink", "rmdir", "statvfs", "stat", "scandir")
"""What can be named; `write` is any of the calls that bring bytes into a file."""
_TAMPERING = ("swap", "truncate", "symlink", "touch", "remove")
_PATHS = {
    "link": (os, "link"), "rename": (os, "rename"), "replace": (os, "replace"), "mkdir": (os, "mkdir"),
    "unlink": (os, "unlink"), "rmdir": (os, "rmdir"), "statvfs": (os, "statvfs"), "stat": (os, "stat"),
    "scandir": (os, "scandir"), "open": (os, "open"), "io.open": (io, "open"),
}  # fmt: skip
_SAME = {"replace": "rename", "io.open": "open"}
_HANDLES = {"fsync": "fsync", "fdatasync": "fsync", "sendfile": "write", "copy_file_range": "write", "write": "write"}
_AS_SINGLE = 1 << 30


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
            place = os.readlink(f"/proc/self/fd/{number}")
            if place.startswith(self._roots):
                self._meet(name, Path(place))
            return call(handle, *more, **named)

        return called

    def _copying(self, copy: Callable[..., Any]) -> Callable[..., Any]:
        def called(source: Any, target: Any, *more: Any) -> Any:  # noqa: ANN401
            self._meet("write", Path(str(target.name)))
            return copy(source, target, *more)

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
