"""The configuration for other eyes: everything but the secrets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from audiobook_daemon.config.model import Configuration, General
from audiobook_daemon.config.units import write_duration

HIDDEN = "***"
_USER = re.compile(r"(?<=://)[^/@\s]*@")
_PARAMETER = re.compile(r"([?&][^=&#\s]+=)[^&#\s]+")


def describe(configuration: Configuration) -> dict[str, object]:
    """Return the configuration as JSON can hold it, in the shape of the file, with the defaults filled in.

    Hidden are: secret fields, everything that came by a tag, and accounts and parameters in addresses.
    """
    view: dict[str, object] = configuration.model_dump(mode="json", include=set(General.model_fields))
    view["plugins"] = {
        one.name: {
            "type": one.type,
            "enabled": one.enabled,
            "auto_grab": one.auto_grab,
            **one.settings.model_dump(mode="json"),
        }
        for one in configuration.instances
    }
    view["jobs"] = {
        job.name: {
            "at": job.at,
            "do": [{step.action: dict(step.arguments)} if step.arguments else step.action for step in job.do],
            "catch_up": write_duration(job.catch_up),
            "enabled": job.enabled,
            "description": job.description,
        }
        for job in configuration.jobs
    }
    shown = _without(view, sorted(configuration.secrets, key=len, reverse=True))
    return shown if isinstance(shown, dict) else {}


def _without(value: object, secrets: Collection[str]) -> object:
    if isinstance(value, Mapping):
        return {key: _without(item, secrets) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without(item, secrets) for item in value]
    if not isinstance(value, str):
        return value
    if value in secrets or (value and not value.strip("*")):
        return HIDDEN
    for secret in secrets:
        if len(secret) > 3:
            value = value.replace(secret, HIDDEN)
    return _PARAMETER.sub(rf"\1{HIDDEN}", _USER.sub(f"{HIDDEN}@", value))
