"""Takes folders out of a library and puts them back; both are one rename within a file system, and nothing is copied.

The trash is a dot-folder at the root of the library: Audiobookshelf does not look into it.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.shelving.naming import safe_name
from audiobook_daemon.shelving.publishing import rename
from audiobook_daemon.shelving.staging import sentence, sync_folder

TRASH = ".audiobook-daemon-trash"
"""The name of the trash below the root of a library."""
_MOST_OF_ONE_NAME = 1000


class NotMoved(AudiobookDaemonError):
    """A folder stays where it is; nothing was changed, and the text says why."""


def free_place(root: Path, title: str, now: datetime) -> Path:
    """A place in the trash that nothing has, named by the moment and the title; nothing is made yet."""
    name = f"{now:%Y%m%d-%H%M%S} {safe_name(title, 'Untitled')}"
    for number in range(1, _MOST_OF_ONE_NAME):
        place = root / TRASH / (name if number == 1 else f"{name} ({number})")
        if not os.path.lexists(place):
            return place
    raise NotMoved(f"{root / TRASH} holds a thousand folders called {name!r}; empty the trash.")


def refusal(folder: Path, root: Path) -> str | None:
    """Why a folder may not be taken out of a library, as a sentence; None if it may."""
    try:
        _check_below(folder, root)
        _check_folder(folder, root)
    except NotMoved as error:
        return str(error)
    except OSError as error:
        return sentence(error, folder)
    return None


def move_to_trash(folder: Path, root: Path, name: str) -> Path:
    """Take a folder out of a library and return its place in the trash; raises NotMoved."""
    place = root / TRASH / name
    _check_below(folder, root)
    _check_place(place, root)
    try:
        _check_folder(folder, root)
        (root / TRASH).mkdir(exist_ok=True)
        _check_real(root / TRASH)
        _move(folder, place)
    except OSError as error:
        raise NotMoved(sentence(error, folder)) from error
    return place


def move_back(place: Path, folder: Path) -> None:
    """Put a folder from the trash where it lay, never over anything; raises NotMoved."""
    root = place.parent.parent
    _check_place(place, root)
    _check_below(folder, root)
    try:
        _check_folder(place, root)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _move(place, folder)
    except OSError as error:
        raise NotMoved(sentence(error, folder)) from error


def delete(place: Path, root: Path) -> None:
    """Delete a folder in the trash for good; one that is half deleted is deleted on. Raises NotMoved."""
    _check_place(place, root)
    try:
        _check_folder(place, root)
        shutil.rmtree(place)
    except OSError as error:
        raise NotMoved(sentence(error, place)) from error


def remove_empty_above(folder: Path, root: Path) -> None:
    """Remove the folders above one that was taken out, as far as they are empty now; the root stays."""
    for above in folder.parents:
        if above == root or not above.is_relative_to(root):
            return
        try:
            above.rmdir()
        except OSError:
            return


def strangers(root: Path, known: Collection[Path]) -> tuple[Path, ...]:
    """What lies in the trash of a library and is not `known`; nobody may delete it."""
    try:
        return tuple(sorted(place for place in (root / TRASH).iterdir() if place not in known))
    except OSError:
        return ()


def size_of(folder: Path) -> int:
    """How many bytes the files of a folder have; what vanishes meanwhile counts nothing."""
    size = 0
    for above, _, names in os.walk(folder):
        for name in names:
            try:
                size += Path(above, name).lstat().st_size
            except OSError:
                continue
    return size


def _check_below(folder: Path, root: Path) -> None:
    """Refuse everything that is not surely below the root: other folders, the trash, ways through links."""
    inside = folder.is_absolute() and ".." not in folder.parts and folder.is_relative_to(root) and folder != root
    if not inside:
        raise NotMoved(f"{folder} does not lie below the library's folder {root}.")
    parts = folder.relative_to(root).parts
    if parts[0].startswith("."):
        raise NotMoved(f"{folder} is no folder of a book: its name begins with a dot.")
    for depth in range(1, len(parts)):
        above = root.joinpath(*parts[:depth])
        if os.path.lexists(above):
            _check_real(above)


def _check_place(place: Path, root: Path) -> None:
    if place.parent != root / TRASH or place.name in {"", ".", ".."}:
        raise NotMoved(f"{place} does not lie in the trash of {root}.")
    if os.path.lexists(place.parent):
        _check_real(place.parent)


def _check_real(folder: Path) -> None:
    found = folder.lstat().st_mode
    if stat.S_ISLNK(found):
        raise NotMoved(f"{folder} is a symbolic link, and what lies behind it is left alone.")
    if not stat.S_ISDIR(found):
        raise NotMoved(f"{folder} is not a folder.")


def _check_folder(folder: Path, root: Path) -> None:
    _check_real(folder)
    if folder.stat().st_dev != root.stat().st_dev:
        raise NotMoved(f"{folder} lies on another file system than {root}.")


def _move(source: Path, target: Path) -> None:
    try:
        rename(source, target)
    except FileExistsError as error:
        raise NotMoved(f"{target} exists already and is not touched.") from error
    for folder in {source.parent, target.parent}:
        sync_folder(folder)
