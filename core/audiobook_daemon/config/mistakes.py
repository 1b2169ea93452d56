"""What is wrong in a configuration, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from audiobook_daemon.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend (or, in a list of warnings, to think about); lines and columns count from 1."""

    file: str
    line: int | None
    """None when the file as a whole is meant."""
    column: int | None
    path: str
    """The way to the value, as in `plugins.mam.session`; empty for the whole file."""
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class InvalidConfiguration(ConfigurationError):
    """A configuration with mistakes; the text lists each one on a line, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def in_order(mistakes: Iterable[Mistake], first: str) -> tuple[Mistake, ...]:
    """Sort by line and column, the file called `first` before the others; repeated ones are left out."""
    return tuple(
        sorted(
            dict.fromkeys(mistakes),
            key=lambda mistake: (mistake.file != first, mistake.file, mistake.line or 0, mistake.column or 0),
        )
    )


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?` if a known word is near, else `; known are ...` if there are few, else nothing."""
    options = sorted(set(known))
    few = f"; known are {', '.join(options)}" if 0 < len(options) <= 25 else ""
    return nearest(word, options) or few


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?` if a known word is near, else nothing."""
    options = {option.lower(): option for option in known}
    near = [options[match] for match in difflib.get_close_matches(word.lower(), options, n=2, cutoff=0.6)]
    return f"; did you mean {' or '.join(near)}?" if near else ""
