"""What can be set while the daemon runs: how it stands, and what the file says."""

from __future__ import annotations

import asyncio
from pathlib import Path

from audiobook_daemon.cli.printing import local, print_json, print_table
from audiobook_daemon.cli.reading import look, read_file
from audiobook_daemon.config import Configuration, Value, settings_of, shown, value_of
from audiobook_daemon.daemon import Overlay
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.host import PluginTypes
from audiobook_daemon.store import Database

_PATIENCE = 3.0


def settings(path: Path, *, as_json: bool) -> None:
    """Print every setting, with what the file says where that is something else."""
    file, types = read_file(path)

    async def read(database: Database) -> Overlay:
        return await _read(database, types, file)

    overlay = look(path, read)
    holds = overlay.over(file).configuration
    changed = {one.name: one.adjustment.changed for one in overlay.differences()}
    listed = []
    for one in settings_of(overlay.lists()).values():
        now, says = value_of(one, holds), value_of(one, file)
        listed.append((one, now, says if now != says else None))
    if as_json:
        print_json(
            [
                {
                    "name": one.name,
                    "value": now,
                    "file_says": value_of(one, file),
                    "changed": changed.get(one.name) if says is not None else None,
                    "path": ".".join(one.path),
                    "kind": one.kind,
                    "options": one.options,
                    "description": one.description,
                }
                for one, now, says in listed
            ]
        )
        return
    rows = [
        [
            one.name,
            shown(one, now),
            "" if says is None else f"{shown(one, says)} (set {local(changed[one.name])})",
            one.description,
        ]
        for one, now, says in listed
    ]
    print_table(["setting", "value", "file says", ""], rows, empty="")


def differences(file: Configuration, types: PluginTypes) -> list[tuple[str, Value, str]]:
    """Return what differs from the file, each with a sentence; nothing if the database cannot be asked now."""

    async def inside() -> list[tuple[str, Value, str]]:
        async with (
            asyncio.timeout(_PATIENCE),
            Database.open(file.database, exclusive=False) as database,
        ):
            overlay = await _read(database, types, file)
        gone = overlay.over(file).drop
        return [(one.name, one.adjustment.value, one.told()) for one in overlay.differences() if one.name not in gone]

    try:
        return asyncio.run(inside())
    except (DatabaseError, TimeoutError):
        return []


async def _read(database: Database, types: PluginTypes, file: Configuration) -> Overlay:
    overlay = Overlay(database, types, file)
    await overlay.read()
    return overlay
