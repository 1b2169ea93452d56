"""What Home Assistant's MQTT components have in common; what it would refuse cannot be made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal

from audiobook_daemon.mqtt.discovery.place import Place
from audiobook_daemon.mqtt.discovery.rules import READ_ONLY, check_icon, check_key, check_template, require
from audiobook_daemon.mqtt.payloads import Json
from audiobook_daemon.mqtt.topics import AVAILABILITY, Topic

Category = Literal["config", "diagnostic"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read from a topic; without a template, the payload as it is."""

    topic: Topic
    template: str | None = None

    def __post_init__(self) -> None:
        check_template(self.template)


@dataclass(frozen=True, slots=True)
class Component(ABC):
    """One entity; `key` never changes, for Home Assistant knows the entity by it.

    An entity is available while the daemon is, and while every reading in `needs` says `online`; those whose topic has
    no place here are left out. `lasting` ones are available at all times.
    """

    platform: ClassVar[str]
    lasting: ClassVar[bool] = False

    key: str
    _: KW_ONLY
    icon: str | None = None
    category: Category | None = None
    enabled: bool = True
    attributes: Reading | None = None
    needs: tuple[Reading, ...] = ()
    command: str | None = None
    """The pattern of the command it sends, as in the table of commands."""
    entity: str | None = None
    """How its entity id ends, if not with the key."""

    def __post_init__(self) -> None:
        check_key(self.key)
        check_icon(self.icon)
        known = self.category in {None, "config", "diagnostic"}
        require(known, f"{self.id}: there is no category {self.category!r}")
        settable = self.category != "config" or self.platform not in READ_ONLY
        require(settable, f"{self.id}: what cannot be set is no configuration")
        topics = [need.topic for need in self.needs]
        once = AVAILABILITY not in topics and len(set(topics)) == len(topics)
        require(once, f"{self.id}: a topic may say only once whether it is available")
        require(not (self.lasting and self.needs), f"{self.id} is available at all times")
        self._check()

    @abstractmethod
    def _check(self) -> None:
        """Refuse what only this platform refuses."""

    @property
    def id(self) -> str:
        """The key in the document; a new platform makes it another entity."""
        return f"{self.platform}_{self.key}"

    def config(self, place: Place, name: str) -> dict[str, Json]:
        """Return what Home Assistant is told of it."""
        ending = self.key if self.entity is None else self.entity
        entity_id = place.entity_id(self.platform, ending)
        made: dict[str, Json] = {
            "platform": self.platform,
            "unique_id": place.unique_id(self.key),
            "object_id": entity_id.partition(".")[2],
            "default_entity_id": entity_id,
            "name": name,
            "icon": self.icon,
            "entity_category": self.category,
            "enabled_by_default": None if self.enabled else False,
            "command_topic": None if self.command is None else place.request(self.command),
            "qos": 1,
        }
        if self.attributes is not None:
            made["json_attributes_topic"] = place.topic(self.attributes.topic)
            made["json_attributes_template"] = self.attributes.template
        made |= self._availability(place) | self._own(place)
        return {key: value for key, value in made.items() if value is not None}

    def _availability(self, place: Place) -> dict[str, Json]:
        if self.lasting:
            return {"availability": []}
        needs = [need for need in self.needs if place.knows(need.topic)]
        if not needs:
            return {}
        listed: list[Json] = [told_by(place.topic(AVAILABILITY))]
        listed += [told_by(place.topic(need.topic)) | {"value_template": need.template} for need in needs]
        return {"availability": listed, "availability_mode": "all"}

    @abstractmethod
    def _own(self, place: Place) -> dict[str, Json]:
        """Return what only this platform has."""


def told_by(topic: str) -> dict[str, Json]:
    """Return a topic that says whether something is available.

    Its words are Home Assistant's own, and written out all the same: now and then it has been seen to take up a device
    without having filled them in, and to drop an entity for it.
    """
    return {"topic": topic, "payload_available": "online", "payload_not_available": "offline"}


def state_of(reading: Reading, place: Place) -> dict[str, Json]:
    """Return where the state comes from."""
    return {"state_topic": place.topic(reading.topic), "value_template": reading.template}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A happening that starts automations, as their editor offers it; nothing of it is translated, ever."""

    platform: ClassVar[str] = "device_automation"

    category: str
    action: str

    def __post_init__(self) -> None:
        check_key(self.category)
        check_key(self.action)

    @property
    def id(self) -> str:
        """The key in the document."""
        return f"trigger_{self.category}_{self.action}"

    def config(self, place: Place) -> dict[str, Json]:
        """Return what Home Assistant is told of it."""
        return {
            "platform": self.platform,
            "automation_type": "trigger",
            "type": self.action,
            "subtype": self.category,
            "topic": f"{place.base}/event/{self.category}/{self.action}",
            "qos": 1,
        }
