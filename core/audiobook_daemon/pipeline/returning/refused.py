"""The no of this room."""

from __future__ import annotations

from audiobook_daemon.errors import AudiobookDaemonError


class NotReturned(AudiobookDaemonError):
    """A book is left where it is; the text says why and what to do."""
