"""Components that a person sets or presses."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from audiobook_daemon.mqtt.discovery.components import Component, Reading, state_of
from audiobook_daemon.mqtt.discovery.place import Place
from audiobook_daemon.mqtt.discovery.rules import (
    BUTTON_CLASSES,
    LONGEST_STATE,
    NUMBER_CLASSES,
    SWITCH_CLASSES,
    check_template,
    check_unit,
    require,
)
from audiobook_daemon.mqtt.payloads import Json


@dataclass(frozen=True, slots=True)
class _Control(Component):
    """Something that sends a command."""

    def _check(self) -> None:
        require(self.command is not None, f"{self.id} needs a command")


@dataclass(frozen=True, slots=True)
class Button(_Control):
    """A button; `payload` may be a template of the command."""

    platform: ClassVar[str] = "button"

    _: KW_ONLY
    payload: str | None = None
    device_class: str | None = None

    def _check(self) -> None:
        _Control._check(self)
        check_template(self.payload)
        fits = self.device_class is None or self.device_class in BUTTON_CLASSES
        require(fits, f"{self.id}: {self.device_class!r} is no device class of a button")

    def _own(self, place: Place) -> dict[str, Json]:
        del place
        return {"device_class": self.device_class, "command_template": self.payload}


@dataclass(frozen=True, slots=True)
class Switch(_Control):
    """A switch whose template makes ON, OFF or None, and which sends `{field: true}` or `{field: false}`."""

    platform: ClassVar[str] = "switch"

    state: Reading
    field: str
    _: KW_ONLY
    device_class: str | None = None

    def _check(self) -> None:
        _Control._check(self)
        fits = self.device_class is None or self.device_class in SWITCH_CLASSES
        require(fits, f"{self.id}: {self.device_class!r} is no device class of a switch")
        require(self.state.template is not None, f"{self.id} needs a template: true and false are taken for nothing")

    def _own(self, place: Place) -> dict[str, Json]:
        return {
            **state_of(self.state, place),
            "device_class": self.device_class,
            "payload_on": f'{{"{self.field}":true}}',
            "payload_off": f'{{"{self.field}":false}}',
            "state_on": "ON",
            "state_off": "OFF",
        }


@dataclass(frozen=True, slots=True)
class Number(_Control):
    """A number; `payload` is the template of the command."""

    platform: ClassVar[str] = "number"

    state: Reading
    payload: str
    _: KW_ONLY
    least: float
    most: float
    step: float = 1
    unit: str | None = None
    device_class: str | None = None

    def _check(self) -> None:
        _Control._check(self)
        check_template(self.payload)
        fits = self.device_class is None or self.device_class in NUMBER_CLASSES
        require(fits, f"{self.id}: {self.device_class!r} is no device class of a number")
        check_unit(self.device_class, self.unit)
        require(self.least < self.most, f"{self.id}: the least must be less than the most")
        require(self.step >= 0.001, f"{self.id}: the step is too small")

    def _own(self, place: Place) -> dict[str, Json]:
        return {
            **state_of(self.state, place),
            "command_template": self.payload,
            "min": self.least,
            "max": self.most,
            "step": self.step,
            "mode": "box",
            "unit_of_measurement": self.unit,
            "device_class": self.device_class,
        }


@dataclass(frozen=True, slots=True)
class Select(_Control):
    """One of `options`; `payload` is the template of the command."""

    platform: ClassVar[str] = "select"

    state: Reading
    payload: str
    options: tuple[str, ...]

    def _check(self) -> None:
        _Control._check(self)
        check_template(self.payload)
        require(len(set(self.options)) == len(self.options) > 1, f"{self.id} needs different options")

    def _own(self, place: Place) -> dict[str, Json]:
        return {**state_of(self.state, place), "command_template": self.payload, "options": list(self.options)}


@dataclass(frozen=True, slots=True)
class TextField(_Control):
    """A line to write into; `state` is what it shows."""

    platform: ClassVar[str] = "text"

    state: Reading
    payload: str
    _: KW_ONLY
    longest: int = LONGEST_STATE

    def _check(self) -> None:
        _Control._check(self)
        check_template(self.payload)
        require(0 < self.longest <= LONGEST_STATE, f"{self.id}: a state has {LONGEST_STATE} characters at the most")

    def _own(self, place: Place) -> dict[str, Json]:
        return {**state_of(self.state, place), "command_template": self.payload, "max": self.longest}


@dataclass(frozen=True, slots=True)
class Notify(_Control):
    """Takes messages from voice assistants and scripts; `payload` is the template of the command."""

    platform: ClassVar[str] = "notify"

    payload: str

    def _check(self) -> None:
        _Control._check(self)
        check_template(self.payload)

    def _own(self, place: Place) -> dict[str, Json]:
        del place
        return {"command_template": self.payload}
