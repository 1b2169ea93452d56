"""Whether there is a version newer than the one that runs."""

from audiobook_daemon.upkeep.versions.feed import NewVersion, newest_of
from audiobook_daemon.upkeep.versions.known import KnownVersions
from audiobook_daemon.upkeep.versions.looking import Feed, installed_here

__all__ = ["Feed", "KnownVersions", "NewVersion", "installed_here", "newest_of"]
