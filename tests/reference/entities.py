"""What Home Assistant shows as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reference.pages import table

from audiobook_daemon.mqtt.discovery.components import Component
from audiobook_daemon.mqtt.discovery.daemon import TRIGGERS
from audiobook_daemon.mqtt.discovery.names import Part, names_in
from audiobook_daemon.mqtt.discovery.place import Place
from audiobook_daemon.mqtt.discovery.tables import TABLES
from audiobook_daemon.mqtt.topics import COVER, UPDATE

_HEADS: dict[Part, str] = {
    "daemon": "The daemon",
    "job": "Each job",
    "service": "Each instance",
    "tracker": "Each instance of a tracker, too",
}
_PREFIX = {"daemon": "audiobook_daemon", "job": "audiobook_daemon_job_<job>"}


def entities_page() -> str:
    """List the entities of each kind of device, and the triggers."""
    parts = (f"### {head}\n\n{table(_COLUMNS, _rows(part))}" for part, head in _HEADS.items())
    triggers = ", ".join(f"“{one.category}” {one.action}" for one in TRIGGERS)
    return "\n".join(parts) + f"\nTriggers of the daemon's device for the automation editor: {triggers}.\n"


_COLUMNS = ("entity", "name", "from or to", "kind")


def _rows(part: Part) -> Iterator[tuple[str, str, str, str]]:
    prefix = _PREFIX.get(part, f"audiobook_daemon_{part}_<{part}>")
    place = Place("", prefix, {name: f"<{name}>" for name in ("job", "service", "tracker")})
    for row in TABLES[part]:
        ending = row.key if row.entity is None else row.entity
        yield (
            f"`{place.entity_id(row.platform, ending)}`",
            names_in("en").of(part, row.id),
            f"`{_source(row)}`",
            ", ".join(_kinds(row)),
        )


def _source(row: Component) -> str:
    if row.command is not None:
        return f"request/{row.command}"
    state = getattr(row, "state", None)
    if state is not None:
        return str(state.topic.path)
    if row.platform == "event":
        return f"event/{row.key.removesuffix('_event')}/+"
    return COVER.path if row.platform == "image" else UPDATE.path


def _kinds(row: Component) -> Iterator[str]:
    yield row.category or "primary"
    if unit := getattr(row, "unit", None):
        yield str(unit)
    if not row.enabled:
        yield "disabled at first"
