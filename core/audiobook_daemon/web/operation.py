"""One thing that can be asked over HTTP, and the table of them; routes, description and tests are made from it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Raw

Asking = TypeVar("Asking", bound=BaseModel)
_IN_PATH = re.compile(r"{([a-z_]+)}")


@dataclass(frozen=True, slots=True)
class Operation:
    """A method on a path; the fields of `asked` come from the path, and the rest from the query or the body."""

    method: str
    path: str
    """Below `base`, with `{name}` for what varies."""
    function: Callable[..., Awaitable[object]]
    """Takes the desk and what is asked, and returns what goes into the envelope's `data` (or a `Page`)."""
    asked: type[BaseModel]
    answer: Any
    """The type of what is returned; a class of `Raw` for what is no JSON in an envelope."""
    tag: str
    scope: Scope | None = Scope.READ
    """None for what everybody may ask, without a key."""
    status: int = 200
    number: int | None = None
    """Its number in the table of docs/api.md, for those that other programs were promised."""
    errors: tuple[int, ...] = ()
    """What else it may answer with, beside 401, 403, 422 and 429."""
    example: Mapping[str, object] = field(default_factory=dict)
    """Values of `asked` that make a sensible request."""
    base: str = "/api"
    """What stands before every path of its room."""

    @property
    def name(self) -> str:
        """What it is called, in the description and in the log."""
        return self.function.__name__

    @property
    def summary(self) -> str:
        """Its first sentence."""
        return (inspect.getdoc(self.function) or self.name).partition("\n")[0]

    @property
    def description(self) -> str:
        """What is said beside the first sentence."""
        return (inspect.getdoc(self.function) or "").partition("\n")[2].strip()

    @property
    def raw(self) -> type[Raw] | None:
        """The class of an answer that is no JSON in an envelope."""
        return self.answer if isinstance(self.answer, type) and issubclass(self.answer, Raw) else None

    @property
    def in_path(self) -> tuple[str, ...]:
        """The fields that stand in the path."""
        return tuple(_IN_PATH.findall(self.path))

    @property
    def in_body(self) -> bool:
        """Whether what is not in the path is sent as JSON."""
        return self.method in {"POST", "PUT", "PATCH"} and bool(set(self.asked.model_fields) - set(self.in_path))


class Operations:
    """The operations of one room, in the order in which they are written."""

    def __init__(self, tag: str, prefix: str, *, base: str = "/api") -> None:
        self.tag, self.prefix, self.base = tag, prefix, base
        self._table: list[Operation] = []

    def __iter__(self) -> Iterator[Operation]:
        return iter(self._table)

    def add(
        self,
        method: str,
        path: str,
        *,
        scope: Scope | None = Scope.READ,
        status: int = 200,
        number: int | None = None,
        errors: tuple[int, ...] = (),
        example: Mapping[str, object] | None = None,
    ) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
        """Make an operation of a function `(desk, asked: Model) -> answer`; its annotations are the schema."""

        def keep(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
            _, asked, answer = get_type_hints(function).values()
            operation = Operation(
                method,
                self.prefix + path,
                function,
                asked,
                answer,
                self.tag,
                scope,
                status,
                number,
                errors,
                example or {},
                self.base,
            )
            self._table.append(operation)
            return function

        return keep
