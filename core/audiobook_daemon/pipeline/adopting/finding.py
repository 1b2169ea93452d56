"""The books that lie in a folder, each with its own files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook_daemon.matching.contents import FileGroup, find_books
from audiobook_daemon.matching.people import looks_like_person
from audiobook_daemon.models import TorrentFile
from audiobook_daemon.pipeline.adopting.reading import Told, read_tags_of, told_of
from audiobook_daemon.shelving import is_audio, locate


@dataclass(frozen=True, slots=True)
class Found:
    """The files of one book below the folder that was named."""

    path: Path
    """Its folder, or its single file."""
    files: tuple[TorrentFile, ...]
    """All that lies there, as a torrent would name it."""
    selection: tuple[str, ...]
    """Its own files, if others lie there too."""
    group: FileGroup

    @property
    def key(self) -> str:
        """Names just these files: other sizes or names are another release."""
        told = "\n".join([str(self.path), *(f"{file.path} {file.size}" for file in self.files), *self.selection])
        return hashlib.sha256(told.encode()).hexdigest()[:40]

    @property
    def loose(self) -> bool:
        """Whether its files lie in a folder that is not its own."""
        return bool(self.selection) or self.path.is_file()

    def told(self, above: str = "") -> Told:
        """What is said of it; `above` is the name of the folder that holds all that was listed."""
        own = self.selection or tuple(file.path for file in self.files if is_audio(file.path))
        heard = read_tags_of(locate(self.path, self.files, own))
        return told_of(self.group, above, heard, shared=self.loose)


def books_in(place: Path, files: Sequence[TorrentFile]) -> tuple[Found, ...]:
    """The books among the files that were listed of a place, in the order of their names."""
    groups = find_books(files)
    if len(groups) < 2 or looks_like_person(place.name):
        return tuple(_found(place.parent, files, groups, group) for group in groups)
    # A folder of many books may be called anything: its name is nobody's author or series.
    below = [TorrentFile(file.path.partition("/")[2], file.size) for file in files]
    groups = find_books(below)
    return tuple(_found(place, below, groups, group) for group in groups)


def _found(base: Path, files: Sequence[TorrentFile], groups: Sequence[FileGroup], group: FileGroup) -> Found:
    """One book of a listing, with its own folder as the top: the files of a folder that it shares are not its own."""
    mine, folder = set(group.paths), group.folder
    shared = not folder or any(
        other is not group and any(path.startswith(f"{folder}/") for path in other.paths) for other in groups
    )
    if shared and len(group.paths) == 1:
        (only,) = (file for file in files if file.path in mine)
        single = TorrentFile(only.path.rpartition("/")[2], only.size)
        return Found(base / only.path, (single,), (), group)
    own = [file for file in files if (file.path in mine if shared else file.path.startswith(f"{folder}/"))]
    path = base / folder if folder else base
    cut = len(folder) + 1 if folder else 0
    relative = tuple(TorrentFile(f"{path.name}/{file.path[cut:]}", file.size) for file in own)
    paths = tuple(f"{path.name}/{one[cut:]}" for one in group.paths)
    alone = not shared and set(paths) == {file.path for file in relative if is_audio(file.path)}
    return Found(path, relative, () if alone else paths, group)
