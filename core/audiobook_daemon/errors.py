"""The vocabulary of failure: what a plugin may raise, and what a person gets to read."""

from __future__ import annotations


class AudiobookDaemonError(Exception):
    """The root of every error this project raises; its text is a whole sentence for a person."""


class ConfigurationError(AudiobookDaemonError):
    """The configuration cannot be used; the text lists every mistake, one a line."""


class DatabaseError(AudiobookDaemonError):
    """The database cannot be used: locked by another daemon, newer than this program, or damaged."""


class DamagedDatabase(DatabaseError):
    """The database's file cannot be read any more; it is left as it is."""


class PluginError(AudiobookDaemonError):
    """The root of what a plugin may raise on purpose; anything else it raises counts as a bug."""


class Unavailable(PluginError):
    """The other side cannot answer now: the instance rests and is asked again later.

    `retry_after` is the number of seconds the other side asked us to wait, or None.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AuthFailed(PluginError):
    """The credentials are refused: the instance waits until a person changes something."""


class Refused(PluginError):
    """The other side answered clearly and the answer is no, for this one thing.

    A torrent that is gone or closed to this account, a file that is no torrent. The instance is well;
    the pipeline puts this release aside and looks for another. `code` is a short stable word.
    """

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code
