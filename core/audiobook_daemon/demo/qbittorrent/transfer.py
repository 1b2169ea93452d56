"""One torrent of the client: what is known of it, and the bytes that come in piece by piece."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from pathlib import Path, PurePosixPath

_COMPARED = 1 << 16


class Phase(StrEnum):
    """What the client is doing with a torrent."""

    RESUMING = "resuming"
    """Just added or just loaded: checkingResumeData."""
    CHECKING = "checking"
    READY = "ready"
    MISSING = "missing"
    """Finished files had gone when the client started."""
    FAILED = "failed"
    """The files could not be written."""


@dataclass(slots=True)
class Transfer:
    """A torrent in the client. Sizes are bytes, moments seconds since the epoch, limits as the Web API has them.

    `files` holds for each file its path below the content folder, its path below the save path, and its size.
    """

    hash: str
    name: str
    magnet: str
    trackers: list[str]
    private: bool
    files: list[tuple[str, str, int]]
    save_path: str
    stopped: bool = False
    category: str = ""
    tags: list[str] = field(default_factory=list)
    auto_tmm: bool = False
    added_on: int = field(default_factory=lambda: int(time.time()))
    completion_on: int | None = None
    done: int = 0
    """Bytes that lie under the save path, in the order of the files."""
    phase: Phase = Phase.RESUMING
    stalled: bool = False
    """Whether the content cannot be had at present."""
    pretended_state: str | None = None
    """A state to show in place of the true one, for demonstrations (`moving`, `error`, ...)."""
    tracker_message: str = ""
    """What the tracker complains about (`unregistered torrent`); then its status is 4, not working."""
    uploaded: int = 0
    upload_speed: int = 0
    seeding_seconds: float = 0
    ratio_limit: float = -2
    seeding_time_limit: int = -2
    inactive_seeding_time_limit: int = -2

    @property
    def size(self) -> int:
        """The size of all files."""
        return sum(size for _, _, size in self.files)

    @property
    def has_metadata(self) -> bool:
        """Whether the files are known; those of a magnet link never come."""
        return bool(self.files)

    @property
    def complete(self) -> bool:
        """Whether everything lies under the save path."""
        return self.has_metadata and self.done >= self.size

    @property
    def ratio(self) -> float:
        """Uploaded bytes for every byte of the content."""
        return self.uploaded / self.size if self.size else 0

    @property
    def content_path(self) -> str:
        """The single file, the top folder, or the save path if there is no top folder; empty without metadata.

        A single file is named itself even if it lies in a folder.
        """
        if len(self.files) == 1:
            return str(Path(self.save_path, self.files[0][1]))
        tops = {PurePosixPath(path).parts[0] for _, path, _ in self.files}
        if not tops:
            return ""
        return str(Path(self.save_path, tops.pop())) if len(tops) == 1 else self.save_path

    def progress_of_files(self) -> Iterator[tuple[str, int, float]]:
        """Give for each file its path below the save path, its size and its progress from 0 to 1."""
        left = self.done
        for _, path, size in self.files:
            yield path, size, min(left, size) / size if size else 1
            left = max(0, left - size)

    def receive(self, content: Path, budget: int) -> int:
        """Copy up to `budget` bytes from the content into the save path; 0 if the content is not to be had."""
        received = 0
        start = 0
        for source, path, size in self.files:
            within = self.done - start
            if 0 <= within < size and received < budget:
                data = _part(content / source, within, min(size - within, budget - received))
                _write(Path(self.save_path, path), within, data)
                self.done += len(data)
                received += len(data)
                if self.done < start + size:
                    break
            elif size == 0 and within == 0:
                _write(Path(self.save_path, path), 0, b"")
            start += size
        return received

    def check(self, content: Path) -> None:
        """Find out what lies under the save path; without the content at hand only whole files count."""
        self.done = 0
        for source, path, size in self.files:
            common = _common(content / source, Path(self.save_path, path), size)
            self.done += common
            if common < size:
                break

    def start(self) -> None:
        """Start a stopped torrent; what was missing or failed is looked at again."""
        self.stopped = False
        if self.phase in {Phase.MISSING, Phase.FAILED}:
            self.recheck()

    def recheck(self) -> None:
        """Look at the files again."""
        self.phase = Phase.CHECKING
        self.completion_on = None

    def files_lie_there(self) -> bool:
        """Whether every file still lies under the save path in its full size."""
        paths = [(Path(self.save_path, path), size) for _, path, size in self.files]
        return all(path.is_file() and path.stat().st_size == size for path, size in paths)

    def delete_files(self) -> None:
        """Delete this torrent's own files and its emptied folders; foreign files and the save path stay."""
        root = Path(self.save_path)
        for _, path, _ in self.files:
            target = root / path
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == root:
                    break
                with suppress(OSError):  # it holds somebody else's files, or is gone
                    folder.rmdir()


def _part(source: Path, start: int, length: int) -> bytes:
    try:
        with source.open("rb") as file:
            file.seek(start)
            return file.read(length)
    except OSError:
        return b""


def _write(target: Path, start: int, data: bytes) -> None:
    if start and not data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.write(data)


def _common(source: Path, target: Path, size: int) -> int:
    """Count the bytes that both files have in common from their beginning."""
    if not target.is_file():
        return 0
    if not source.is_file():
        return size if target.stat().st_size == size else 0
    common = 0
    with source.open("rb") as first, target.open("rb") as second:
        while block := first.read(_COMPARED):
            other = second.read(len(block))
            if block != other:
                equal = takewhile(lambda pair: pair[0] == pair[1], zip(block, other, strict=False))
                return common + sum(1 for _ in equal)
            common += len(block)
    return common
