"""The configuration as it holds, line by line, with the help that editors show and without its secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError
from pydantic.fields import FieldInfo

from audiobook_daemon.config import Configuration, describe
from audiobook_daemon.config.model import General
from audiobook_daemon.plugin import field_help

_COMMON = ("type", "enabled", "auto_grab")


@dataclass(frozen=True, slots=True)
class Line:
    """One key of a section."""

    key: str
    value: str
    """As it could be written into the file; `***` for a secret."""
    help: str | None = None
    bounds: str | None = None
    """What else it may be, in words."""
    changed: bool = False
    """Whether it differs from what holds without it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the file."""

    path: str
    help: str | None
    lines: tuple[Line, ...]


def sections_of(configuration: Configuration) -> list[Section]:
    """Return every section in the order of the model, the keys without a section first."""
    view = describe(configuration)
    alone: list[Line] = []
    found: list[Section] = []
    for name, field in General.model_fields.items():
        value, held = view[name], getattr(configuration, name)
        if isinstance(held, BaseModel) and isinstance(value, Mapping):
            found.append(Section(name, _help(type(held)), tuple(_lines(held, value))))
        elif _model_of(field):
            found.append(Section(name, "Not in the file.", ()))
        else:
            alone.append(_line(name, value, General, held))
    return [Section("", None, tuple(alone)), *found, *_instances(configuration, view), *_jobs(view)]


def _instances(configuration: Configuration, view: Mapping[str, Any]) -> Iterator[Section]:
    for one in configuration.instances:
        shown = view["plugins"][one.name]
        common = [Line(key, written(shown[key]), changed=shown[key] != _plain(key, one.name)) for key in _COMMON]
        yield Section(f"plugins.{one.name}", _help(type(one.settings)), (*common, *_lines(one.settings, shown)))


def _plain(key: str, name: str) -> object:
    return {"type": name, "enabled": True, "auto_grab": False}[key]


def _jobs(view: Mapping[str, Any]) -> Iterator[Section]:
    for name, job in view["jobs"].items():
        told = job.pop("description", None)
        yield Section(f"jobs.{name}", told, tuple(Line(key, written(value)) for key, value in job.items()))


def _lines(model: BaseModel, view: Mapping[str, Any]) -> Iterator[Line]:
    kind = type(model)
    for name, field in kind.model_fields.items():
        key = field.alias or name
        if name in view or key in view:
            yield _line(name, view.get(name, view.get(key)), kind, getattr(model, name))


def _line(name: str, value: object, model: type[BaseModel], held: object) -> Line:
    field = model.model_fields[name]
    key = field.alias or name
    default = None if field.is_required() else field.get_default(call_default_factory=True, validated_data={})
    told = _told(model).get(name)
    return Line(key, written(value), told, _bounds(model, key), field.is_required() or held != default)


def written(value: object) -> str:
    """A value in the flow style of YAML."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(one) for one in value) + "]"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _help(model: type[BaseModel]) -> str | None:
    """The docstring of a model's own; that of its base says nothing of it."""
    told = model.__dict__.get("__doc__")
    return " ".join(str(told).split()) if told else None


def _model_of(field: FieldInfo) -> bool:
    """Whether a section stands there if anything does."""
    members = getattr(field.annotation, "__args__", (field.annotation,))
    return any(isinstance(one, type) and issubclass(one, BaseModel) for one in members) and field.default is None


def _bounds(model: type[BaseModel], key: str) -> str | None:
    shape = _schema(model).get("properties", {}).get(key, {})
    options = [one for branch in (shape, *shape.get("anyOf", ())) for one in branch.get("enum", ())]
    if options:
        return "one of " + ", ".join(map(str, options))
    for branch in (shape, *shape.get("anyOf", ())):
        least, most = branch.get("minimum"), branch.get("maximum")
        if least is not None and most is not None:
            return f"{least} to {most}"
        if least is not None or most is not None:
            return f"at least {least}" if most is None else f"at most {most}"
    return None


@lru_cache(maxsize=128)
def _told(model: type[BaseModel]) -> Mapping[str, str]:
    return field_help(model)


@lru_cache(maxsize=128)  # a model is described once, not for each of its keys
def _schema(model: type[BaseModel]) -> Mapping[str, Any]:
    try:
        return model.model_json_schema()
    except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError):
        return {}
