"""How our accounts at the trackers stand, and whether what they want seeded is."""

from audiobook_daemon.upkeep.standings.duties import Duty, Lapse, lapses
from audiobook_daemon.upkeep.standings.ledger import Ledger
from audiobook_daemon.upkeep.standings.sentences import neglected

__all__ = ["Duty", "Lapse", "Ledger", "lapses", "neglected"]
