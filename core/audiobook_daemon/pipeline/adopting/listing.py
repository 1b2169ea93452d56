"""Lists what lies in a folder that somebody named, and nothing that lies elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from audiobook_daemon.matching.contents import is_clutter
from audiobook_daemon.models import TorrentFile
from audiobook_daemon.pipeline.people import NotPossible

MOST_FILES = 50_000
_DEEPEST = 20


def list_files(place: Path, most: int = MOST_FILES) -> tuple[TorrentFile, ...]:
    """The files of a folder, or a single file, named as a torrent would name them: with the folder in front.

    Links, hidden files and what systems leave behind are passed over. Raises NotPossible, with a sentence, for what
    cannot be read, for names that are no text, and for more than `most` files.
    """
    try:
        found = place.lstat()
        if stat.S_ISREG(found.st_mode):
            return (TorrentFile(_named(place.name), found.st_size),)
        if not stat.S_ISDIR(found.st_mode):
            raise NotPossible(f"{place} is neither a folder nor a file.")
        return tuple(_below(place, most))
    except FileNotFoundError as error:
        raise NotPossible(f"There is no {place} on the machine the daemon runs on.") from error
    except OSError as error:
        where = error.filename or place
        raise NotPossible(f"The daemon cannot read {where}: {error.strerror}. Give its user the right to.") from error


def _below(place: Path, most: int) -> Iterator[TorrentFile]:
    for count, (path, size) in enumerate(_walked(str(place), place.name, 0), start=1):
        if count > most:
            raise NotPossible(f"{place} holds more than {most} files; name smaller folders one after the other.")
        yield TorrentFile(_named(path), size)


def _walked(folder: str, name: str, depth: int) -> Iterator[tuple[str, int]]:
    if depth > _DEEPEST:
        raise NotPossible(f"{folder} lies more than {_DEEPEST} folders deep.")
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.startswith(".") or is_clutter(entry.name) or entry.is_symlink():
            continue
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(entry.path, path, depth + 1)
        elif entry.is_file(follow_symlinks=False):
            yield path, entry.stat(follow_symlinks=False).st_size


def _named(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = path.encode(errors="surrogateescape").decode(errors="replace")
        raise NotPossible(f"The name of {shown!r} is no text in UTF-8; rename it.") from None
    return path
