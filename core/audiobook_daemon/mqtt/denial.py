"""The patterns of commands that are refused in any case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ANY = "*"


def denies(pattern: str, path: str) -> bool:
    """Tell whether a pattern covers a command: `*` is one level, or all the rest at the end; `<word>` is any level."""
    wanted, given = pattern.strip("/").split("/"), path.split("/")
    if wanted[-1] == ANY and len(given) >= len(wanted):
        given = given[: len(wanted)]
    return len(wanted) == len(given) and all(want in {ANY, have} for want, have in zip(wanted, given, strict=True))


def denied_by(patterns: Iterable[str], path: str) -> str | None:
    """Return the first pattern that covers a command, None if it may be carried out."""
    return next((pattern for pattern in patterns if denies(pattern, path)), None)


def without_meaning(patterns: Iterable[str], commands: Sequence[str]) -> tuple[str, ...]:
    """Return the patterns that cover no command, whatever its `<word>` stands for: most likely they are misspelt."""
    return tuple(pattern for pattern in patterns if not any(_may_cover(pattern, command) for command in commands))


def _may_cover(pattern: str, command: str) -> bool:
    wanted, given = pattern.strip("/").split("/"), command.split("/")
    levels = [want if have.startswith("<") else have for want, have in zip(wanted, given, strict=False)]
    return denies(pattern, "/".join([*levels, *given[len(wanted) :]]))
