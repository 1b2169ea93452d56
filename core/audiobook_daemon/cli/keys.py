"""Keys of the HTTP server: through a running daemon if there is one, else in the database."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from audiobook_daemon.cli.printing import local, print_json, print_table, say
from audiobook_daemon.control import NotRunning, Remote, control_place
from audiobook_daemon.daemon import change_keys, find_plugins, read_configuration
from audiobook_daemon.store import hashed, new_key

_COLUMNS = ("name", "scope", "begins with", "expires", "last used", "")


def list_keys(path: Path, *, as_json: bool) -> None:
    """Print every key; what they are is known to nobody here."""
    rows = _ask(path, {"do": "list"})["data"]
    assert isinstance(rows, list)
    if as_json:
        print_json(rows)
        return
    print_table(
        list(_COLUMNS),
        [
            [
                row["name"],
                row["scope"],
                row["beginning"] or "",
                "" if row["configured"] else _moment(row["expires"], "never"),
                "" if row["configured"] else _moment(row["last_used"], "never"),
                "in the configuration" if row["configured"] else _overlap(row["previous_until"]),
            ]
            for row in rows
        ],
        empty="There is no key yet: audiobook-daemon keys add NAME",
    )


def make(path: Path, asked: Mapping[str, object], *, as_json: bool) -> None:
    """Make a key and print it; it is printed alone in its line, for it is copied from there."""
    made = _ask(path, asked)
    row = made["data"]
    assert isinstance(row, Mapping)
    if as_json:
        print_json({**row, "key": made["key"]})
        return
    say(str(made["key"]))
    say(f"This is the key {row['name']} ({row['scope']}). Keep it: it is not shown again.", style="dim")
    if until := _overlap(row["previous_until"]):
        say(until[0].upper() + until[1:] + ".", style="dim")


def remove(path: Path, name: str) -> None:
    """Remove a key."""
    _ask(path, {"do": "remove", "name": name})
    say(f"The key {name} opens nothing any more.")


def print_hash() -> None:
    """Print a new key and its hash."""
    key = new_key()
    say(key)
    say("Keep the key: it is not shown again. In the configuration stands:", style="dim")
    say(f"web: {{keys: [{{name: NAME, hash: '{hashed(key)}', scope: admin}}]}}")


def _ask(path: Path, asked: Mapping[str, object]) -> Mapping[str, object]:
    configuration = read_configuration(path, find_plugins(path, os.environ), os.environ)
    with suppress(NotRunning):
        return asyncio.run(Remote(control_place(path, configuration.database_path)).ask({"keys": asked}))
    return asyncio.run(change_keys(path, configuration, asked))


def _moment(moment: object, otherwise: str) -> str:
    if moment is None:
        return otherwise
    return local(moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment)))


def _overlap(until: object) -> str:
    return "" if until is None else f"the key before is good until {_moment(until, '')}"
