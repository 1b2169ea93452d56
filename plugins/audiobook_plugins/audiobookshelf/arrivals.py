"""Looks at a new folder on disk: what audio is in it, and what around it would keep the server from taking it in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_AUDIO = frozenset(
    "m4b mp3 m4a flac opus ogg oga mp4 aac wma aiff aif wav webm webma mka awb caf mpg mpeg".split()  # noqa: SIM905
)
_EBOOKS = frozenset({"epub", "pdf", "mobi", "azw3", "cbr", "cbz"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new folder, as the server names it and as this machine does."""

    library: str
    """The library's id."""
    remote_root: str
    relative: str
    """The way from the library's folder, with `/`."""
    root: Path

    @property
    def remote(self) -> str:
        """The folder as the server names it."""
        return f"{self.remote_root.rstrip('/')}/{self.relative}"

    @property
    def folder(self) -> Path:
        """The folder as this machine names it."""
        return self.root / self.relative


def audio_in(folder: Path) -> Mapping[str, int]:
    """The audio files below a folder that scans would see, by their way from it, with their bytes."""
    found: dict[str, int] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for name in names:
            file = Path(place, name)
            if _kind(name) in _AUDIO and not _is_hidden(name):
                found[file.relative_to(folder).as_posix()] = file.stat().st_size
    return found


def loose_file(arrival: Arrival, *, ebooks: bool = False) -> Path | None:
    """An audio file (or e-book) above the folder that makes everything below its own folder one single book.

    Files in the library's folder itself do no harm.
    """
    wanted = _AUDIO | _EBOOKS if ebooks else _AUDIO
    for above in _between(arrival):
        for entry in sorted(os.scandir(above), key=lambda entry: entry.name):
            if _kind(entry.name) in wanted and not _is_hidden(entry.name) and entry.is_file():
                return Path(entry.path)
    return None


def unreadable_for_others(arrival: Arrival) -> Path | None:
    """The first folder or audio file on the way that only its owner or group may read."""
    for place in (*_between(arrival), arrival.folder):
        if not place.stat().st_mode & stat.S_IXOTH:
            return place
    files = (arrival.folder / name for name in sorted(audio_in(arrival.folder)))
    return next((file for file in files if not file.stat().st_mode & stat.S_IROTH), None)


def _between(arrival: Arrival) -> Iterator[Path]:
    """Yield the folders between the library's and the new one."""
    place = arrival.root
    for part in arrival.relative.split("/")[:-1]:
        place /= part
        yield place


def _kind(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "@eaDir"
