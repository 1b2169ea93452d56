"""Finds out what disks can do: by reading only, or by making and removing a dot-folder of our own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audiobook_daemon.shelving.abilities.values import LibraryDisk, Pair
from audiobook_daemon.shelving.methods import UNABLE, Method, clone

PROBE = ".audiobook-daemon-probe"
"""What is made and removed again."""
_DOUBTFUL = ':?"<>|*\\'
"""Signs that NTFS, exFAT and some shares take in no name."""
_LONGEST = 255


def probe_library(root: Path, *, acting: bool) -> LibraryDisk:
    """Look at a library's file system; `acting` tries what it takes. Never raises for what the disk says."""
    try:
        kind, free = kind_of(root), shutil.disk_usage(root).free
    except OSError as error:
        return LibraryDisk(root, fault=_words(error))
    if not os.access(root, os.W_OK | os.X_OK):
        return LibraryDisk(root, kind, free, "it cannot be written to")
    if not acting:
        return LibraryDisk(root, kind, free)
    try:
        with _folder(root) as folder:
            (folder / "probe").touch()
            return LibraryDisk(
                root,
                kind,
                free,
                case_sensitive=not (folder / "PROBE").exists(),
                refused=tuple(sign for sign in _DOUBTFUL if not _takes(folder / f"a{sign}b")),
                long_names=_takes(folder / ("x" * _LONGEST)),
            )
    except OSError as error:
        return LibraryDisk(root, kind, free, _words(error))


def probe_pair(downloads: Path, root: Path, sample: Path | None, *, acting: bool) -> Pair:
    """See which ways lead from downloads to a library; `sample` is a finished file, which is only linked and read.

    Without a sample a file of our own is made beside the downloads. Raises OSError if either folder is not there.
    """
    same = downloads.stat().st_dev == root.stat().st_dev
    if not acting:
        return Pair(downloads, root, same)
    able: dict[Method, bool] = {}
    why: dict[Method, str] = {}
    with suppress(OSError), _folder(root) as folder, _source(downloads, sample) as source:
        for method, act in ((Method.HARDLINK, os.link), (Method.REFLINK, clone)):
            try:
                act(source, folder / method.value)
                able[method] = True
            except OSError as error:
                if error.errno not in UNABLE:
                    raise
                able[method], why[method] = False, _words(error)
    return Pair(downloads, root, same, able, why)


def kind_of(place: Path) -> str | None:
    """The type of the file system that holds a place; None if the kernel does not tell."""
    device = place.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    with suppress(OSError):
        for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            words = line.split()
            if words[2] == number and "-" in words:
                return words[words.index("-") + 1]
    return None


@contextmanager
def _folder(root: Path) -> Iterator[Path]:
    folder = root / PROBE
    if folder.is_symlink():
        raise FileExistsError(folder)
    shutil.rmtree(folder, ignore_errors=True)  # a crash may have left it
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _source(downloads: Path, sample: Path | None) -> Iterator[Path]:
    if sample is not None:
        yield sample
        return
    place = downloads / PROBE
    with place.open("xb") as file:
        file.write(b"This file may be removed.\n")
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)


def _takes(place: Path) -> bool:
    try:
        place.touch()
    except OSError:
        return False
    return place in place.parent.iterdir()  # some take a sign and keep another one


def _words(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
