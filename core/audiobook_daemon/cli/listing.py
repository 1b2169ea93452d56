"""How a list is printed: a table for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from audiobook_daemon.cli.printing import cell, print_json, print_table
from audiobook_daemon.cli.reading import look
from audiobook_daemon.store import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A kind of list."""

    columns: Sequence[str]
    row: Callable[[T], Sequence[object]]
    """The cells of one line, as `printing.cell` takes them."""
    empty: str
    """What is said of none."""

    def show(self, found: Sequence[T], *, as_json: bool) -> None:
        """Print a list."""
        if as_json:
            print_json(found)
            return
        print_table(self.columns, [list(map(cell, self.row(one))) for one in found], empty=self.empty)

    def read(self, path: Path, read: Callable[[Database], Awaitable[Sequence[T]]], *, as_json: bool) -> None:
        """Read a list from the database and print it."""
        self.show(look(path, read), as_json=as_json)
