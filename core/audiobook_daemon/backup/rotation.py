"""Which backups there are, and which of them may go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.exporting import EXPORT_HEAD
from audiobook_daemon.backup.manifest import Manifest
from audiobook_daemon.backup.reading import look

_NAME = re.compile(r"audiobook-daemon-\d{8}T\d{6}Z(-\d+)?\.zip")

_EXPORT = re.compile(r"audiobook-daemon-export-\d{8}T\d{6}Z(-\d+)?\.jsonl")


@dataclass(frozen=True, slots=True)
class Found:
    """A backup in the folder of backups."""

    path: Path
    manifest: Manifest


def name_for(folder: Path, now: datetime, form: str = "audiobook-daemon-{}.zip") -> Path:
    """Return a name that nothing in the folder has yet."""
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    path = folder / form.format(moment)
    number = 1
    while path.exists():
        number += 1
        path = folder / form.format(f"{moment}-{number}")
    return path


def found_in(folder: Path) -> tuple[Found, ...]:
    """Return our backups in a folder, the newest first; by other names, or unreadable, they are none."""
    try:
        paths = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and not path.is_symlink()]
    except OSError:
        return ()
    found = [Found(path, manifest) for path in paths if (manifest := look(path))]
    return tuple(sorted(found, key=lambda one: (one.manifest.made, one.path.name), reverse=True))


def rotate(made: Path, database: str, keep: int) -> tuple[Path, ...]:
    """Delete all but the newest backups of a database beside one just `made`, and return the deleted files.

    That one stays even if the others seem newer, because a clock was wrong. Those of other databases stay, and so do
    all files that are not certainly ours.
    """
    others = [one.path for one in found_in(made.parent) if one.manifest.database == database and one.path != made]
    return _delete(others[keep - 1 :])


def rotate_exports(made: Path, keep: int) -> tuple[Path, ...]:
    """Delete all but the newest exports beside one just `made`; what does not begin as ours do stays."""
    named = [path for path in made.parent.iterdir() if _EXPORT.fullmatch(path.name) and not path.is_symlink()]
    return _delete(sorted((path for path in named if path != made and _begins(path)), reverse=True)[keep - 1 :])


def _begins(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(EXPORT_HEAD)) == EXPORT_HEAD


def _delete(old: Sequence[Path]) -> tuple[Path, ...]:
    for path in old:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise BackupError(f"The old backup {path} cannot be deleted: {error.strerror}.") from error
    return tuple(old)
