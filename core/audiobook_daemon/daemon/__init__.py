"""The one place where everything is put together."""

from audiobook_daemon.daemon.assembly import Daemon
from audiobook_daemon.daemon.plugins import catalogue_of, find_plugins, read_configuration

__all__ = ["Daemon", "catalogue_of", "find_plugins", "read_configuration"]
