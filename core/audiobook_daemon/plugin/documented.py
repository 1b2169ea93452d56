"""Models whose fields are described by the texts below them, which are read from the source when somebody asks."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.fields import FieldInfo

Texts = Mapping[str, Mapping[str, str]]
"""By the qualified name of a class and the name of its attribute."""


class Documented(BaseModel):
    """The base of models that describe themselves in their JSON Schema.

    pydantic's `use_attribute_docstrings` tells the same, but reads the source of every class as soon as it is made:
    that was a quarter of the daemon's start, for texts that hardly a process is ever asked for.
    """

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:  # noqa: ANN401 - a core schema is one of fifty shapes
        """Describe the fields in the schema that pydantic has made."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in field_help(cls).items():
            for key in _keys(name, cls.model_fields[name]):
                if key in properties:
                    properties[key]["description"] = text
                    break
        return schema


def field_help(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what is said of each field of a model: by the field itself, else by the text below it."""
    found = {name: field.description or _below(model, name) for name, field in model.model_fields.items()}
    return {name: text for name, text in found.items() if text is not None}


def _below(model: type[BaseModel], name: str) -> str | None:
    owner = next((one for one in model.__mro__ if name in inspect.get_annotations(one)), None)
    if owner is None or not issubclass(owner, Documented):
        return None
    module = sys.modules.get(owner.__module__)
    return _texts(module).get(owner.__qualname__, {}).get(name) if module else None


def _keys(name: str, field: FieldInfo) -> Iterator[str]:
    for alias in (field.validation_alias, field.serialization_alias, name):
        if isinstance(alias, str):
            yield alias


@lru_cache(maxsize=64)  # the models of a module are asked for one after the other
def _texts(module: ModuleType) -> Texts:
    """Read every class of a module; what has no source, or another one by now, describes nothing."""
    try:
        return dict(_classes(ast.parse(inspect.getsource(module)), ""))
    except (OSError, TypeError, SyntaxError, ValueError):
        return {}


def _classes(node: ast.AST, within: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.ClassDef):
            yield within + inner.name, dict(_attributes(inner))
            yield from _classes(inner, f"{within}{inner.name}.")
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _classes(inner, f"{within}{inner.name}.<locals>.")
        elif isinstance(inner, ast.stmt):
            yield from _classes(inner, within)


def _attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield each annotated attribute that has a text directly below it."""
    for statement, below in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield statement.target.id, inspect.cleandoc(below.value.value)
