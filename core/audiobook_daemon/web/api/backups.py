"""What was backed up, backing up, and taking a backup away to a safe place."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field

from audiobook_daemon.backup import Found, found_in
from audiobook_daemon.web.access import Scope
from audiobook_daemon.web.answers import Answered, Asked, Nothing
from audiobook_daemon.web.api.beginning import TRIGGER, Begun, begun
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.files import Download
from audiobook_daemon.web.operation import Operations
from audiobook_daemon.web.refusals import NotFound

operations = Operations("backups", "/backups")
_EXAMPLE = "audiobook-daemon-20260329T005959Z.zip"


class BackupAsked(Asked):
    """Which one."""

    name: Annotated[str, Field(pattern=r"^audiobook-daemon-[0-9]{8}T[0-9]{6}Z(-[0-9]{1,4})?\.zip$")]


class BackupTold(Answered):
    """A backup in the folder of backups."""

    name: str
    made: datetime
    version: str
    """Of the program that made it."""
    bytes: int
    rows: int
    encrypted: bool
    """Whether the secrets are in it, encrypted; else they were left out."""


@operations.add("GET", "", scope=Scope.ADMIN)
async def list_backups(desk: Desk, _asked: Nothing) -> list[BackupTold]:
    """List the backups in the folder of backups, the newest first."""
    return await asyncio.to_thread(_listed, desk.lent.source.backups().folder)


@operations.add("POST", "", scope=Scope.ADMIN, status=202, errors=(409,))
async def make_backup(desk: Desk, _asked: Nothing) -> Begun:
    """Begin to back up everything that is remembered and the configuration; the oldest backups go."""
    return await begun("backup", desk.doors.run_action("backup", {}, TRIGGER, key=desk.key))


@operations.add("GET", "/{name}", scope=Scope.ADMIN, errors=(404,), example={"name": _EXAMPLE})
async def download_backup(desk: Desk, asked: BackupAsked) -> Download:
    """Download a backup; no secret stands in it in clear."""
    for one in await asyncio.to_thread(found_in, desk.lent.source.backups().folder):
        if one.path.name == asked.name:
            return Download(one.path)
    raise NotFound(f"There is no backup {asked.name}.", hint="`/api/backups` lists those that are there.")


def _listed(folder: Path) -> list[BackupTold]:
    told = []
    for one in found_in(folder):
        with suppress(OSError):  # the oldest may go meanwhile
            told.append(_told(one))
    return told


def _told(found: Found) -> BackupTold:
    manifest = found.manifest
    return BackupTold(
        name=found.path.name,
        made=manifest.made,
        version=manifest.version,
        bytes=found.path.stat().st_size,
        rows=sum(part.rows or 0 for part in manifest.parts),
        encrypted=manifest.seal is not None,
    )
