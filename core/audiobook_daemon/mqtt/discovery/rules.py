"""What Home Assistant refuses or warns about, known before it is sent; true of every version since 2024.11."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_METHOD = re.compile(r"value_json(\.\w+|\[[^]]*\])*\.(items|keys|values|get|pop|copy|update|clear)\b")

_SIZES = frozenset({"B", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"})
UNITS: Mapping[str, Collection[str]] = {
    "data_rate": frozenset({"B/s", "kB/s", "MB/s", "GB/s", "KiB/s", "MiB/s", "GiB/s"}),
    "data_size": _SIZES,
    "duration": frozenset({"d", "h", "min", "s", "ms"}),
    "enum": frozenset(),
    "timestamp": frozenset(),
}
"""The device classes of sensors that are used here, with the units each may have."""
STATE_CLASSES: Mapping[str | None, Collection[str]] = {
    None: frozenset({"measurement", "total", "total_increasing"}),
    "data_rate": frozenset({"measurement"}),
    "data_size": frozenset({"measurement", "total", "total_increasing"}),
    "duration": frozenset({"measurement", "total", "total_increasing"}),
    "enum": frozenset(),
    "timestamp": frozenset(),
}
BINARY_CLASSES = frozenset({"connectivity", "problem", "running", "update"})
BUTTON_CLASSES = frozenset({"identify", "restart", "update"})
SWITCH_CLASSES = frozenset({"outlet", "switch"})
NUMBER_CLASSES = frozenset({"data_rate", "data_size", "duration"})
READ_ONLY = frozenset({"binary_sensor", "event", "image", "sensor"})
"""Platforms that nobody can set, and which therefore are no configuration."""
ROOT_KEYS = frozenset({"availability", "availability_mode", "components", "device", "origin"})
"""The keys of a document that are used here; one that an old version does not know makes it refuse the device."""
DEVICE_KEYS = frozenset({"identifiers", "manufacturer", "model", "name", "sw_version", "via_device"})
LONGEST_STATE = 255


class Unfit(ValueError):
    """Home Assistant would refuse it or warn about it."""


def require(holds: bool, complaint: str) -> None:
    """Raise Unfit with the complaint unless it holds."""
    if not holds:
        raise Unfit(complaint)


def check_key(key: str) -> None:
    """Refuse what would make a strange entity id."""
    require(_KEY.fullmatch(key) is not None, f"{key!r} should be words of a-z and 0-9 with an underscore between them")


def check_icon(icon: str | None) -> None:
    """Refuse icons of other collections than Material Design's."""
    require(icon is None or re.fullmatch(r"mdi:[a-z0-9-]+", icon) is not None, f"the icon {icon!r} should be mdi:...")


def check_template(template: str | None) -> None:
    """Refuse templates that read a key which Jinja takes for a method of the document."""
    if template is not None and (found := _METHOD.search(template)):
        raise Unfit(f"in the template {template!r}, {found[0]} is a method")


def check_unit(device_class: str | None, unit: str | None) -> None:
    """Refuse units that do not fit the device class."""
    if device_class is None:
        return
    require(device_class in UNITS, f"{device_class!r} is no device class of a sensor that is known here")
    allowed = UNITS[device_class]
    fits = unit in allowed if allowed else unit is None
    require(fits, f"the unit {unit!r} does not fit the device class {device_class}")


def check_state_class(device_class: str | None, state_class: str | None) -> None:
    """Refuse statistics that the device class does not have."""
    fits = state_class is None or state_class in STATE_CLASSES.get(device_class, ())
    require(fits, f"the state class {state_class!r} does not fit the device class {device_class}")


def check_document(document: Mapping[str, object]) -> None:
    """Refuse a whole document that Home Assistant would refuse, or whose names and ids it would complain about."""
    require(document.keys() <= ROOT_KEYS, f"unknown at the root: {sorted(document.keys() - ROOT_KEYS)}")
    device, origin, components = document.get("device"), document.get("origin"), document.get("components")
    if not (isinstance(device, Mapping) and isinstance(origin, Mapping) and isinstance(components, Mapping)):
        raise Unfit("a document needs device, origin and components")
    require(bool(device.get("identifiers")), "a device needs an identifier")
    require(device.keys() <= DEVICE_KEYS, f"unknown of a device: {sorted(device.keys() - DEVICE_KEYS)}")
    require(bool(origin.get("name")), "the origin needs a name")
    seen: set[object] = set()
    names: set[object] = set()
    for key, component in components.items():
        if not isinstance(component, Mapping) or "platform" not in component:
            raise Unfit(f"{key} needs a platform")
        if component.keys() != {"platform"}:
            _check_component(key, component, str(device.get("name")))
            identity = (component["platform"], component.get("unique_id", key))
            require(identity not in seen, f"{key} has a unique id that is taken: {identity}")
            require("name" not in component or component["name"] not in names, f"{key} has a name that is taken")
            seen.add(identity)
            names |= {component["name"]} if "name" in component else set()


def _check_component(key: str, component: Mapping[str, object], device: str) -> None:
    platform = component["platform"]
    if platform == "device_automation":
        return
    require(bool(component.get("unique_id")), f"{key} needs a unique id")
    entity_id = component.get("default_entity_id")
    require(isinstance(entity_id, str) and entity_id.startswith(f"{platform}."), f"{key}: {entity_id!r} lacks a domain")
    name = component.get("name")
    require(isinstance(name, str) and bool(name), f"{key} needs a name")
    require(not str(name).lower().startswith(device.lower()), f"{key}: {name!r} repeats the name of the device")
    doubled = {"availability", "availability_topic"} <= component.keys() or "availability_topic" in component
    require(not doubled, f"{key} has an availability topic beside the list")
