"""Names the files of a book so that every file system takes them and they sort into the reading order.

Parts in folders (`CD 1/01.mp3`) are laid side by side: Audiobookshelf joins a few spellings of disc folders and takes
every other part folder for a book of its own, so a book that is one folder of files cannot fall to pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from audiobook_daemon.shelving.files import Located, natural_key
from audiobook_daemon.shelving.naming.safe import LONGEST, folded, safe_name


def part_names(audio: Sequence[Located], longest: int = LONGEST) -> tuple[str, ...]:
    """Name the files of one book, given in reading order; no two names are equal on any file system.

    A file keeps its own name. Where the names would not sort into the reading order, because they come from several
    folders or tell another one, or where two would be the same file to some file system, numbers are put before them.
    """
    return numbered_names(audio, [PurePosixPath(one.file.path).stem for one in audio], longest)


def numbered_names(audio: Sequence[Located], stems: Sequence[str], longest: int = LONGEST) -> tuple[str, ...]:
    """Make file names of stems, with numbers before them if they need any; see `part_names`."""
    paths = [PurePosixPath(one.file.path) for one in audio]
    names = [_name(path, stem, place, longest) for place, (path, stem) in enumerate(zip(paths, stems, strict=True), 1)]
    if len({path.parent for path in paths}) == 1 and _is_in_order(names):
        return tuple(names)
    digits = max(2, len(str(len(paths))))
    return tuple(
        _name(path, stem, place, longest, f"{place:0{digits}d} - ")
        for place, (path, stem) in enumerate(zip(paths, stems, strict=True), start=1)
    )


def _name(path: PurePosixPath, stem: str, place: int, longest: int, number: str = "") -> str:
    ending = path.suffix.lower()
    return f"{number}{safe_name(stem, f'Part {place}', longest - len(f'{number}{ending}'.encode()))}{ending}"


def _is_in_order(names: Sequence[str]) -> bool:
    keys = [natural_key(name) for name in names]
    return keys == sorted(keys) and len({folded(name) for name in names}) == len(names)
