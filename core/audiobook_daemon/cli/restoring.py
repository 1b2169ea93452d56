"""`restore`: what a backup holds becomes the database again."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from audiobook_daemon.backup import Wanted, look, restore, told
from audiobook_daemon.cli.passphrase import ask
from audiobook_daemon.cli.printing import say
from audiobook_daemon.store import utc_now


def restore_backup(path: Path, backup: Path, *, aside: bool, without_secrets: bool) -> None:
    """Restore, and print what was done and what is left to do."""
    manifest = look(backup)
    sealed = manifest is not None and manifest.seal is not None
    passphrase = ask() if sealed and not without_secrets else None
    wanted = Wanted(backup, path, aside, passphrase)
    restored = asyncio.run(restore(wanted, os.environ, utc_now()))
    for sentence in told(restored, wanted):
        say(sentence)
