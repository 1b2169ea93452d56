"""What is done for the daemon as a whole, and what it was told to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, JsonValue

from audiobook_daemon.config import describe
from audiobook_daemon.models import Level
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, MistakeTold, Nothing
from audiobook_daemon.web.api.beginning import TRIGGER, PerhapsBegun, perhaps_begun
from audiobook_daemon.web.api.switches import SwitchesTold, switches_of
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.operation import Operations

operations = Operations("system", "/system")
FULL_SCAN = ("metadata_full", "series_completion", "author_completion")
"""The actions of a full scan."""


class LinesAsked(Asked):
    """How much of the log."""

    lines: Annotated[int, Field(ge=1, le=2000)] = 500


class LinesTold(Answered):
    """The end of the log."""

    lines: list[str]
    """Without secrets, the oldest first; no more than the daemon keeps in memory."""


class IntegrationTold(Answered):
    """A service in the configuration."""

    name: str
    type: str
    enabled: bool
    url: str | None = None


class ConfigurationTold(Answered):
    """What the daemon was told to do; every secret is `***`."""

    path: str
    """The file."""
    features: SwitchesTold
    genres: dict[str, list[str]]
    """Of each instance that has some."""
    retention: dict[str, int]
    """How many days history is kept, by kind."""
    integrations: list[IntegrationTold]
    sections: dict[str, JsonValue]
    """Everything, in the shape of the file, with the defaults filled in and with what people have set."""
    warnings: list[str]
    """What is allowed but probably not meant."""


class FileChecked(Answered):
    """Whether the file could be taken over."""

    valid: bool
    mistakes: list[MistakeTold]


class Diagnosis(Answered):
    """One thing that was looked at."""

    what: str
    """`configuration`, `database`, `mqtt` and the like, or an instance."""
    level: Level
    text: str
    remedy: str | None = None
    """How to mend it."""


class Reloaded(Answered):
    """What reading the file again has changed."""

    summary: str


@operations.add("POST", "/trigger-full-scan", number=64, scope=Scope.ACT, status=202)
async def trigger_full_scan(desk: Desk, _asked: Nothing) -> list[PerhapsBegun]:
    """Look after the metadata of all books, and for what is missing in every series and of every author."""
    run = desk.doors.run_action
    return [await perhaps_begun(name, run(name, {}, TRIGGER, key=desk.key_for(name))) for name in FULL_SCAN]


@operations.add("GET", "/configuration", number=65)
async def get_configuration(desk: Desk, _asked: Nothing) -> ConfigurationTold:
    """Tell what the daemon was told to do, without secrets."""
    configuration = desk.lent.configuration()
    sections = describe(configuration)
    plugins = _plugins(sections)
    return ConfigurationTold(
        path=str(desk.lent.path),
        features=switches_of(configuration, dict(desk.lent.source.auto_grab())),
        genres={name: found for name, one in plugins.items() if (found := _texts(one.get("genres")))},
        retention=configuration.retention.model_dump(),
        integrations=[
            IntegrationTold(name=one.name, type=one.type, enabled=one.enabled, url=_url(plugins.get(one.name, {})))
            for one in configuration.instances
        ],
        sections=sections,
        warnings=[desk.lent.redact(str(warning)) for warning in configuration.warnings],
    )


@operations.add("POST", "/configuration/check", scope=Scope.ADMIN, errors=(409,))
async def check_configuration(desk: Desk, _asked: Nothing) -> FileChecked:
    """Read the configuration file as a reload would and name what is wrong with it; nothing is taken over."""
    found = await desk.doors.check_file()
    mistakes = [MistakeTold(path=one.path, message=desk.lent.redact(one.message), hint=one.hint) for one in found]
    return FileChecked(valid=not mistakes, mistakes=mistakes)


@operations.add("POST", "/reload", scope=Scope.ADMIN, errors=(409,))
async def reload_configuration(desk: Desk, _asked: Nothing) -> Reloaded:
    """Read the configuration file again; a file with mistakes changes nothing, and each is named (422)."""
    return Reloaded(summary=await desk.doors.reload())


@operations.add("POST", "/doctor", scope=Scope.ACT, errors=(409,))
async def examine_everything(desk: Desk, _asked: Nothing) -> list[Diagnosis]:
    """Talk to every configured service now and say what is wrong and how to mend it; that may take a minute."""
    found = (await desk.act("doctor")).data
    told = [Diagnosis.model_validate(one) for one in found] if isinstance(found, list) else []
    return [one.model_copy(update={"text": desk.lent.redact(one.text)}) for one in told]


@operations.add("POST", "/logs/export", number=66, scope=Scope.ADMIN, example={"lines": 100})
async def export_log(desk: Desk, asked: LinesAsked) -> LinesTold:
    """Return the last lines of the log, without secrets."""
    return LinesTold(lines=list(desk.lent.source.log_lines(asked.lines)))


def _plugins(sections: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    plugins = sections.get("plugins")
    found = plugins if isinstance(plugins, Mapping) else {}
    return {name: one for name, one in found.items() if isinstance(one, Mapping)}


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _url(plugin: Mapping[str, object]) -> str | None:
    url = plugin.get("url")
    return url if isinstance(url, str) else None
