"""The reading order of the files of one book."""

from __future__ import annotations

from collections.abc import Sequence

from audiobook_daemon.matching.contents.audio import AudioFile, path_parts
from audiobook_daemon.matching.contents.marks import Kind, find_marks
from audiobook_daemon.matching.contents.names import NamePlace, place_names

_Key = tuple[object, ...]


def order_files(files: Sequence[AudioFile]) -> tuple[AudioFile, ...]:
    """The files in reading order: by the tags of disc and track where these are complete and unlike, else by names."""
    tags = order_by_tags(files)
    return order_by_names(files) if tags is None else tags


def order_paths(paths: Sequence[str]) -> tuple[str, ...]:
    """Paths in reading order, as far as names tell."""
    return tuple(file.path for file in order_by_names([AudioFile(path) for path in paths]))


def order_by_names(files: Sequence[AudioFile]) -> tuple[AudioFile, ...]:
    """The files in the order that folders and names tell, folder by folder."""
    places = name_places(files)
    return tuple(sorted(files, key=lambda file: (_levels(file, places), *_tie(file))))


def order_by_tags(files: Sequence[AudioFile]) -> tuple[AudioFile, ...] | None:
    """The files in the order of their tags, or None where the tags are not complete or contradict each other."""
    if not files or any(file.track is None for file in files):
        return None
    for discs in _ways_to_count_discs(files):
        keys = [(disc, file.track or 0) for disc, file in zip(discs, files, strict=True)]
        if len(set(keys)) == len(keys):
            ordered = sorted(zip(keys, files, strict=True), key=lambda pair: pair[0])
            return tuple(file for _, file in ordered)
    return None


def disc_named(file: AudioFile) -> int | None:
    """The number of the disc that a file's album, folders or name state."""
    for text in (file.name, *reversed(file.folders), file.album or ""):
        for mark in find_marks(text):
            if mark.kind is Kind.DISC:
                return mark.number
    return None


def name_places(files: Sequence[AudioFile]) -> dict[tuple[str, ...], NamePlace]:
    """The place of every folder and file among its siblings, by the parts of its path."""
    siblings: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
    for file in files:
        parts = path_parts(file.path)
        for depth, part in enumerate(parts):
            name = file.name if depth == len(parts) - 1 else part
            siblings.setdefault(parts[:depth], {})[parts[: depth + 1]] = name
    found: dict[tuple[str, ...], NamePlace] = {}
    for named in siblings.values():
        found.update(zip(named, place_names(list(named.values())), strict=True))
    return found


def _ways_to_count_discs(files: Sequence[AudioFile]) -> list[list[int]]:
    ways = [[file.disc or 0 for file in files]] if len({file.disc is None for file in files}) == 1 else []
    named = [disc_named(file) for file in files]
    if all(disc is not None for disc in named):
        ways.append([disc or 0 for disc in named])
    return ways


def _levels(file: AudioFile, places: dict[tuple[str, ...], NamePlace]) -> _Key:
    parts = path_parts(file.path)
    # At equal places a file goes before a folder: what lies above the discs introduces them.
    return tuple((places[parts[: depth + 1]].key, depth < len(parts) - 1, parts[depth]) for depth in range(len(parts)))


def _tie(file: AudioFile) -> _Key:
    return (
        file.path,
        file.size or 0,
        file.duration or 0.0,
        file.disc or 0,
        file.track or 0,
        file.album or "",
        file.author or "",
    )
