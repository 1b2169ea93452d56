"""The jobs that keep the library complete and well described."""

from audiobook_daemon.upkeep.actions import Upkeep, declared
from audiobook_daemon.upkeep.books import book_named
from audiobook_daemon.upkeep.corrections.standing import MetadataStatus, metadata_status
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.settings import UpkeepSettings

__all__ = ["House", "MetadataStatus", "Upkeep", "UpkeepSettings", "book_named", "declared", "metadata_status"]
