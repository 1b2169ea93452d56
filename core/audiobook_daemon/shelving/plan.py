"""A plan says which file goes where, before anything is touched; it can be printed and tested."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audiobook_daemon.models import TorrentFile
from audiobook_daemon.shelving.files import locate
from audiobook_daemon.shelving.naming import part_names


@dataclass(frozen=True, slots=True)
class Step:
    """One file: where its bytes lie now, and its name within the book's folder."""

    source: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that shelving one book will do."""

    folder: Path
    """The book's folder in the library."""
    staging: Path
    """A dot-folder beside the authors where it is built; scans do not look into it."""
    steps: tuple[Step, ...]


def make_plan(
    download: Path,
    files: Sequence[TorrentFile],
    root: Path,
    folder: PurePosixPath,
    want_id: int,
    selection: Collection[str] = (),
) -> Plan:
    """Plan to shelve the audio of a download, or of a `selection` of its files, below a library root.

    Parts in folders (`CD 1/01.mp3`) are laid side by side in reading order, because Audiobookshelf takes other part
    folders for books of their own. Where the names would not sort into the reading order, numbers are put before them.
    """
    audio = locate(download, files, selection)
    names = part_names(audio)
    steps = tuple(Step(one.place, name, one.file.size) for one, name in zip(audio, names, strict=True))
    return Plan(root / folder, root / f".audiobook-daemon-{want_id}", steps)
