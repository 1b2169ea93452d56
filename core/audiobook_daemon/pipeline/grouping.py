"""Stands in for matching.contents.packs until that is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from audiobook_daemon.matching.text import main_title, title_key, words
from audiobook_daemon.models import TorrentFile, Wish
from audiobook_daemon.shelving import audio_files

_DISC = re.compile(r"(?:cd|disc|disk|part|teil|side)[ _-]*\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one book."""

    name: str
    files: tuple[str, ...]


def find_books(files: Sequence[TorrentFile]) -> tuple[Group, ...]:
    """One group for each folder below the top."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for file in audio_files(files):
        parts = PurePosixPath(file.path).parts
        inner = parts[1] if len(parts) > 2 and not _DISC.fullmatch(parts[1]) else ""
        groups[inner].append(file.path)
    if "" in groups or len(groups) < 2:
        return (Group("", tuple(file.path for file in audio_files(files))),)
    return tuple(Group(name, tuple(paths)) for name, paths in groups.items())


def match_groups(groups: Sequence[Group], wishes: Sequence[Wish]) -> tuple[int | None, ...]:
    """For each wish the place of its group."""
    return tuple(_place(groups, wish) for wish in wishes)


def _place(groups: Sequence[Group], wish: Wish) -> int | None:
    title = tuple(title_key(main_title(wish.book.title)).split())
    found = [at for at, group in enumerate(groups) if _has(words(group.name), title)]
    return found[0] if len(found) == 1 else None


def _has(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(text[at : at + len(part)] == part for at in range(len(text)))
