"""From a file to a Configuration, or to the list of everything that is wrong with it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from audiobook_daemon.config.catalogue import PluginCatalogue
from audiobook_daemon.config.checking import check
from audiobook_daemon.config.idle import warn_of_idleness
from audiobook_daemon.config.instances import read_instances, read_types
from audiobook_daemon.config.jobs import CheckCron, KnownActions, read_jobs
from audiobook_daemon.config.mistakes import InvalidConfiguration, in_order
from audiobook_daemon.config.model import Configuration, General
from audiobook_daemon.config.positions import Document, build
from audiobook_daemon.config.readable import warn_of_unreadable_names
from audiobook_daemon.config.reading import compose
from audiobook_daemon.config.routes import read_route
from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.surroundings import system_timezone
from audiobook_daemon.config.tags import Outside

OWN_READERS = ("plugins", "jobs")
"""The top-level sections with a reader of their own."""


def load(
    path: Path,
    catalogue: PluginCatalogue,
    *,
    check_cron: CheckCron,
    known_actions: KnownActions,
    environ: Mapping[str, str],
) -> Configuration:
    """Read the configuration with everything it refers to.

    `known_actions` are the daemon's own; those of instances (`mam.renew`) follow from the catalogue. `environ` serves
    `!env`, TZ and systemd's directories. Raises InvalidConfiguration with every mistake of the whole file.
    """
    document, outside = _read(path, environ)
    data = document.data
    if data is None:
        document.note((), "the file is empty; `audiobook-daemon init` writes one to begin with")
    elif not isinstance(data, dict):
        document.note((), "should be a section of `key: value`")
    sections = data if isinstance(data, dict) else {}
    general = _general(document, path.parent, sections, environ)
    instances = read_instances(document, catalogue)
    types = read_types(document, catalogue)
    route = read_route(document, types)
    own = {f"{name}.{action}": None for name, one in types.items() for action in one.actions}
    jobs = read_jobs(document, sections.get("jobs"), check_cron, {**own, **known_actions})
    warn_of_idleness(document, jobs, {role for one in types.values() for role in one.roles})
    mistakes = in_order((*document.mistakes, *outside.mistakes), first=document.file)
    if mistakes or general is None:
        raise InvalidConfiguration(mistakes)
    return Configuration.model_construct(
        **{name: getattr(general, name) for name in General.model_fields if name != "route"},
        route=route,
        instances=instances,
        jobs=jobs,
        warnings=in_order((*document.warnings, *outside.warnings), first=document.file),
        secrets=frozenset(document.secrets),
    )


def peek_plugin_folders(path: Path, environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the plugin folders before the plugins are known; the empty tuple if `load` will complain anyway."""
    try:
        document, _ = _read(path, environ)
    except InvalidConfiguration:
        return ()
    stated, before = document.at(("plugin_folders",)), len(document.mistakes)
    general = _general(document, path.parent, {"plugin_folders": stated} if stated is not None else {}, environ)
    return general.plugin_folders if general and len(document.mistakes) == before else ()


def peek_database(path: Path, environ: Mapping[str, str]) -> str | None:
    """Return which database a configuration names, also while other things in it are wrong; None if that is not known.

    Raises InvalidConfiguration when the file cannot be read at all.
    """
    document, _ = _read(path, environ)
    if ("database",) in document.unresolved:
        return None
    stated = document.at(("database",))
    general = _general(document, path.parent, {"database": stated} if stated is not None else {}, environ)
    return general.database if general else None


def peek_names(path: Path, catalogue: PluginCatalogue, environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Return the names of the jobs, and those of the enabled instances with their types, whatever else is wrong.

    Raises InvalidConfiguration when the file cannot be read at all.
    """
    document, _ = _read(path, environ)
    jobs = document.at(("jobs",))
    types = read_types(document, catalogue)
    kinds = {name: str(document.at(("plugins", name, "type")) or name) for name in types}
    return list(map(str, jobs)) if isinstance(jobs, dict) else [], kinds


def _read(path: Path, environ: Mapping[str, str]) -> tuple[Document, Outside]:
    outside = Outside(path.parent, environ)
    return build(str(path), compose(path), outside.resolve), outside


def _general(
    document: Document, folder: Path, sections: Mapping[str, object], environ: Mapping[str, str]
) -> General | None:
    data = {key: _or_section(key, value) for key, value in sections.items() if key not in OWN_READERS}
    general = check(document, (), General, data, also=OWN_READERS)
    if general is None:
        return None
    changes: dict[str, object] = {}
    if "timezone" not in data:
        changes["timezone"] = ZoneInfo(system_timezone(environ) or "UTC")
    if "database" not in data and (state := environ.get("STATE_DIRECTORY", "").partition(":")[0]):
        changes["database"] = f"sqlite://{state}/state.db"
    elif general.database_path is not None:
        changes["database"] = f"sqlite://{folder.absolute() / general.database_path}"
    if general.standby and general.database_path is not None:
        document.note(("standby",), "only daemons that share a postgresql:// database can stand by for one another")
    valid = general.model_copy(update=changes)
    warn_of_unreadable_names(document, valid.shelve.folder)
    for index, one in enumerate(valid.plugin_folders):
        if problem := _unfit_folder(one):
            document.note(("plugin_folders", index), problem)
    return valid


def _or_section(key: str, value: object) -> object:
    """Let a section whose lines are all commented out count as an empty one."""
    field = General.model_fields.get(key)
    kind = field.annotation if field else None
    return {} if value is None and isinstance(kind, type) and issubclass(kind, Section) else value


def _unfit_folder(folder: Path) -> str | None:
    try:
        status = folder.stat()
    except OSError as error:
        return f"{folder} cannot be used ({error.strerror})"
    if not stat.S_ISDIR(status.st_mode):
        return f"{folder} is not a folder"
    if status.st_uid not in {0, os.geteuid()}:
        return (
            f"{folder} belongs to another user, whose programs would run as this daemon; give it to this user or root"
        )
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return f"others may write to {folder}, and with that run programs as this daemon; run: chmod go-w {folder}"
    return None
