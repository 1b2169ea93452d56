"""The MQTT integration added by its forms, whose fields differ from version to version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.real.home_assistant.onboarding import Http

_FLOW = "/api/config/config_entries/flow"
_MOST_STEPS = 6


async def add_mqtt(http: Http, port: int, protocol: str) -> str:
    """Walk through the forms and return the id of the new entry; `protocol` is `5` or `3.1.1`."""
    known = {"broker": "127.0.0.1", "port": port, "protocol": protocol, "advanced_options": True}
    step = await http.post(_FLOW, {"handler": "mqtt", "show_advanced_options": True})
    for _ in range(_MOST_STEPS):
        if step["type"] == "create_entry":
            return str(step["result"]["entry_id"])
        assert step["type"] in {"menu", "form"}, step
        assert not step.get("errors"), step["errors"]
        answer = {"next_step_id": "broker"} if step["type"] == "menu" else _filled(step["data_schema"], known)
        step = await http.post(f"{_FLOW}/{step['flow_id']}", answer)
    raise AssertionError(f"The forms of MQTT do not end: {step}")


async def reload_mqtt(http: Http, entry: str) -> None:
    """Let the integration begin anew, as its menu offers."""
    await http.post(f"/api/config/config_entries/entry/{entry}/reload")


def _filled(fields: Sequence[Mapping[str, Any]], known: Mapping[str, object]) -> dict[str, object]:
    """Fill a form: what we know, else what is proposed, else the first choice of what must be there."""
    answer: dict[str, object] = {}
    for field in fields:
        name = field["name"]
        if field.get("type") == "expandable":
            answer[name] = _filled(field["schema"], known)
        elif name in known:
            answer[name] = known[name]
        elif "default" in field:
            answer[name] = field["default"]
        elif field.get("required"):
            answer[name] = _first_choice(field)
    return answer


def _first_choice(field: Mapping[str, Any]) -> object:
    options = field.get("selector", {}).get("select", {}).get("options") or [False]
    return options[0]["value"] if isinstance(options[0], dict) else options[0]
