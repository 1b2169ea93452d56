"""When jobs run and what is switched on, as the configuration and people have it now."""

from __future__ import annotations

from audiobook_daemon.config import Configuration
from audiobook_daemon.web.answers import Answered, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("scheduler", "/scheduler")


class ScheduleTold(Answered):
    """A job of the file."""

    job: str
    at: str
    """The cron expression."""
    actions: list[str]
    enabled: bool
    """Whether the file lets it run."""
    paused: bool
    """Whether somebody has paused it."""
    catch_up_seconds: int
    """How old a missed time may be to be made up for; 0 for never."""


class SwitchesTold(Answered):
    """What the daemon does by itself."""

    dry_run: bool
    """Nothing is downloaded, moved or changed."""
    series_wanted: bool
    """Whether missing books of series become wants."""
    authors_wanted: bool
    series_grabbed: bool
    """Whether missing books of series are downloaded without consent."""
    authors_grabbed: bool
    lists_grabbed: dict[str, bool]
    """Whether the books of each list are downloaded without consent."""
    packs: str
    """What becomes of a release that holds the book among others."""
    covers: str
    """When a cover is fetched."""
    mqtt: bool
    home_assistant: bool
    """Whether devices are announced to Home Assistant."""
    backups_kept: int
    standby: bool


class SchedulerConfiguration(Answered):
    """Schedules and switches."""

    timezone: str
    schedules: list[ScheduleTold]
    features: SwitchesTold


@operations.add("GET", "/configuration", number=58)
async def get_scheduler_configuration(desk: Desk, _asked: Nothing) -> SchedulerConfiguration:
    """Tell when every job of the file runs, and what is switched on."""
    configuration = desk.lent.configuration()
    paused = {job.name for job in desk.lent.source.jobs() if job.paused}
    schedules = [
        ScheduleTold(
            job=job.name,
            at=job.at,
            actions=[step.action for step in job.do],
            enabled=job.enabled,
            paused=job.name in paused,
            catch_up_seconds=int(job.catch_up.total_seconds()),
        )
        for job in configuration.jobs
    ]
    features = switches_of(configuration, dict(desk.lent.source.auto_grab()))
    return SchedulerConfiguration(timezone=str(configuration.timezone), schedules=schedules, features=features)


def switches_of(configuration: Configuration, lists: dict[str, bool]) -> SwitchesTold:
    """Return what is switched on."""
    return SwitchesTold(
        dry_run=configuration.dry_run,
        series_wanted=configuration.series.want,
        authors_wanted=configuration.authors.want,
        series_grabbed=configuration.series.auto_grab,
        authors_grabbed=configuration.authors.auto_grab,
        lists_grabbed=lists,
        packs=configuration.choose.packs,
        covers=configuration.metadata.covers,
        mqtt=configuration.mqtt is not None,
        home_assistant=configuration.mqtt is not None and configuration.mqtt.discovery is not None,
        backups_kept=configuration.backup.keep,
        standby=configuration.standby,
    )
