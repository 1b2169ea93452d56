"""A whole, valid configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from audiobook_daemon.config.choosing import Choose
from audiobook_daemon.config.mistakes import Mistake
from audiobook_daemon.config.sections import (
    Log,
    Mqtt,
    Present,
    Retry,
    Route,
    Section,
    Verify,
    Watch,
)
from audiobook_daemon.config.shelving import Backup, Shelve
from audiobook_daemon.config.units import Location, TimeZone
from audiobook_daemon.config.upkeep import Authors, Followed, Metadata, Retention, SeriesSettings, Sync, Updates
from audiobook_daemon.config.web import Web
from audiobook_daemon.plugin import PluginConfig

DATABASE = "sqlite:///var/lib/audiobook-daemon/state.db"


@dataclass(frozen=True, slots=True)
class Instance:
    """One configured plugin."""

    name: str
    type: str
    enabled: bool
    auto_grab: bool
    """Whether what this list wishes may be downloaded without a person's consent."""
    settings: PluginConfig


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a job; the arguments are text still, for the action to read."""

    action: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """Actions that are run one after the other at given times."""

    name: str
    at: str
    """A cron expression, read in the configured time zone."""
    do: tuple[Step, ...]
    catch_up: timedelta
    """A time missed by less than this is made good once; 0 is never."""
    enabled: bool = True
    description: str | None = None


def database_path(database: str) -> Path | None:
    """Return the SQLite file that an address means, or None for another database."""
    scheme, _, rest = database.partition("://")
    if scheme != "sqlite":
        return None
    return Path("/" + rest.lstrip("/")) if rest.startswith("/") else Path(rest)


class General(Section):
    """Everything in the file but instances and jobs."""

    database: str = Field(DATABASE, repr=False)
    """Where the daemon remembers: `sqlite://` and a path, or a `postgresql://` address."""
    timezone: TimeZone = ZoneInfo("UTC")
    """For the times of jobs; the system's if not given."""
    log: Log = Log()
    mqtt: Annotated[Mqtt | None, Present] = None
    web: Annotated[Web | None, Present] = None
    route: Route = Route()
    choose: Choose = Choose()
    retry: Retry = Retry()
    watch: Watch = Watch()
    verify: Verify = Verify()
    shelve: Shelve = Shelve()
    sync: Sync = Sync()
    metadata: Metadata = Metadata()
    series: SeriesSettings = SeriesSettings()
    authors: Authors = Authors()
    follow: tuple[Followed, ...] = ()
    """Series and authors whose books are wanted, owned or not."""
    retention: Retention = Retention()
    backup: Backup = Backup()
    updates: Updates = Updates()
    standby: bool = False
    """With PostgreSQL: whether this daemon waits while another one works with the database, and takes its place."""
    dry_run: bool = False
    """Nothing is downloaded, moved or changed; what would have been done is reported."""
    plugin_folders: tuple[Location, ...] = ()
    """Folders with plugins of your own, one Python file each; nobody else may be able to write there."""

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme, found, rest = value.partition("://")
        if scheme not in {"sqlite", "postgresql"} or not found or not rest.strip("/"):
            raise ValueError(f"should be sqlite:// and a path, as in {DATABASE}, or a postgresql:// address")
        return value

    @property
    def database_path(self) -> Path | None:
        """The SQLite file, or None for another database."""
        return database_path(self.database)


class Configuration(General):
    """What `load` returns; names are unique, routes are resolved, every section is valid."""

    instances: tuple[Instance, ...] = ()
    """In the order of the file, the disabled ones too."""
    jobs: tuple[Job, ...] = ()
    """In the order of the file, the disabled ones too."""
    warnings: tuple[Mistake, ...] = Field((), repr=False)
    """What is allowed but probably not meant."""
    secrets: frozenset[str] = Field(frozenset(), repr=False)
    """Every value that came from outside the file by a tag, for those who keep logs clean of them."""

    def instance(self, name: str) -> Instance:
        """Return an instance; raises KeyError."""
        return {one.name: one for one in self.instances}[name]

    def job(self, name: str) -> Job:
        """Return a job; raises KeyError."""
        return {one.name: one for one in self.jobs}[name]
