"""Questions to the running daemon; only what finds its socket is imported, and the file need not be right."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.actions import Progress
from audiobook_daemon.cli.printing import say
from audiobook_daemon.config import database_path, peek_database
from audiobook_daemon.control import Remote, control_place

Answer = Mapping[str, object]


def ask_daemon(path: Path, question: Mapping[str, object]) -> None:
    """Ask something that only a running daemon can do."""
    say(str(answer_of(path, question)["summary"]))


def answer_of(path: Path, question: Mapping[str, object], progress: Progress | None = None) -> Answer:
    """Ask the running daemon; raises NotRunning, or AudiobookDaemonError with what it objects."""
    return asyncio.run(Remote(control_place(path, _database(path))).ask(question, progress))


def _database(path: Path) -> Path | None:
    if database := peek_database(path, os.environ):
        return database_path(database)
    from audiobook_daemon.daemon import find_plugins, read_configuration  # noqa: PLC0415

    # Reading all of it tells what is wrong with the address.
    return read_configuration(path, find_plugins(path, os.environ), os.environ).database_path
