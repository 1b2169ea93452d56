"""Long lists shown in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is shown."""

    total: int
    limit: int
    offset: int
    path: str
    """The page with all that was asked; where to begin is written behind it."""


def part(path: str, asked: Mapping[str, object], total: int, limit: int, offset: int) -> Part:
    """Return the part of a list that begins at `offset`; `asked` is what the page was asked for beside that."""
    whole = address(path, asked)
    return Part(total, limit, offset, f"{whole}&" if asked else f"{whole}?")


def address(path: str, asked: Mapping[str, object]) -> str:
    """Return a path with a query of what is asked."""
    return f"{path}?{urlencode(asked)}" if asked else path


def given(asked: Mapping[str, object], usual: Mapping[str, object]) -> dict[str, object]:
    """Return what of a question is not as usual, for its address."""
    return {name: value for name, value in asked.items() if value is not None and value != usual.get(name)}
