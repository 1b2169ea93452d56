"""The one table of what can be set while the daemon runs, and how it is laid over what the file says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from audiobook_daemon.config.checking import check
from audiobook_daemon.config.instances import Common
from audiobook_daemon.config.mistakes import suggestion
from audiobook_daemon.config.model import Configuration, General
from audiobook_daemon.config.positions import Document, Way
from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.units import write_size
from audiobook_daemon.errors import AudiobookDaemonError

Value = bool | int | float | str
M = TypeVar("M", bound=Section)
GB = 10**9


class UnknownSetting(AudiobookDaemonError):
    """No setting that can be changed has this name; the text offers a near one, and so does `hint`."""

    def __init__(self, name: str, known: Collection[str]) -> None:
        near = suggestion(name, known)
        super().__init__(f"There is no setting called {name!r}{near}{'' if near.endswith('?') else '.'}")
        self.hint = near.removeprefix("; ").capitalize() or None


class UnfitValue(AudiobookDaemonError):
    """The file could not say this either; `reason` is what the file would be told."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}.")
        self.reason = reason


class Kind(StrEnum):
    """What a setting looks like to a person."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set; numbers say what a slider offers, the file may know more."""

    name: str
    path: tuple[str, ...]
    """Where it stands in the file."""
    kind: Kind
    title: str
    description: str
    least: int = 0
    most: int = 0
    step: int = 1
    unit: str | None = None
    options: tuple[str, ...] = ()


SETTINGS = (
    Setting("dry_run", ("dry_run",), Kind.SWITCH, "Dry run", "Only report what would be done; change nothing."),
    Setting(
        "log_level",
        ("log", "level"),
        Kind.CHOICE,
        "Log level",
        "The least important messages that are still written.",
        options=("debug", "info", "warning", "error"),
    ),
    Setting(
        "packs",
        ("choose", "packs"),
        Kind.CHOICE,
        "Packs",
        "What becomes of a release that holds the book among others.",
        options=("never", "review", "grab"),
    ),
    Setting(
        "min_seeders",
        ("choose", "min_seeders"),
        Kind.NUMBER,
        "Fewest seeders",
        "A release with fewer seeders is not taken.",
        most=1000,
        unit="seeders",
    ),
    Setting(
        "keep_free_bytes",
        ("shelve", "keep_free"),
        Kind.NUMBER,
        "Space kept free",
        "With less space on the disks nothing new is grabbed.",
        most=100_000 * GB,
        step=GB,
        unit="B",
    ),
    Setting(
        "most_wanted",
        ("series", "most_wanted"),
        Kind.NUMBER,
        "Most books wanted for series",
        "How many missing books one completion of the series wants at most.",
        most=1000,
        unit="books",
    ),
    Setting(
        "upgrade",
        ("shelve", "upgrade"),
        Kind.SWITCH,
        "Better editions",
        "A better edition may take the place of one you own, which goes to the trash.",
    ),
    Setting(
        "series_auto_grab",
        ("series", "auto_grab"),
        Kind.SWITCH,
        "Grab for series",
        "Missing books of series are downloaded without your consent.",
    ),
    Setting(
        "authors_auto_grab",
        ("authors", "auto_grab"),
        Kind.SWITCH,
        "Grab for authors",
        "Missing books of authors are downloaded without your consent.",
    ),
)
"""Those that every daemon has."""
AUTO_GRAB = "auto_grab."
"""Stands before the name of a list."""


def settings_of(lists: Collection[str]) -> Mapping[str, Setting]:
    """Return what can be set, by name; `lists` are the instances that wish for books."""
    of_lists = (
        Setting(
            f"{AUTO_GRAB}{name}",
            ("plugins", name, "auto_grab"),
            Kind.SWITCH,
            f"Grab for {name}",
            f"What {name} wishes is downloaded without your consent.",
        )
        for name in lists
    )
    return {setting.name: setting for setting in (*SETTINGS, *of_lists)}


def setting_called(name: str, lists: Collection[str]) -> Setting:
    """Return a setting; raises UnknownSetting."""
    known = settings_of(lists)
    if name not in known:
        raise UnknownSetting(name, known)
    return known[name]


def value_of(setting: Setting, configuration: Configuration) -> Value:
    """Return what a configuration says."""
    if setting.name.startswith(AUTO_GRAB):
        return configuration.instance(setting.path[1]).auto_grab
    found: object = configuration
    for part in setting.path:
        found = getattr(found, part)
    assert isinstance(found, Value)
    return found


def shown(setting: Setting, value: Value) -> str:
    """Write a value as people write it into the file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return write_size(value) if setting.unit == "B" and isinstance(value, int) else str(value)


def adjusted(configuration: Configuration, setting: Setting, value: object) -> Configuration:
    """Return the configuration as if its file said this; raises UnfitValue with the sentence the file would get."""
    data = _as_written(setting, value)
    if setting.name.startswith(AUTO_GRAB):
        name = setting.path[1]
        allowed = _checked(setting, Common, setting.path[:2], {"auto_grab": data}).auto_grab
        instances = tuple(
            replace(one, auto_grab=allowed) if one.name == name else one for one in configuration.instances
        )
        return configuration.model_copy(update={"instances": instances})
    first = setting.path[0]
    section = getattr(configuration, first)
    # The whole section, for what it holds must fit together.
    stated = {**section.model_dump(mode="json"), setting.path[1]: data} if isinstance(section, Section) else data
    return configuration.model_copy(update={first: getattr(_checked(setting, General, (), {first: stated}), first)})


def _as_written(setting: Setting, value: object) -> object:
    """Write a value as a file has it: as text, with the unit where one is needed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    if setting.unit == "B" and text.isdecimal():
        return f"{text}B"
    return text.lower() if setting.options else text


def _checked(setting: Setting, model: type[M], way: Way, data: Mapping[str, object]) -> M:
    document = Document(setting.name, _nested(way, data))
    valid = check(document, way, model, data)
    if valid is None:
        wrong = "; ".join(dict.fromkeys(mistake.message for mistake in document.mistakes))
        raise UnfitValue(setting.name, wrong)
    return valid


def _nested(way: Way, data: object) -> object:
    for part in reversed(way):
        data = {part: data}
    return data
