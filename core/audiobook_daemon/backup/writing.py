"""Writes one archive: under another name until it is whole and on the disk, and for its owner alone."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.manifest import MANIFEST, Manifest, Part, written
from audiobook_daemon.store import give_to_owner_of_folder

PARTIAL = ".partial"


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """Lend a file that gets its name when the block ends well, and leaves nothing behind when it does not.

    Raises BackupError when something of that name is there, and when it cannot be written, as on a full disk.
    """
    partial = target.with_name(target.name + PARTIAL)
    if os.path.lexists(target):
        raise BackupError(f"There is a file {target} already. Choose another name.")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                flush(file)
            if os.path.lexists(target):
                raise BackupError(f"There is a file {target} already. Choose another name.")
            give_to_owner_of_folder(partial)
            partial.rename(target)
            _flush_folder(target.parent)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}. Nothing of it was left behind.") from error


def flush(file: IO[bytes]) -> None:
    """Have the disk keep what was written so far, which may take its time."""
    file.flush()
    os.fsync(file.fileno())


class ArchiveWriter:
    """Adds one part after the other; `finish` adds the manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.parts: list[Part] = []
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._open: PartWriter | None = None

    @contextmanager
    def part(self, name: str) -> Iterator[PartWriter]:
        """Lend what writes one part."""
        # A size unknown beforehand may turn out to be of more than 4 GB.
        with self._zip.open(name, "w", force_zip64=True) as file:
            writer = PartWriter(file)
            yield writer
        self.parts.append(Part(name, writer.size, writer.digest.hexdigest(), writer.rows))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, end the archive, and have the disk keep it."""
        self._zip.writestr(MANIFEST, written(manifest))
        self._zip.close()
        flush(self._file)

    def abandon(self) -> None:
        """Let go of an archive that is not finished; the file is not ours to close."""
        with suppress(OSError, ValueError):
            self._zip.close()


class PartWriter:
    """Counts and sums up what it writes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.size = 0
        self.rows: int | None = None
        self.digest = hashlib.sha256()
        self._file = file

    def write(self, content: bytes) -> None:
        """Write some bytes."""
        self._file.write(content)
        self.digest.update(content)
        self.size += len(content)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
