"""Components that only show something."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal

from audiobook_daemon.mqtt.discovery.components import Component, Reading, state_of
from audiobook_daemon.mqtt.discovery.place import Place
from audiobook_daemon.mqtt.discovery.rules import BINARY_CLASSES, check_state_class, check_unit, require
from audiobook_daemon.mqtt.payloads import Json
from audiobook_daemon.mqtt.topics import COVER, UPDATE

StateClass = Literal["measurement", "total", "total_increasing"]


@dataclass(frozen=True, slots=True)
class Sensor(Component):
    """A number, a word, a moment, or one of `options`."""

    platform: ClassVar[str] = "sensor"

    state: Reading
    _: KW_ONLY
    device_class: str | None = None
    unit: str | None = None
    state_class: StateClass | None = None
    precision: int | None = None
    options: tuple[str, ...] = ()

    def _check(self) -> None:
        check_unit(self.device_class, self.unit)
        check_state_class(self.device_class, self.state_class)
        require(bool(self.options) == (self.device_class == "enum"), f"{self.id}: options and enum belong together")
        require(self.device_class is not None or self.icon is not None, f"{self.id} needs an icon or a device class")

    def _own(self, place: Place) -> dict[str, Json]:
        return {
            **state_of(self.state, place),
            "device_class": self.device_class,
            "unit_of_measurement": self.unit,
            "state_class": self.state_class,
            "suggested_display_precision": self.precision,
            "options": list(self.options) or None,
        }


@dataclass(frozen=True, slots=True)
class BinarySensor(Component):
    """Something that is so or not: its template makes ON, OFF, or None of it."""

    platform: ClassVar[str] = "binary_sensor"

    state: Reading
    _: KW_ONLY
    device_class: str | None = None

    def _check(self) -> None:
        fits = self.device_class is None or self.device_class in BINARY_CLASSES
        require(fits, f"{self.id}: {self.device_class!r} is no device class that is known here")
        require(self.state.template is not None, f"{self.id} needs a template: true and false are taken for nothing")

    def _own(self, place: Place) -> dict[str, Json]:
        return {**state_of(self.state, place), "device_class": self.device_class}


@dataclass(frozen=True, slots=True)
class Happenings(Component):
    """The last event of a category; it stays available, or each restart would look like the old event again."""

    platform: ClassVar[str] = "event"
    lasting: ClassVar[bool] = True

    category_of: str
    actions: tuple[str, ...]

    def _check(self) -> None:
        require(bool(self.actions), f"{self.id} needs types of events")

    def _own(self, place: Place) -> dict[str, Json]:
        return {
            "state_topic": f"{place.base}/event/{self.category_of}/+",
            "event_types": [f"{self.category_of}_{action}" for action in self.actions],
        }


@dataclass(frozen=True, slots=True)
class Cover(Component):
    """The picture of the book that came last."""

    platform: ClassVar[str] = "image"
    lasting: ClassVar[bool] = True

    def _check(self) -> None:
        require(self.icon is not None, f"{self.id} needs an icon")

    def _own(self, place: Place) -> dict[str, Json]:
        return {"image_topic": place.topic(COVER), "content_type": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Update(Component):
    """The version that runs and the newest; nothing is installed from here."""

    platform: ClassVar[str] = "update"

    def _check(self) -> None:
        require(self.command is None, f"{self.id} cannot install anything")

    def _own(self, place: Place) -> dict[str, Json]:
        return {"state_topic": place.topic(UPDATE)}
