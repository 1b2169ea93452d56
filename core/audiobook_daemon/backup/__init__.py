"""Keeps what the daemon remembers a second time: backup, restore, export."""

from audiobook_daemon.backup.actions import Backups, declared
from audiobook_daemon.backup.advice import advised, examined
from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.exporting import export
from audiobook_daemon.backup.making import make
from audiobook_daemon.backup.reading import look
from audiobook_daemon.backup.restoring import Restored, Wanted, restore
from audiobook_daemon.backup.rotation import Found, found_in
from audiobook_daemon.backup.settings import BackupSettings
from audiobook_daemon.backup.telling import told
from audiobook_daemon.backup.upgrading import keeping
from audiobook_daemon.backup.writing import new_file

__all__ = [
    "BackupError",
    "BackupSettings",
    "Backups",
    "Found",
    "Restored",
    "Wanted",
    "advised",
    "declared",
    "examined",
    "export",
    "found_in",
    "keeping",
    "look",
    "make",
    "new_file",
    "restore",
    "told",
]
