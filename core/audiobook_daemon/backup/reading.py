"""Reads an archive that may be damaged or made to do harm: nothing of it is used before all of it was checked."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from audiobook_daemon.backup import manifest as manifests
from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.manifest import MANIFEST, Manifest, Part

_OURS = re.compile(r"tables/[a-z_]{1,60}\.jsonl|configuration\.yaml|secrets\.bin")
_LARGEST_MANIFEST = 8 * 1024 * 1024
_TIGHTEST = 500
"""Our rows shrink to a thirtieth; what unpacks to this many times its size is made to fill the disk."""
_HARMLESS = 16 * 1024 * 1024
_READ = 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError
)  # fmt: skip


class Archive:
    """A backup that is whole; made by `opened`."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.manifest = manifest
        self._archive = archive

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """Lend the bytes of a part."""
        with self._archive.open(name) as stream:
            yield stream


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Lend a backup after every byte of it was compared with its checksums; raises BackupError."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except OSError as error:
        raise BackupError(f"The backup {path} cannot be read: {error.strerror}.") from error
    except _BROKEN as error:
        raise _unfit(path, "it is damaged or no backup") from error
    with archive:
        try:
            manifest = _manifest(archive)
            _compare(archive, manifest)
        except BackupError as error:
            raise _unfit(path, str(error)) from error
        except OSError as error:
            raise BackupError(f"The backup {path} cannot be read: {error.strerror}.") from error
        except _BROKEN as error:
            raise _unfit(path, "it is damaged") from error
        yield Archive(archive, manifest)


def look(path: Path) -> Manifest | None:
    """Return what a file says of itself if it is a backup of ours, else None; its parts are not compared."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _manifest(archive)
    except (BackupError, OSError, *_BROKEN):
        return None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise BackupError("it has no manifest, so it is no backup of audiobook-daemon")
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise BackupError("its manifest is larger than any of ours")
    return manifests.read(archive.read(MANIFEST))


def _compare(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    stated = {part.name: part for part in manifest.parts}
    names = [info.filename for info in archive.infolist()]
    if sorted(names) != sorted([*stated, MANIFEST]) or len(stated) != len(manifest.parts):
        raise BackupError("it does not hold what it says it does")
    for part in manifest.parts:
        if not _OURS.fullmatch(part.name):
            raise BackupError("it holds a file with a name that none of ours has")
        info = archive.getinfo(part.name)
        if info.file_size != part.size:
            raise BackupError(f"{part.name} is damaged")
        if info.file_size > max(_HARMLESS, _TIGHTEST * info.compress_size):
            raise BackupError(f"{part.name} would unpack to {info.file_size // 1000**2} MB, which no part of ours does")
        _compare_part(archive, part)


def _compare_part(archive: zipfile.ZipFile, part: Part) -> None:
    digest = hashlib.sha256()
    with archive.open(part.name) as stream:
        while content := stream.read(_READ):
            digest.update(content)
    if digest.hexdigest() != part.sha256:
        raise BackupError(f"{part.name} is damaged")


def _unfit(path: Path, why: str) -> BackupError:
    return BackupError(f"The backup {path} cannot be used: {why}. Nothing was changed; take another one.")
