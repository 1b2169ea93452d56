"""What the jobs of the library may touch: the world of the pipeline, and settings of their own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from audiobook_daemon.pipeline import World
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.settings import UpkeepSettings
from audiobook_daemon.upkeep.standings import Ledger


@dataclass(slots=True)
class House:
    """Everything around the jobs; `settings` is replaced as a whole when the configuration is read again."""

    world: World
    settings: UpkeepSettings
    completing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while gaps are looked for."""
    ledger: Ledger = field(init=False)
    """How our accounts at the trackers stood when they were last asked."""

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.world.database)

    @property
    def correcting(self) -> asyncio.Lock:
        """Held while metadata is written, so that no two runs correct the same book."""
        return self.world.writing

    @property
    def database(self) -> Database:
        """What the daemon remembers."""
        return self.world.database

    def dry(self, asked: bool) -> bool:
        """Whether nothing may be changed: it was asked for, or the configuration says so."""
        return asked or self.world.settings.dry_run
