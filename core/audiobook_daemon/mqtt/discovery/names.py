"""The names that people read in Home Assistant, in their language; a file for each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from audiobook_daemon.mqtt.settings import Language, MqttSettings

Part = Literal["daemon", "job", "service", "tracker"]


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called in one language."""

    device: str
    """The daemon."""
    a_job: str
    """What stands behind the name of a job that is called like an instance."""
    parts: Mapping[Part, Mapping[str, str]]
    """The components of each part, by their keys (`sensor_state`)."""

    def of(self, part: Part, component: str) -> str:
        """Return the name of a component; raises KeyError if the language lacks it."""
        return self.parts[part][component]


@cache
def names_in(language: Language) -> Names:
    """Read the names of a language."""
    file = files("audiobook_daemon.mqtt.discovery").joinpath("languages", f"{language}.toml")
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    parts: tuple[Part, ...] = ("daemon", "job", "service", "tracker")
    return Names(read["device"], read["a_job"], {part: read[part] for part in parts})


def device_name(settings: MqttSettings) -> str:
    """Return what the daemon's device is called; one with a base of its own says which."""
    name = names_in(settings.language).device
    return name if settings.base == MqttSettings().base else f"{name} ({settings.base})"


def in_words(name: str) -> str:
    """Return the name of a job or an instance as people would write it."""
    return name.replace("_", " ").replace("-", " ").capitalize()
