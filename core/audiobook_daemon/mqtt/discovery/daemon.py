"""The table of what Home Assistant shows of the daemon itself: state, schedule, decisions, requests, events."""

from __future__ import annotations

from audiobook_daemon.mqtt.discovery import templates
from audiobook_daemon.mqtt.discovery.components import Category, Component, Reading, Trigger
from audiobook_daemon.mqtt.discovery.controls import Button, Notify, Switch, TextField
from audiobook_daemon.mqtt.discovery.sensors import BinarySensor, Happenings, Sensor, Update
from audiobook_daemon.mqtt.happenings import KINDS
from audiobook_daemon.mqtt.topics import APPROVALS, INFO, STATE

_WAITS = Reading(APPROVALS, templates.online_if("value_json.current"))
# What is decided on is the book that was shown when the button was pressed, though another may have come up since.
_SHOWN = "{{ {'id': this.attributes.get('id')} | tojson }}"
_CURRENT = Reading(APPROVALS, "{{ {'id': (value_json.current or {'id': none}).id} | tojson }}")
_WORD = "{{ value | tojson }}"
_FIRST = "(value_json.problems[0].message if value_json.problems else none)"


def _events(category_of: str, icon: str, category: Category | None = None) -> Happenings:
    actions = tuple(kind.action for kind in KINDS if kind.category == category_of)
    return Happenings(f"{category_of}_event", category_of, actions, icon=icon, category=category)


STATES = ("starting", "idle", "running", "paused", "degraded", "stopped")

DAEMON: tuple[Component, ...] = (
    Sensor(
        "state",
        Reading(STATE, templates.value("state")),
        device_class="enum",
        options=STATES,
        icon="mdi:bookshelf",
        attributes=Reading(STATE, templates.some("jobs_running", "jobs_failed")),
    ),
    BinarySensor(
        "problem",
        Reading(STATE, templates.on_if("value_json.problems")),
        device_class="problem",
        category="diagnostic",
        attributes=Reading(STATE, f"{{{{ {{'reason': {_FIRST}, 'problems': value_json.problems}} | tojson }}}}"),
    ),
    Switch(
        "schedules",
        Reading(STATE, templates.on_if("not value_json.paused")),
        "enabled",
        command="schedules/set",
        icon="mdi:calendar-clock",
    ),
    Sensor(
        "next_job",
        Reading(STATE, templates.inner("next_job", "at")),
        device_class="timestamp",
        icon="mdi:clock-start",
        attributes=Reading(STATE, templates.whole("next_job")),
    ),
    Sensor(
        "approvals",
        Reading(APPROVALS, templates.value("count")),
        unit="books",
        state_class="measurement",
        icon="mdi:gavel",
    ),
    Sensor(
        "approval_current",
        Reading(APPROVALS, templates.text("current", "title")),
        icon="mdi:book-clock",
        attributes=Reading(APPROVALS, templates.whole("current")),
    ),
    Button(
        "approval_approve",
        command="approval/approve",
        payload=_SHOWN,
        attributes=_CURRENT,
        needs=(_WAITS,),
        icon="mdi:check-bold",
    ),
    Button(
        "approval_reject",
        command="approval/reject",
        payload=_SHOWN,
        attributes=_CURRENT,
        needs=(_WAITS,),
        icon="mdi:close-thick",
    ),
    TextField("request_book", Reading(INFO, "{{ '' }}"), _WORD, command="book/request", icon="mdi:book-plus"),
    Notify("request_book", _WORD, command="book/request", icon="mdi:book-plus"),
    _events("book", "mdi:book-open-variant"),
    _events("approval", "mdi:message-question"),
    _events("library", "mdi:library"),
    _events("tracker", "mdi:shield-alert"),
    _events("job", "mdi:cog-play", category="diagnostic"),
    Update("update", category="diagnostic"),
    Button("publish", command="daemon/publish", category="diagnostic", icon="mdi:refresh"),
    Sensor(
        "started",
        Reading(INFO, templates.value("started_at")),
        device_class="timestamp",
        category="diagnostic",
        enabled=False,
    ),
)

TRIGGERS = (
    Trigger("book", "grabbed"),
    Trigger("book", "imported"),
    Trigger("book", "failed"),
    Trigger("approval", "requested"),
    Trigger("library", "gaps_found"),
    Trigger("tracker", "danger"),
)
