"""The jobs that keep the library complete and well described."""

from audiobook_daemon.upkeep.actions import Upkeep, declared
from audiobook_daemon.upkeep.completion.rules import FOLLOW_AUTO
from audiobook_daemon.upkeep.following import mirror_follows
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.settings import UpkeepSettings

__all__ = ["FOLLOW_AUTO", "House", "Upkeep", "UpkeepSettings", "declared", "mirror_follows"]
