"""What can be set while the daemon runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from typing_extensions import TypedDict

from audiobook_daemon.doors import SettingValue
from audiobook_daemon.mqtt.documents.shape import NAME_LENGTH, cut, described, names


@described
class SettingsDocument(TypedDict):
    """The settings that can be changed while the daemon runs, as they count now."""

    paused: bool
    """Whether the whole schedule stands still."""
    dry_run: bool | None
    """Whether jobs only say what they would do."""
    log_level: str | None
    """From which level on lines are logged (`info`)."""
    packs: str | None
    """What is done with a release that holds the book among others: never, review or grab."""
    min_seeders: int | None
    """How many seeders a release must have."""
    keep_free_bytes: int | None
    """Bytes of free space below which nothing new is grabbed."""
    most_wanted: int | None
    """How many missing books one run may want."""
    upgrade: bool | None
    """Whether better editions may take the place of owned ones."""
    series_auto_grab: bool | None
    """Whether missing books of series are grabbed without a person's consent."""
    authors_auto_grab: bool | None
    """Whether missing books of authors are grabbed without a person's consent."""
    adjusted: list[str]
    """Which of these differ from the configuration file."""


def settings_document(
    settings: Mapping[str, SettingValue], adjusted: Collection[str], *, paused: bool
) -> SettingsDocument:
    """Show the settings that can be changed while the daemon runs."""
    return {
        "paused": paused,
        "dry_run": _switch(settings.get("dry_run")),
        "log_level": _word(settings.get("log_level")),
        "packs": _word(settings.get("packs")),
        "min_seeders": _number(settings.get("min_seeders")),
        "keep_free_bytes": _number(settings.get("keep_free_bytes")),
        "most_wanted": _number(settings.get("most_wanted")),
        "upgrade": _switch(settings.get("upgrade")),
        "series_auto_grab": _switch(settings.get("series_auto_grab")),
        "authors_auto_grab": _switch(settings.get("authors_auto_grab")),
        "adjusted": names(sorted(adjusted)),
    }


def _switch(value: SettingValue | None) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: SettingValue | None) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _word(value: SettingValue | None) -> str | None:
    return cut(value, NAME_LENGTH) if isinstance(value, str) else None
