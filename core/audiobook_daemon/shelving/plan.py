"""A plan says which file goes where, before anything is touched; it can be printed and tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from audiobook_daemon.models import TorrentFile
from audiobook_daemon.shelving.files import Located, locate, natural_key
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
    numbered = _needs_numbers(audio)
    names = [_name(one.file, place, len(audio), numbered=numbered) for place, one in enumerate(audio, start=1)]
    doubled = {name for name, count in Counter(name.casefold() for name in names).items() if count > 1}
    steps = tuple(
        Step(one.place, f"{place:03d} {name}" if name.casefold() in doubled else name, one.file.size)
        for place, (one, name) in enumerate(zip(audio, names, strict=True), start=1)
    )
    return Plan(root / folder, root / f".audiobook-daemon-{want_id}", steps)


def _needs_numbers(audio: Sequence[Located]) -> bool:
    paths = [PurePosixPath(one.file.path) for one in audio]
    if len({path.parent for path in paths}) > 1:
        return True
    names = [natural_key(path.name) for path in paths]
    return names != sorted(names)


def _name(file: TorrentFile, place: int, count: int, *, numbered: bool) -> str:
    path = PurePosixPath(file.path)
    stem = safe_name(path.stem, f"Part {place}")
    if numbered:
        stem = f"{place:0{max(2, len(str(count)))}d} - {stem}"
    return f"{stem}{path.suffix.lower()}"
