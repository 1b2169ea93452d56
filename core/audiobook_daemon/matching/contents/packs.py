"""Finds the books in a download, and what the path of each claims to be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.contents.audio import AudioFile, is_audio, path_parts
from audiobook_daemon.matching.contents.clutter import is_clutter, is_extra
from audiobook_daemon.matching.contents.folders import PIECE_KINDS, Folder, is_generic_folder
from audiobook_daemon.matching.contents.group import group_files
from audiobook_daemon.matching.contents.marks import find_marks
from audiobook_daemon.matching.parse.folder import read_path
from audiobook_daemon.matching.text import words
from audiobook_daemon.models import SeriesPlace, TorrentFile

_EDGES = " \t-–—_.,:;#([{"
_NUMBERS = "0123456789"
_LEADING = re.compile(r"\s*#?(\d{1,3})(?:\s*[.:)–—_-]\s*|\s+)(?=\w)")
_MOST = 0.6
"""The share of neighbours that must begin with a number before it is taken for a position."""


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one book in a download."""

    paths: tuple[str, ...]
    """Its audio files in reading order."""
    folder: str
    """The innermost folder that holds them all; empty for a file at the top."""
    claims: Claims
    """What folders and names claim; what the upper folders say of author and series is in it."""
    size: int = 0
    """Bytes of the audio files."""
    extras: tuple[str, ...] = ()
    """Samples and bonus material in the same folder."""


def find_books(files: Sequence[TorrentFile]) -> tuple[FileGroup, ...]:
    """The books in a download, in the order of their first files; e-books, covers and extras alone are none."""
    audio = [AudioFile(file.path, file.size) for file in files if is_audio(file.path) and not is_clutter(file.path)]
    extras = [file for file in audio if is_extra(file.path)]
    groups = group_files([file for file in audio if not is_extra(file.path)])
    folders = [_common_folder(group) for group in groups]
    users = Counter(_all_folders(groups))
    names: dict[Folder, dict[int, str]] = defaultdict(dict)
    found = []
    for place, (group, folder) in enumerate(zip(groups, folders, strict=True)):
        alone = users[folder] == 1
        name = folder[-1] if alone and folder else _own_name(group, folder)
        names[folder[:-1] if alone else folder][place] = name
        found.append(
            FileGroup(
                paths=tuple(file.path for file in group),
                folder="/".join(folder),
                claims=_read(group, folder, name, alone=alone),
                size=sum(file.size or 0 for file in group),
                extras=tuple(sorted(file.path for file in extras if alone and _is_in(file, folder))),
            )
        )
    return tuple(_with_counts(found, names.values()))


def _common_folder(group: Sequence[AudioFile]) -> Folder:
    shortest = min((file.folders for file in group), key=len)
    width = len(shortest)
    while any(file.folders[:width] != shortest[:width] for file in group):
        width -= 1
    return shortest[:width]


def _is_in(file: AudioFile, folder: Folder) -> bool:
    return file.folders[: len(folder)] == folder


def _all_folders(groups: Sequence[Sequence[AudioFile]]) -> Iterator[Folder]:
    """For every group the folders that hold it, each once: counted, they tell which folders several groups share."""
    for group in groups:
        yield from {file.folders[:depth] for file in group for depth in range(len(file.folders) + 1)}


def _read(group: Sequence[AudioFile], folder: Folder, name: str, *, alone: bool) -> Claims:
    """What a group's path claims: that of its own folder, or of its name in a folder that it shares."""
    if not alone or not folder:
        # A book among others stands where a book's folder would stand.
        return read_path("/".join((*folder, name) if name else folder))
    if len(group) > 1 or _says_nothing(group[0].name):
        return read_path("/".join(folder))
    return read_path(group[0].path, is_file=True)


def _says_nothing(name: str) -> bool:
    return is_generic_folder(name) or sum(map(len, words(name))) < 3


def _own_name(group: Sequence[AudioFile], folder: Folder) -> str:
    """What a group is called below a folder that it shares: without the marks and numbers of its pieces."""
    first = path_parts(group[0].path)
    name = first[len(folder)] if len(first) > len(folder) + 1 else group[0].name
    if len(group) == 1:
        return name
    for mark in find_marks(name):
        if mark.kind in PIECE_KINDS:
            return name[: mark.start].strip(_EDGES)
    return name.rstrip(_EDGES + ")]}" + _NUMBERS)


def _with_counts(groups: list[FileGroup], siblings: Iterable[Mapping[int, str]]) -> list[FileGroup]:
    """Read the numbers that count neighbours as positions, where a name by itself leaves it open (`13 Moons`)."""
    for names in siblings:
        begun = {place: number for place, name in names.items() if (number := _leading_number(name)) is not None}
        if len(begun) < 2 or len(begun) < _MOST * len(names) or len(set(begun.values())) < len(begun):
            continue
        if max(begun.values()) > 3 * len(begun) + 10:
            continue
        for place, number in begun.items():
            groups[place] = replace(groups[place], claims=_counted(groups[place].claims, number))
    return groups


def _leading_number(name: str) -> int | None:
    found = _LEADING.match(name)
    return int(found[1]) if found else None


def _counted(claims: Claims, number: int) -> Claims:
    found = _LEADING.match(claims.title or "")
    if claims.title is None or not found or int(found[1]) != number:
        return claims
    places = [place for place in claims.series if place.position is None] or [SeriesPlace("")]
    counted = (SeriesPlace(places[0].name, str(number)), *(place for place in claims.series if place != places[0]))
    return replace(claims, title=claims.title[found.end() :], series=counted)
