"""The `plugins` section: common keys, and each plugin's own model."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon.config.catalogue import PluginCatalogue, PluginType
from audiobook_daemon.config.checking import check
from audiobook_daemon.config.mistakes import suggestion
from audiobook_daemon.config.model import Instance
from audiobook_daemon.config.positions import Document, Way
from audiobook_daemon.config.sections import Section
from audiobook_daemon.config.units import bad_name
from audiobook_daemon.errors import AudiobookDaemonError


class Common(Section):
    """The keys every instance has."""

    type: str | None = None
    """The kind of plugin; the instance's name if not given."""
    enabled: bool = True
    """Off: the section is checked and otherwise left alone."""
    auto_grab: bool = False
    """Whether what this list wishes is downloaded without a person's consent."""


COMMON_KEYS = tuple(Common.model_fields)
_SWITCH = TypeAdapter(bool)


def read_instances(document: Document, catalogue: PluginCatalogue) -> tuple[Instance, ...]:
    """Read the `plugins` section; mistakes go to the document, and only the valid instances return."""
    section = document.at(("plugins",))
    if section is None:
        return ()
    if not isinstance(section, dict):
        document.note(("plugins",), "should be a section with one entry for each instance")
        return ()
    found = (_instance(document, name, catalogue) for name in section)
    return tuple(one for one in found if one is not None)


def read_types(document: Document, catalogue: PluginCatalogue) -> dict[str, PluginType]:
    """Tell the type of each enabled instance that has a usable one, however wrong the rest of its section may be."""
    section = document.at(("plugins",))
    found: dict[str, PluginType] = {}
    for name in section if isinstance(section, dict) else ():
        kind = _kind(document, ("plugins", name))
        if bad_name(name) is None and kind is not None and kind in catalogue and not is_disabled(document, name):
            try:
                found[name] = catalogue[kind]
            except AudiobookDaemonError:
                continue
    return found


def is_disabled(document: Document, name: str) -> bool:
    """Whether an instance is switched off."""
    try:
        return not _SWITCH.validate_python(document.at(("plugins", name, "enabled")))
    except ValidationError:
        return False


def _instance(document: Document, name: str, catalogue: PluginCatalogue) -> Instance | None:
    way: Way = ("plugins", name)
    if problem := bad_name(name):
        document.note(way, problem, key=True)
    value = document.at(way)
    if not isinstance(value, dict | None):
        document.note(way, "should be a section of `key: value`")
        return None
    data = value or {}
    common = check(document, way, Common, {key: data[key] for key in COMMON_KEYS if key in data})
    kind = _kind(document, way)
    plugin_type = _plugin_type(document, way, kind, catalogue) if kind else None
    if plugin_type is None:
        return None
    own = {key: item for key, item in data.items() if key not in COMMON_KEYS}
    settings = check(document, way, plugin_type.config_type, own, also=COMMON_KEYS)
    if common is None or settings is None or problem or not kind:
        return None
    if common.auto_grab and "ImportList" not in plugin_type.roles:
        document.warn((*way, "auto_grab"), f"has no effect, for {kind} is no list of wishes", key=True)
    return Instance(name, kind, common.enabled, common.auto_grab, settings)


def _plugin_type(document: Document, way: Way, kind: str, catalogue: PluginCatalogue) -> PluginType | None:
    stated = document.at((*way, "type")) is not None
    if kind not in catalogue:
        message = (
            "there is no plugin of this name" if stated else "there is no plugin of this name; write its `type` below"
        )
        document.note((*way, "type") if stated else way, message + suggestion(kind, catalogue), key=not stated)
        return None
    try:
        return catalogue[kind]
    except AudiobookDaemonError as error:
        document.note((*way, "type") if stated else way, f"this plugin cannot be used: {error}", key=not stated)
        return None


def _kind(document: Document, way: Way) -> str | None:
    stated = document.at((*way, "type"))
    if stated is None:
        return str(way[-1])
    return stated if isinstance(stated, str) and (*way, "type") not in document.unresolved else None
