"""The pages of one room: what each shows, and what its forms do."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from aiohttp import web

from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Asked

_IN_PATH = re.compile(r"{([a-z_]+)}")


@dataclass(frozen=True, slots=True)
class Done:
    """What a form has done, told on the page that is shown next."""

    text: str
    to: str | None = None
    """The path of that page; None is the one on which the form stands."""


Show = Callable[[Any, Any], Awaitable[Mapping[str, object] | web.StreamResponse]]
Do = Callable[[Any, Any], Awaitable[Done]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or what a form of a page sends to."""

    method: str
    path: str
    function: Callable[[Any, Any], Awaitable[Any]]
    asked: type[Asked]
    """What stands in the path, and in the query or the form."""
    scope: Scope
    template: str = ""
    title: str = ""

    @property
    def in_path(self) -> tuple[str, ...]:
        """The fields that stand in the path."""
        return tuple(_IN_PATH.findall(self.path))

    @property
    def place(self) -> str:
        """The first part of the path, by which the menu knows where one is."""
        return "/" + self.path.strip("/").partition("/")[0]

    @property
    def pattern(self) -> str:
        """The path as the router takes it: a number matches digits only."""
        path = self.path
        for name in self.in_path:
            if self.asked.model_fields[name].annotation is int:
                path = path.replace(f"{{{name}}}", rf"{{{name}:\d+}}")
        return path


class Pages:
    """The table of one room; the functions take a desk and a model, as those of the API do."""

    def __init__(self) -> None:
        self._table: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._table)

    def shows(self, path: str, *, template: str, title: str, scope: Scope = Scope.READ) -> Callable[[Show], Show]:
        """Show at `path` what a function returns, by a template; a `title` in what it returns counts for more.

        A function may return a whole answer as well, for a file.
        """

        def keep(function: Show) -> Show:
            self._table.append(Entry("GET", path, function, _asked(function), scope, template, title))
            return function

        return keep

    def does(self, path: str, *, scope: Scope = Scope.ACT) -> Callable[[Do], Do]:
        """Let forms that are sent to `path` do what a function does; its refusals are told on the page."""

        def keep(function: Do) -> Do:
            self._table.append(Entry("POST", path, function, _asked(function), scope))
            return function

        return keep


def _asked(function: Callable[..., object]) -> type[Asked]:
    name = list(inspect.signature(function).parameters)[1]
    asked: type[Asked] = get_type_hints(function)[name]
    return asked
