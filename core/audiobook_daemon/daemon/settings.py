"""Translates the configuration into what each room wants to know."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from audiobook_daemon.backup import BackupSettings
from audiobook_daemon.config import Choose, Configuration, secret_values
from audiobook_daemon.host import InstanceSpec
from audiobook_daemon.matching import GateRules, Preference, Rules
from audiobook_daemon.pipeline import Decode, Settings
from audiobook_daemon.scheduler import JobSpec, Step
from audiobook_daemon.shelving import Method, Naming
from audiobook_daemon.upkeep import FOLLOW_AUTO, UpkeepSettings


def instances_of(configuration: Configuration) -> tuple[InstanceSpec, ...]:
    """The instances that are switched on."""
    return tuple(
        InstanceSpec(instance.name, instance.type, instance.settings)
        for instance in configuration.instances
        if instance.enabled
    )


def jobs_of(configuration: Configuration) -> tuple[JobSpec, ...]:
    """The jobs that are switched on."""
    return tuple(
        JobSpec(
            job.name,
            job.at,
            tuple(Step(step.action, step.arguments) for step in job.do),
            job.catch_up,
            job.description,
        )
        for job in configuration.jobs
        if job.enabled
    )


def pipeline_of(configuration: Configuration) -> Settings:
    """What the way of a book goes by."""
    choose = configuration.choose
    return Settings(
        dry_run=configuration.dry_run,
        auto_grab=_auto_grab(configuration),
        download_client=configuration.route.download_client,
        library=configuration.route.library,
        rules=_rules_of(choose),
        candidates=choose.candidates,
        most_queries=choose.most_queries,
        ladder=tuple(timedelta(days=days) for days in choose.ladder_days),
        give_up_after=choose.give_up_after,
        first_retry=configuration.retry.first,
        longest_retry=configuration.retry.most,
        stalled_after=configuration.watch.stalled_after,
        runtime_tolerance=configuration.verify.runtime_tolerance,
        runtime_doubtful=configuration.verify.runtime_doubtful,
        decode=Decode(configuration.verify.decode),
        naming=_naming_of(configuration),
        methods=tuple(Method(method) for method in configuration.shelve.method),
        check_content=configuration.shelve.check == "content",
        sidecars=frozenset(configuration.shelve.sidecars),
        keep_free=configuration.shelve.keep_free,
        upgrade=configuration.shelve.upgrade,
        trash=configuration.shelve.trash,
        most_lost=configuration.sync.most_lost,
        least_lost=configuration.sync.least_lost,
    )


def _naming_of(configuration: Configuration) -> Naming:
    shelve = configuration.shelve
    return Naming(shelve.folder, shelve.file, shelve.longest_name, shelve.longest_path)


def upkeep_of(configuration: Configuration) -> UpkeepSettings:
    """What the jobs of the library go by."""
    return UpkeepSettings(
        sync=configuration.sync,
        metadata=configuration.metadata,
        series=configuration.series,
        authors=configuration.authors,
        follow=configuration.follow,
        retention=configuration.retention,
        updates=configuration.updates,
    )


def backup_of(path: Path, configuration: Configuration) -> BackupSettings:
    """Where backups go: beside the database, or with a database server beside the configuration."""
    backup = configuration.backup
    beside = (configuration.database_path or path).parent
    return BackupSettings(
        path,
        backup.folder or beside / "backups",
        backup.keep,
        backup.passphrase.get_secret_value() if backup.passphrase and backup.secrets == "encrypt" else None,
        secret_values(configuration),
    )


def _auto_grab(configuration: Configuration) -> frozenset[str]:
    """Whose wishes are grabbed without consent: lists by their names, the jobs of the library by theirs."""
    lists = {item.name for item in configuration.instances if item.enabled and item.auto_grab}
    jobs = {
        "series_completion": configuration.series.auto_grab,
        "author_completion": configuration.authors.auto_grab,
        FOLLOW_AUTO: any(rule.auto_grab for rule in configuration.follow),
    }
    return frozenset(lists | {name for name, allowed in jobs.items() if allowed})


def _rules_of(choose: Choose) -> Rules:
    prefer, bitrate = choose.prefer, choose.prefer.bitrate
    return Rules(
        GateRules(
            choose.languages,
            choose.min_seeders,
            choose.min_size,
            choose.max_size,
            choose.min_bitrate,
            choose.max_bitrate,
            prices=choose.prices,
            vip=choose.vip,
        ),
        floor=choose.floor,
        margin=choose.margin,
        packs=choose.packs,
        preference=Preference(
            prefer.order,
            prefer.narrators,
            prefer.formats,
            bitrate.ideal,
            bitrate.least,
            bitrate.most,
            prefer.editions,
            prefer.languages,
        ),
    )
