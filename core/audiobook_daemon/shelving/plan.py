"""A plan says which file goes where, before anything is touched; it can be printed and tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audiobook_daemon.models import TorrentFile
from audiobook_daemon.shelving.files import audio_files
from audiobook_daemon.shelving.naming import safe_name


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


def make_plan(download: Path, files: Sequence[TorrentFile], root: Path, folder: PurePosixPath, want_id: int) -> Plan:
    """Plan to shelve the audio of a download below a library root.

    `download` is the content path: the torrent's top folder or its single file. Parts in folders (`CD 1/01.mp3`) are
    laid side by side in reading order, because Audiobookshelf takes other part folders for books of their own.
    """
    audio = audio_files(files)
    nested = len({PurePosixPath(file.path).parent for file in audio}) > 1
    names = [_name(file, place, len(audio), numbered=nested) for place, file in enumerate(audio, start=1)]
    doubled = {name for name, count in Counter(name.casefold() for name in names).items() if count > 1}
    alone = len(files) == 1
    steps = tuple(
        Step(
            _source(download, file, alone=alone),
            f"{place:03d} {name}" if name.casefold() in doubled else name,
            file.size,
        )
        for place, (file, name) in enumerate(zip(audio, names, strict=True), start=1)
    )
    return Plan(root / folder, root / f".audiobook-daemon-{want_id}", steps)


def _source(download: Path, file: TorrentFile, *, alone: bool) -> Path:
    """Where a torrent's file lies: the content path stands for the first part of its name.

    For a top folder with a single file in it, a client may name that file itself (qBittorrent does).
    """
    path = PurePosixPath(file.path)
    if alone and download.name == path.name:
        return download
    return download.joinpath(*path.parts[1:])


def _name(file: TorrentFile, place: int, count: int, *, numbered: bool) -> str:
    path = PurePosixPath(file.path)
    stem = safe_name(path.stem, f"Part {place}")
    if numbered:
        stem = f"{place:0{max(2, len(str(count)))}d} - {stem}"
    return f"{stem}{path.suffix.lower()}"
