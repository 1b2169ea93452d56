"""`do ACTION --help`: what an action does, and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from audiobook_daemon.actions import parameters_of, purpose_of
from audiobook_daemon.cli.reading import read_file
from audiobook_daemon.daemon import declared
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.plugin import action_methods

_NOUNS = {"integer": "a whole number", "number": "a number", "boolean": "yes or no", "string": "a text"}
_BEYOND = 2**31 - 1
"""A bound that nobody comes to is not told."""
_DOCTOR = "Talk to every configured service and say what is wrong and how to mend it."


def describe(path: Path, action: str) -> str:
    """Return the help of an action, as click writes it; raises AudiobookDaemonError if there is none."""
    purpose, parameters = _known(path, action)
    formatter = click.HelpFormatter(max_width=110)
    schema = parameters.model_json_schema() if parameters else {}
    fields, required = schema.get("properties", {}), schema.get("required", ())
    words = [action, *(f"{_option(name)} {name.upper()}" for name in required), *(["[OPTIONS]"] if fields else [])]
    formatter.write_usage("audiobook-daemon do", " ".join(words))
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(purpose)
    rows = [(_option(name), _told(one, schema, needed=name in required)) for name, one in fields.items()]
    if rows:
        with formatter.section("Options"):
            formatter.write_dl(rows)
    return formatter.getvalue().rstrip("\n")


def _known(path: Path, action: str) -> tuple[str, type[BaseModel] | None]:
    if action == "doctor":
        return _DOCTOR, None
    if model := declared().get(action):
        return purpose_of(model), model
    name, _, method = action.partition(".")
    configuration, types = read_file(path)
    for instance in configuration.instances:
        if instance.enabled and instance.name == name:
            for called, function in action_methods(types.get(instance.type)):
                if called == method:
                    model = parameters_of(action, function)
                    return purpose_of(model), model
    raise AudiobookDaemonError(f"There is no action called {action!r}; `audiobook-daemon actions` lists them.")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _told(field: Mapping[str, Any], schema: Mapping[str, Any], *, needed: bool) -> str:
    """Say what an option takes, between which bounds, and what holds without it."""
    kinds = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    parts = [" or ".join(dict.fromkeys(_kind(one, schema) for one in kinds))]
    if needed:
        parts.append("required")
    elif (default := field.get("default")) not in (None, [], ()):
        parts.append(f"else {_value(default)}")
    said = field.get("description")
    return f"{f'{said} ' if said else ''}{', '.join(parts)}"


def _kind(one: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if reference := one.get("$ref"):
        return _kind(schema["$defs"][str(reference).rsplit("/", 1)[-1]], schema)
    if options := one.get("enum"):
        return " | ".join(map(str, options))
    if one.get("type") == "array":
        return f"{_kind(one.get('items', {}), schema)}, may be given several times"
    least, most = one.get("minimum"), one.get("maximum")
    noun = _NOUNS.get(str(one.get("type")), "a value")
    examples = ", ".join(map(_value, one.get("examples", ())))
    bounds = f" from {least}" if least is not None else ""
    bounds += f" to {most}" if most is not None and most < _BEYOND else ""
    return f"{noun}{bounds}{f' ({examples})' if examples else ''}"


def _value(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
