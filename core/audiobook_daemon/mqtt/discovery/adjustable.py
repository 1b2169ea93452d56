"""The table of the settings that Home Assistant offers, by their names in the document `settings`."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon.mqtt.discovery import templates
from audiobook_daemon.mqtt.discovery.components import Component, Reading
from audiobook_daemon.mqtt.discovery.controls import Number, Select, Switch
from audiobook_daemon.mqtt.topics import SETTINGS

_SET = "settings/set"
_MOST = 1000
"""As much as is offered; the file may say more."""


def _number(name: str, icon: str, unit: str) -> Number:
    return Number(
        name,
        Reading(SETTINGS, templates.up_to(_MOST, name)),
        f"{{{{ {{'{name}': value | int}} | tojson }}}}",
        least=0,
        most=_MOST,
        unit=unit,
        command=_SET,
        category="config",
        icon=icon,
    )


def _select(name: str, icon: str, *options: str) -> Select:
    return Select(
        name,
        Reading(SETTINGS, templates.value(name)),
        f"{{{{ {{'{name}': value}} | tojson }}}}",
        options,
        command=_SET,
        category="config",
        icon=icon,
    )


def _switch(name: str, icon: str) -> Switch:
    return Switch(name, Reading(SETTINGS, templates.flag(name)), name, command=_SET, category="config", icon=icon)


ADJUSTABLE: Mapping[str, Component] = {
    "dry_run": _switch("dry_run", "mdi:test-tube"),
    "upgrade": _switch("upgrade", "mdi:book-arrow-up"),
    "series_auto_grab": _switch("series_auto_grab", "mdi:bookshelf"),
    "authors_auto_grab": _switch("authors_auto_grab", "mdi:account-edit"),
    "log_level": _select("log_level", "mdi:text-box-outline", "debug", "info", "warning", "error"),
    "packs": _select("packs", "mdi:package-variant", "never", "review", "grab"),
    "min_seeders": _number("min_seeders", "mdi:seed", "seeders"),
    "most_wanted": _number("most_wanted", "mdi:book-multiple", "books"),
    "keep_free_bytes": Number(
        "keep_free",
        Reading(SETTINGS, templates.scaled("keep_free_bytes", "1e9", 3)),
        "{{ {'keep_free_bytes': (value * 1e9) | round | int} | tojson }}",
        least=0,
        most=100_000,
        step=0.001,
        unit="GB",
        device_class="data_size",
        command=_SET,
        category="config",
        icon="mdi:harddisk",
    ),
}
