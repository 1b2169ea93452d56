"""Keeps what the daemon remembers a second time: backup, restore, export."""

from audiobook_daemon.backup.actions import Backups, declared
from audiobook_daemon.backup.settings import BackupSettings

__all__ = ["BackupSettings", "Backups", "declared"]
