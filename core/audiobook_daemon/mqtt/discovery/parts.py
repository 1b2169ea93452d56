"""The tables of what Home Assistant shows of a job, of an instance, and of the account at a tracker."""

from __future__ import annotations

from audiobook_daemon.models import RunOutcome
from audiobook_daemon.mqtt.discovery import templates
from audiobook_daemon.mqtt.discovery.components import Component, Reading
from audiobook_daemon.mqtt.discovery.controls import Button, Switch
from audiobook_daemon.mqtt.discovery.figures import UP, size
from audiobook_daemon.mqtt.discovery.sensors import BinarySensor, Sensor, StateClass
from audiobook_daemon.mqtt.topics import JOB, SERVICE, TRACKER

_LAST = "value_json.last_run"
_FAILED = f"{_LAST} and {_LAST}.status == 'failed'"
_UNWELL = "value_json.health in ('resting', 'needs_person')"
_KNOWN = Reading(TRACKER, templates.online_if("value_json.at"))

OF_A_JOB: tuple[Component, ...] = (
    Button("run", command="job/<job>/run", icon="mdi:play"),
    Switch(
        "schedule",
        Reading(JOB, templates.flag("enabled")),
        "enabled",
        command="job/<job>/set",
        category="config",
        icon="mdi:calendar-clock",
    ),
    BinarySensor("running", Reading(JOB, templates.on_if("value_json.state == 'running'")), device_class="running"),
    Sensor(
        "last_result",
        Reading(JOB, templates.inner("last_run", "status")),
        device_class="enum",
        options=tuple(outcome.value for outcome in RunOutcome),
        icon="mdi:clipboard-check",
        attributes=Reading(
            JOB,
            f"{{{{ {{'summary': {_LAST}.summary, 'error': {_LAST}.error, 'trigger': {_LAST}.trigger}} | tojson "
            f"if {_LAST} else '{{}}' }}}}",
        ),
    ),
    Sensor("next_run", Reading(JOB, templates.value("next_run")), device_class="timestamp", icon="mdi:clock-start"),
    BinarySensor(
        "problem",
        Reading(JOB, templates.on_if(_FAILED)),
        device_class="problem",
        category="diagnostic",
        attributes=Reading(
            JOB, f"{{{{ {{'reason': {_LAST}.error or {_LAST}.summary if {_FAILED} else none}} | tojson }}}}"
        ),
    ),
    Sensor(
        "last_run",
        Reading(JOB, templates.inner("last_run", "started_at")),
        device_class="timestamp",
        category="diagnostic",
        icon="mdi:history",
    ),
    Sensor(
        "duration",
        Reading(JOB, templates.inner("last_run", "duration_s")),
        device_class="duration",
        unit="s",
        state_class="measurement",
        category="diagnostic",
    ),
)

OF_AN_INSTANCE: tuple[Component, ...] = (
    BinarySensor(
        "connectivity",
        Reading(SERVICE, "{{ 'ON' if value_json.state == 'up' else 'OFF' if value_json.state == 'down' else none }}"),
        entity="",
        device_class="connectivity",
        category="diagnostic",
        attributes=Reading(SERVICE, templates.some("type", "version", "health", "error")),
    ),
    BinarySensor(
        "problem",
        Reading(SERVICE, templates.on_if(_UNWELL)),
        device_class="problem",
        category="diagnostic",
        attributes=Reading(SERVICE, f"{{{{ {{'reason': value_json.error if {_UNWELL} else none}} | tojson }}}}"),
    ),
    Sensor(
        "latency",
        Reading(SERVICE, templates.value("latency_ms")),
        device_class="duration",
        unit="ms",
        state_class="measurement",
        category="diagnostic",
        needs=(UP,),
    ),
    Button("check", command="service/<service>/check", category="diagnostic", icon="mdi:stethoscope"),
)

OF_A_LIST: tuple[Component, ...] = (
    Switch(
        "auto_grab",
        Reading(SERVICE, templates.flag("auto_grab")),
        "auto_grab",
        command="service/<service>/set",
        category="config",
        icon="mdi:download-lock",
    ),
)


def _figure(key: str, icon: str, unit: str | None, *, precision: int | None = None) -> Sensor:
    statistics: StateClass = "measurement"
    return Sensor(
        key,
        Reading(TRACKER, templates.value(key)),
        unit=unit,
        state_class=statistics,
        precision=precision,
        icon=icon,
        needs=(UP, _KNOWN),
    )


# That the account is in danger stays true while its site does not answer.
OF_A_TRACKER: tuple[Component, ...] = (
    BinarySensor(
        "danger",
        Reading(TRACKER, templates.flag("in_danger")),
        device_class="problem",
        attributes=Reading(TRACKER, templates.some("dangers", "hit_and_runs", "least_ratio", "connectable")),
        needs=(_KNOWN,),
    ),
    _figure("ratio", "mdi:scale-balance", None, precision=2),
    _figure("points", "mdi:star-circle", "points"),
    _figure("wedges", "mdi:cheese", "wedges"),
    _figure("free_slots", "mdi:parking", "slots"),
    _figure("unsatisfied", "mdi:timer-alert", "torrents"),
    size("uploaded", TRACKER, "uploaded_bytes", "mdi:upload", state_class="total_increasing", needs=(UP, _KNOWN)),
    size("downloaded", TRACKER, "downloaded_bytes", "mdi:download", state_class="total_increasing", needs=(UP, _KNOWN)),
    Sensor(
        "vip_until",
        Reading(TRACKER, templates.value("vip_until")),
        device_class="timestamp",
        icon="mdi:crown",
        needs=(UP, _KNOWN),
    ),
    Sensor(
        "rank",
        Reading(TRACKER, "{{ value_json.rank[:255] if value_json.rank else none }}"),
        icon="mdi:account-star",
        needs=(UP, _KNOWN),
    ),
)
