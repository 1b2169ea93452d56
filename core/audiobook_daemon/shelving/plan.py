"""A plan says which file goes where, before anything is touched; it can be printed, written down and read back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter

from audiobook_daemon.models import TorrentFile
from audiobook_daemon.shelving.files import Located, locate
from audiobook_daemon.shelving.naming import part_names
from audiobook_daemon.shelving.sizes import in_words

SHELVE = "shelve"
"""The kind of these plans."""
STAGING = ".audiobook-daemon-"
"""How the folders begin in which books are built; Audiobookshelf does not look into those with a dot."""


_NO_SIZE = 2**63
"""Bytes; no file system knows so many."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file of the book: where its bytes lie now, and its name within the book's folder."""

    source: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A file put beside the audio, always a copy: of a `source`, or of a `text` of our own."""

    name: str
    source: Path | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that shelving one book will do."""

    download: Path
    """The content path of the download, whose files are only read."""
    root: Path
    """The library's folder."""
    folder: Path
    """The book's folder in it."""
    staging: Path
    """A dot-folder at the root where it is built."""
    steps: tuple[Step, ...]
    sidecars: tuple[Sidecar, ...] = ()

    @property
    def size(self) -> int:
        """The bytes of the audio."""
        return sum(step.size for step in self.steps)

    def lines(self, method: str | None = None) -> tuple[str, ...]:
        """The plan for people, a line for each file; `method` is how the audio is expected to get there."""
        return tuple(self._lines(method))

    def as_json(self) -> dict[str, object]:
        """The plan as JSON data."""
        data: dict[str, object] = _adapter().dump_python(self, mode="json")
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Plan:
        """Read a plan back; raises ValueError for what is none."""
        plan = _adapter().validate_python(data)
        if any(not 0 <= step.size < _NO_SIZE for step in plan.steps):
            raise ValueError("a file of the plan has a size that no file has")
        return plan

    def _lines(self, method: str | None) -> Iterator[str]:
        how = f" by {method}" if method else ""
        files = "1 file" if len(self.steps) == 1 else f"{len(self.steps)} files"
        yield f"to {self.folder}: {files}, {in_words(self.size)}{how}"
        yield f"from {self.download}"
        for step in self.steps:
            before = "" if step.source.name == step.name else f" from {self._within(step.source)}"
            yield f"  {step.name} ({in_words(step.size)}){before}"
        for sidecar in self.sidecars:
            whence = f"a copy of {self._within(sidecar.source)}" if sidecar.source else "written anew"
            yield f"  {sidecar.name}, {whence}"

    def _within(self, source: Path) -> Path:
        """A file of the download without the folder that was named above; of another place, as it is."""
        return source.relative_to(self.download) if self.download in source.parents else source


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def make_plan(
    download: Path,
    files: Sequence[TorrentFile],
    root: Path,
    folder: PurePosixPath,
    want_id: int,
    selection: Collection[str] = (),
    *,
    sidecars: Sequence[Sidecar] = (),
    names: Callable[[Sequence[Located]], Sequence[str]] = part_names,
) -> Plan:
    """Plan to shelve the audio of a download, or of a `selection` of its files, below a library root.

    Parts in folders (`CD 1/01.mp3`) are laid side by side in reading order, because Audiobookshelf takes other part
    folders for books of their own. Where the names would not sort into the reading order, numbers are put before them.
    """
    audio = locate(download, files, selection)
    steps = tuple(Step(one.place, name, one.file.size) for one, name in zip(audio, names(audio), strict=True))
    return Plan(download, root, root / folder, root / f"{STAGING}{want_id}", steps, tuple(sidecars))
