"""How the command line prints: tables and colours on a terminal, plain lines in a pipe, JSON on request."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import Enum

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from audiobook_daemon import actions

SCREEN = 100
"""The columns of a screen that nobody has to widen."""
_PIPE_WIDTH = 200
_NOT_ASCII = re.compile(r"[^\n -~]")

console = Console(highlight=False)
if not console.is_terminal:
    console.width = _PIPE_WIDTH


def print_json(value: object) -> None:
    """Print a value as one JSON document."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, indent=2)
    print(_NOT_ASCII.sub(lambda found: _printable(found[0]), text))  # noqa: T201


def print_json_line(value: object) -> None:
    """Print a value as JSON in one line, at once: for what has no end."""
    text = json.dumps(value, default=_plain, ensure_ascii=False)
    print(_NOT_ASCII.sub(lambda found: _printable(found[0]), text), flush=True)  # noqa: T201


def say(text: str, *, style: str | None = None, end: str = "\n") -> None:
    """Print a sentence or more as it is, however long: without markup, and without control characters."""
    console.print(Text(plain(text)), style=style, soft_wrap=True, end=end)


def say_line(text: str, *, style: str | None = None) -> None:
    """Print one line, cut visibly at the width of the screen, a hundred columns at most.

    A line break at its beginning is kept as an empty line.
    """
    if text.startswith("\n"):
        console.print()
    line = _fitted(text, min(console.width, SCREEN))
    console.print(line, style=style, soft_wrap=True)


def say_columns(one: str, other: str, *, first: int) -> None:
    """Print two texts in one line, the second one from the column `first` on, on a narrow screen sooner."""
    width = min(console.width, SCREEN)
    start = first * width // SCREEN
    line = _fitted(one, start - 2)
    line.pad_right(start - line.cell_len)
    line.append_text(_fitted(other, width - start))
    line.rstrip()
    console.print(line, soft_wrap=True)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, empty: str) -> None:
    """Print rows under their headings, or the sentence for none."""
    if not rows:
        say(empty)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Text(plain(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    console.print(table)


def cell(value: object) -> str:
    """A value in a table: nothing for None, yes and no as the configuration has them, a list as its members."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def local(moment: datetime | None) -> str:
    """A moment in the time of this machine, to the minute."""
    return "" if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M")


def plain(text: str) -> str:
    """Titles may hold anything; what would move the cursor or turn the line round becomes a space."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


@contextmanager
def progress_bar(*, wanted: bool) -> Iterator[actions.Progress]:
    """Yield something to report progress to; it shows a bar on a terminal and nothing elsewhere."""
    if not wanted or not console.is_terminal:
        yield lambda _done, _total, _text: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int | None, text: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(plain(text[:60])))

        yield report


def _fitted(text: str, width: int) -> Text:
    line = Text(plain(text.removeprefix("\n")).replace("\n", " "))
    line.truncate(width, overflow="ellipsis")
    return line


def _printable(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
