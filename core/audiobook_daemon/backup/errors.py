"""What can be wrong with backups."""

from __future__ import annotations

from audiobook_daemon.errors import AudiobookDaemonError


class BackupError(AudiobookDaemonError):
    """A backup cannot be written, or cannot be used; what it was to replace is as before."""
