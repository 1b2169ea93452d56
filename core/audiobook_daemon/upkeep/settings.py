"""What the configuration says about the jobs of the library; the models in `config.upkeep` describe each field."""

from __future__ import annotations

from dataclasses import dataclass, field

from audiobook_daemon.config import Authors, Followed, Metadata, Retention, SeriesSettings, Sync, Updates


@dataclass(frozen=True, slots=True)
class UpkeepSettings:
    """One section each."""

    sync: Sync = field(default_factory=Sync)
    metadata: Metadata = field(default_factory=Metadata)
    series: SeriesSettings = field(default_factory=SeriesSettings)
    authors: Authors = field(default_factory=Authors)
    follow: tuple[Followed, ...] = ()
    retention: Retention = field(default_factory=Retention)
    updates: Updates = field(default_factory=Updates)
