"""Gives what root makes to the user whom the folder belongs to: the daemon itself has to be able to open it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def give_to_owner_of_folder(path: Path) -> None:
    """Let a file belong to whom its folder belongs; only root can do so, and needs to."""
    if os.geteuid() != 0:
        return
    folder = path.parent.stat()
    with suppress(OSError):  # some file systems have no owners
        os.chown(path, folder.st_uid, folder.st_gid)
