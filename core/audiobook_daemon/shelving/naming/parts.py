"""Names the files of a book so that every file system takes them and they sort into the reading order.

Parts in folders (`CD 1/01.mp3`) are laid side by side: Audiobookshelf joins a few spellings of disc folders and takes
every other part folder for a book of its own, so a book that is one folder of files cannot fall to pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from audiobook_daemon.shelving.files import Located, natural_key
from audiobook_daemon.shelving.naming.safe import folded, safe_name


def part_names(audio: Sequence[Located]) -> tuple[str, ...]:
    """Name the files of one book, given in reading order; no two names are equal on any file system.

    A file keeps its own name. Where the names would not sort into the reading order, because they come from several
    folders or tell another one, or where two would be the same file to some file system, numbers are put before them.
    """
    paths = [PurePosixPath(one.file.path) for one in audio]
    names = [_name(path, place) for place, path in enumerate(paths, start=1)]
    if len({path.parent for path in paths}) == 1 and _is_in_order(names):
        return tuple(names)
    digits = max(2, len(str(len(paths))))
    return tuple(_name(path, place, f"{place:0{digits}d} - ") for place, path in enumerate(paths, start=1))


def _name(path: PurePosixPath, place: int, number: str = "") -> str:
    return f"{number}{safe_name(path.stem, f'Part {place}')}{path.suffix.lower()}"


def _is_in_order(names: Sequence[str]) -> bool:
    keys = [natural_key(name) for name in names]
    return keys == sorted(keys) and len({folded(name) for name in names}) == len(names)
