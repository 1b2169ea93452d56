"""The devices that Home Assistant is told of: the daemon, and below it one for each job and each instance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from audiobook_daemon.doors import Source
from audiobook_daemon.models import InstanceStatus
from audiobook_daemon.mqtt.discovery.adjustable import ADJUSTABLE
from audiobook_daemon.mqtt.discovery.components import Component, told_by
from audiobook_daemon.mqtt.discovery.daemon import DAEMON, TRIGGERS
from audiobook_daemon.mqtt.discovery.figures import DOWNLOADING, SHELVED
from audiobook_daemon.mqtt.discovery.names import Part, device_name, in_words, names_in
from audiobook_daemon.mqtt.discovery.parts import OF_A_JOB, OF_A_LIST, OF_A_TRACKER, OF_AN_INSTANCE
from audiobook_daemon.mqtt.discovery.place import Place
from audiobook_daemon.mqtt.discovery.rules import check_document
from audiobook_daemon.mqtt.payloads import Document, Json
from audiobook_daemon.mqtt.settings import MqttSettings
from audiobook_daemon.mqtt.topics import AVAILABILITY, JOB, SERVICE, STATE, is_level

ORIGIN = "audiobook-daemon"
_TRACKER, _CLIENT = "Tracker", "DownloadClient"
_AVAILABILITY = AVAILABILITY.below("")

Allowed = Callable[[str], bool]
"""Tells whether a command, by its path (`job/hunt/run`), is carried out."""


@dataclass(frozen=True, slots=True)
class DeviceDocument:
    """What is published of one device; `state` is the topic that must be known before."""

    id: str
    state: str
    content: Document

    def topic(self, prefix: str) -> str:
        """Return where Home Assistant looks for it."""
        return f"{prefix}/device/{self.id}/config"

    def platforms(self) -> dict[str, str]:
        """Return the platform of each component."""
        components = self.content["components"]
        assert isinstance(components, dict)
        return {key: str(component["platform"]) for key, component in components.items()}

    def without(self, gone: dict[str, str]) -> Document:
        """Return the document that also takes components away, by key and platform."""
        components = self.content["components"]
        assert isinstance(components, dict)
        tombs: dict[str, Json] = {key: {"platform": platform} for key, platform in gone.items()}
        document = dict(self.content) | {"components": tombs | components}
        check_document(document)
        return document


def device_ids(settings: MqttSettings, source: Source) -> set[str]:
    """Return the ids of all devices there are."""
    node = settings.node_id
    jobs = {f"{node}_job_{job.name}" for job in source.jobs() if is_level(job.name)}
    services = {f"{node}_service_{one.name}" for one in source.instances() if is_level(one.name)}
    return {node} | jobs | services


def device_documents(settings: MqttSettings, source: Source, allowed: Allowed) -> Iterator[DeviceDocument]:
    """Make the documents of all devices from what there is now."""
    maker = _Maker(settings, allowed, source.info().version)
    instances = [one for one in source.instances() if is_level(one.name)]
    yield maker.daemon(source.settings(), [one.name for one in instances if _CLIENT in one.roles])
    names = {in_words(one.name) for one in instances}
    for job in source.jobs():
        if is_level(job.name):
            yield maker.job(job.name, shared=in_words(job.name) in names)
    lists = source.auto_grab()
    for instance in instances:
        yield maker.instance(instance, is_list=instance.name in lists)


class _Maker:
    def __init__(self, settings: MqttSettings, allowed: Allowed, version: str) -> None:
        self._settings, self._allowed, self._version = settings, allowed, version
        self._names, self._device = names_in(settings.language), device_name(settings)

    def daemon(self, adjustable: Collection[str], clients: Sequence[str]) -> DeviceDocument:
        settings = self._settings
        levels = {"service": clients[0]} if len(clients) == 1 else {}
        place = Place(settings.base, settings.node_id, levels)
        offered = [part for name, part in ADJUSTABLE.items() if name in adjustable]
        components = self._components("daemon", place, [*DAEMON, *DOWNLOADING, *SHELVED, *offered])
        components |= {trigger.id: trigger.config(place) for trigger in TRIGGERS}
        device: dict[str, Json] = {"name": self._device, "model": "Audiobook daemon", "sw_version": self._version}
        return self._document(settings.node_id, place.topic(STATE), device, components)

    def job(self, name: str, *, shared: bool) -> DeviceDocument:
        id_ = f"{self._settings.node_id}_job_{name}"
        place = Place(self._settings.base, id_, {"job": name})
        device = self._below(name, "Job")
        if shared:
            device["name"] = f"{device['name']} ({self._names.a_job})"
        return self._document(id_, place.topic(JOB), device, self._components("job", place, OF_A_JOB))

    def instance(self, instance: InstanceStatus, *, is_list: bool) -> DeviceDocument:
        name, node = instance.name, self._settings.node_id
        id_ = f"{node}_service_{name}"
        place = Place(self._settings.base, id_, {"service": name, "tracker": name})
        rows = [*OF_AN_INSTANCE, *(OF_A_LIST if is_list else ())]
        components = self._components("service", place, rows)
        if _TRACKER in instance.roles:
            account = Place(self._settings.base, f"{node}_tracker_{name}", place.levels)
            components |= self._components("tracker", account, OF_A_TRACKER)
        device = self._below(name, in_words(instance.type))
        if instance.version:
            device["sw_version"] = instance.version[:100]
        return self._document(id_, place.topic(SERVICE), device, components)

    def _below(self, name: str, model: str) -> dict[str, Json]:
        node = self._settings.node_id
        return {"name": f"{self._device} {in_words(name)}", "model": model, "via_device": node}

    def _components(self, part: Part, place: Place, rows: Sequence[Component]) -> dict[str, Json]:
        return {
            row.id: row.config(place, self._names.of(part, row.id))
            for row in rows
            if row.command is None or self._allowed(place.command(row.command))
        }

    def _document(self, id_: str, state: str, device: dict[str, Json], components: dict[str, Json]) -> DeviceDocument:
        content: dict[str, Json] = {
            "device": {"identifiers": [id_], "manufacturer": ORIGIN, **device},
            "origin": {"name": ORIGIN, "sw_version": self._version},
            "availability": [told_by(AVAILABILITY.below(self._settings.base))],
            "components": components,
        }
        check_document(content)
        return DeviceDocument(id_, state, content)


def base_in(document: object, node_id: str) -> str | None:
    """Return the base of the daemon that made a document of this node id; None if it is none of such a daemon.

    Bases that differ only in punctuation have one node id, so that alone does not tell who made it.
    """
    if not isinstance(document, dict):
        return None
    origin, device = document.get("origin"), document.get("device")
    if not (isinstance(origin, dict) and isinstance(device, dict) and origin.get("name") == ORIGIN):
        return None
    if device.get("identifiers") != [node_id] and device.get("via_device") != node_id:
        return None
    match document.get("availability"):
        case [{"topic": str(topic)}, *_] if topic.endswith(_AVAILABILITY):
            return topic.removesuffix(_AVAILABILITY)
    return None
