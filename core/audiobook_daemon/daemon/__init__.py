"""The one place where everything is put together."""

from audiobook_daemon.daemon.assembly import Daemon
from audiobook_daemon.daemon.key_doors import change_keys
from audiobook_daemon.daemon.overlay import Overlay
from audiobook_daemon.daemon.plugins import catalogue_of, declared, find_plugins, read_configuration
from audiobook_daemon.daemon.settings import backup_of, pipeline_of

__all__ = [
    "Daemon",
    "Overlay",
    "backup_of",
    "catalogue_of",
    "change_keys",
    "declared",
    "find_plugins",
    "pipeline_of",
    "read_configuration",
]
