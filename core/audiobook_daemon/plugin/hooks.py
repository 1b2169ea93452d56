"""The marks on hook specifications and their implementations."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import pluggy

PROJECT = "audiobook_daemon"

_specification = pluggy.HookspecMarker(PROJECT)
_MANNER = "__audiobook_daemon_manner__"

F = TypeVar("F", bound=Callable[..., Coroutine[Any, Any, Any]])

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a plugin's method as the answer to the hook of the same name."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a hook is called: to everybody (`broadcast`) or to one named instance, and how long it may take."""

    broadcast: bool
    timeout: float
    """Seconds for one instance."""


def question(timeout: float = 60.0) -> Callable[[F], F]:
    """Mark a specification as a question: every instance of the role is asked."""
    return _marked(Manner(broadcast=True, timeout=timeout))


def command(timeout: float = 60.0) -> Callable[[F], F]:
    """Mark a specification as a command: one named instance is told."""
    return _marked(Manner(broadcast=False, timeout=timeout))


def manner_of(hook: Callable[..., object]) -> Manner:
    """Tell how a hook specification is called; raises TypeError for any other function."""
    manner = getattr(hook, _MANNER, None)
    if not isinstance(manner, Manner):
        raise TypeError(f"{getattr(hook, '__qualname__', hook)!r} is not a hook specification")
    return manner


def is_hook(method: object) -> bool:
    """Whether something is a hook specification; one that is not abstract may be left unanswered."""
    return isinstance(getattr(method, _MANNER, None), Manner)


def _marked(manner: Manner) -> Callable[[F], F]:
    def mark(function: F) -> F:
        setattr(function, _MANNER, manner)
        return _specification(function)

    return mark
