"""The commands and actions as text for people."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import BaseModel
from tests.reference.pages import MOMENT, described, example, table

from audiobook_daemon import backup, pipeline, upkeep
from audiobook_daemon.actions import Actions, Mistake, parameters_of
from audiobook_daemon.backup import Backups
from audiobook_daemon.doors import Doors
from audiobook_daemon.host import PluginTypes
from audiobook_daemon.mqtt.answers import Answer, AnswerDocument
from audiobook_daemon.mqtt.command import Command
from audiobook_daemon.mqtt.commands import Commands
from audiobook_daemon.pipeline.actions import _TABLE as STAGES
from audiobook_daemon.plugin import action_methods
from audiobook_daemon.upkeep.actions import _OWNERS as KEEPERS


async def _nothing() -> None:
    """Stand in for what a command would do."""


def command_table() -> tuple[Command, ...]:
    """Return the commands as they are in any daemon."""
    return tuple(Commands(cast("Doors", None), Actions(), "all", _nothing).table)


def commands_page() -> str:
    """List the commands with their payloads."""
    rows = [
        (
            f"`request/{command.pattern}`",
            command.description,
            fields_page(command.payload, command.word),
            "yes" if command.safe else "no",
            "yes" if command.keyed else "no",
        )
        for command in command_table()
    ]
    return table(("topic", "what it does", "payload", "safe", "keyed"), rows)


def answers_page() -> str:
    """Describe the answers, with one that went well and one that did not."""
    good = Answer("accepted", {"job": "hunt", "run_id": "9b1f22c0"})
    wrong = Mistake("id", "should be a whole number")
    bad = Answer.error("invalid_payload", "approval/approve: id: should be a whole number", mistakes=[wrong])
    written = (
        good.document("job/hunt/run", "phone-17", duplicate=False),
        bad.document("approval/approve", None, duplicate=False),
    )
    examples = "\n".join(example({**answer, "at": MOMENT}) for answer in written)
    return f"{described(AnswerDocument)}\n{examples}"


def actions_page() -> str:
    """List the actions of the daemon and of the plugins with their arguments."""
    own = [(f"`{name}`", _said(function), fields_page(model)) for name, function, model in _own()]
    theirs = [(f"`{name}`", _said(function), fields_page(model)) for name, function, model in _of_plugins()]
    head = ("action", "what it does", "arguments")
    return f"{table(head, own)}\nActions of plugins, here by the type of plugin:\n\n{table(head, theirs)}"


def _own() -> Iterator[tuple[str, object, type[BaseModel]]]:
    models = pipeline.declared() | upkeep.declared() | backup.declared()
    owners: Mapping[type, tuple[str, ...]] = {
        **STAGES,
        **{owner: owner.names for owner in KEEPERS},
        Backups: Backups.names,
    }
    for owner, names in owners.items():
        for name in names:
            yield name, getattr(owner, name), models[name]


def _of_plugins() -> Iterator[tuple[str, object, type[BaseModel]]]:
    types = PluginTypes()
    for kind in types:
        for name, function in action_methods(types.get(kind)):
            yield f"{kind}.{name}", function, parameters_of(f"{kind}.{name}", function)


def _said(function: object) -> str:
    return " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())


def fields_page(model: type[BaseModel], word: str | None = None) -> str:
    """List the fields of a model, each with its kind and its meaning."""
    schema = model.model_json_schema()
    fields = [
        _field(name, part, needed=name in schema.get("required", ()), word=name == word)
        for name, part in schema.get("properties", {}).items()
    ]
    if model.model_config.get("extra") == "allow":
        fields.append("the names of `settings`, each with its value (needed)")
    return "<br>".join(fields) or "none"


def _field(name: str, part: Mapping[str, Any], *, needed: bool, word: bool) -> str:
    said = " ".join(str(part.get("description", "")).split())
    notes = [_kind(part), *(["needed"] if needed else []), *(["may be a bare word"] if word else [])]
    return f"`{name}` ({', '.join(notes)}){f': {said}' if said else ''}"


def _kind(part: Mapping[str, Any]) -> str:
    if "anyOf" in part:
        kinds = [_kind(option) for option in part["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if part.get("type") == "array":
        return f"list of {_kind(part['items'])}"
    kind = str(part.get("type", "anything"))
    return {"string": "text", "boolean": "true or false"}.get(kind, kind)
