"""The configuration: what holds, what the keys mean, whether the file is in order, and what was set meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audiobook_daemon.actions import Mistake
from audiobook_daemon.config import settings_of, shown, value_of
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Asked, Nothing
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.pages.configured import sections_of
from audiobook_daemon.web.pages.entry import Done, Pages
from audiobook_daemon.web.pages.jobs import Name
from audiobook_daemon.web.pages.missing import missing
from audiobook_daemon.web.refusals import Forbidden

pages = Pages()


class SettingsAsked(Asked):
    """Whether the file is to be looked at as well."""

    check: bool = False


class SettingAsked(Asked):
    """Which one."""

    name: Name


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A setting that somebody has changed while the daemon ran."""

    name: str
    title: str
    value: str


@pages.shows("/settings", template="settings.html.j2", title="Settings")
async def show_settings(desk: Desk, asked: SettingsAsked) -> Mapping[str, object]:
    """The configuration, and if asked what is wrong with its file."""
    configuration = desk.lent.configuration()
    if asked.check and not desk.caller.scope.holds(Scope.ADMIN):
        raise Forbidden("Only a key of the scope admin may have the file looked at.")
    mistakes: list[Mistake] | None = list(await desk.doors.check_file()) if asked.check else None
    return {
        "path": str(desk.lent.path),
        "sections": sections_of(configuration),
        "warnings": [str(one) for one in configuration.warnings],
        "adjusted": _adjusted(desk),
        "mistakes": mistakes,
    }


@pages.shows("/start", template="start.html.j2", title="Setting up")
async def show_start(desk: Desk, _: Nothing) -> Mapping[str, object]:
    """What the configuration lacks before books come by themselves."""
    source, configuration = desk.lent.source, desk.lent.configuration()
    library = await desk.lent.figures.library.get()
    return {
        "here": "/settings",
        "path": str(desk.lent.path),
        "missing": missing(source.instances(), source.jobs()),
        "instances": source.instances(),
        "books": library.books,
        "asks_first": [name for name, allowed in source.auto_grab().items() if not allowed],
        "mqtt": configuration.mqtt is not None,
        "dry_run": configuration.dry_run,
    }


@pages.does("/settings/reload", scope=Scope.ADMIN)
async def reload(desk: Desk, _: Nothing) -> Done:
    """Read the file again."""
    return Done(f"The file was read again. {await desk.doors.reload()}")


@pages.does("/settings/reset", scope=Scope.ADMIN)
async def reset_setting(desk: Desk, asked: SettingAsked) -> Done:
    """Let the file count again for one setting."""
    await desk.doors.reset_settings([asked.name])
    return Done(f"{asked.name} is as the file says again.")


def _adjusted(desk: Desk) -> list[Adjusted]:
    configuration, source = desk.lent.configuration(), desk.lent.source
    known = settings_of(tuple(source.auto_grab()))
    return [
        Adjusted(name, known[name].title, shown(known[name], value_of(known[name], configuration)))
        for name in source.adjusted()
        if name in known
    ]
