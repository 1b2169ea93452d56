"""The jobs that keep the library complete and well described."""

from audiobook_daemon.upkeep.actions import Upkeep, declared
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.settings import UpkeepSettings

__all__ = ["House", "Upkeep", "UpkeepSettings", "declared"]
