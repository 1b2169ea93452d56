"""What the jobs of the library may touch: the world of the pipeline, and settings of their own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from audiobook_daemon.pipeline import World
from audiobook_daemon.plugin import Http
from audiobook_daemon.store import Database
from audiobook_daemon.upkeep.settings import UpkeepSettings
from audiobook_daemon.upkeep.standings import Ledger
from audiobook_daemon.upkeep.versions import KnownVersions


@dataclass(slots=True)
class House:
    """Everything around the jobs; `settings` is replaced as a whole when the configuration is read again."""

    world: World
    settings: UpkeepSettings
    completing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while gaps are looked for."""
    http: Http | None = None
    """The way to the feed that tells of new versions."""
    ledger: Ledger = field(init=False)
    """How our accounts at the trackers stood when they were last asked."""
    versions: KnownVersions = field(init=False)
    """Which versions of the daemon are out."""

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.world.database)
        self.versions = KnownVersions(self.world.database)

    async def load(self) -> None:
        """Read what was known when the daemon last ran."""
        await self.ledger.load()
        await self.versions.load()

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
