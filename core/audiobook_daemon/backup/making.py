"""Makes a backup: every table as of one moment, the configuration, and the secrets if they can be encrypted."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from audiobook_daemon.actions import report_progress
from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.lines import line
from audiobook_daemon.backup.manifest import CONFIGURATION, SEALED, Lacking, Manifest, table_part
from audiobook_daemon.backup.sealing import Sealer, require
from audiobook_daemon.backup.settings import BackupSettings
from audiobook_daemon.backup.writing import ArchiveWriter, PartWriter, new_file
from audiobook_daemon.config import keep
from audiobook_daemon.store import PlainRow, Snapshot, open_part
from audiobook_daemon.version import __version__

SECRETS_FILE = "secrets.yaml"
HOLDERS = ("memory", "torrents")
"""The tables that have secrets in them."""
MOST_NAMED = 200
"""Of what is left out; more names tell nobody more."""


async def make(snapshot: Snapshot, label: str, target: Path, settings: BackupSettings, now: datetime) -> Manifest:
    """Write a backup to a new file; raises BackupError, and then there is no such file.

    `label` names the database. Some hundred rows are in memory at a time, however many there are.
    """
    if settings.passphrase is not None:
        require()
    with new_file(target) as file:
        archive = ArchiveWriter(file)
        try:
            manifest = await _Making(snapshot, archive, settings).fill(label, now)
            await asyncio.to_thread(archive.finish, manifest)
        except BaseException:
            archive.abandon()
            raise
    return manifest


class _Making:
    def __init__(self, snapshot: Snapshot, archive: ArchiveWriter, settings: BackupSettings) -> None:
        self._snapshot = snapshot
        self._archive = archive
        self._settings = settings
        self._kept = keep(settings.configuration, settings.secrets)
        self._memory: list[tuple[str, str]] = []
        self._torrents = 0

    async def fill(self, label: str, now: datetime) -> Manifest:
        for number, name in enumerate(self._snapshot.tables):
            report_progress(number, len(self._snapshot.tables), f"back up {name}")
            await self._table(name)
        if self._kept.text is not None:
            with self._archive.part(CONFIGURATION) as part:
                part.write(self._kept.text.encode())
        manifest = Manifest(
            version=__version__,
            revision=self._snapshot.revision,
            made=now,
            database=label,
            configuration=str(self._settings.configuration.absolute()),
            parts=(),
            sequences=dict(self._snapshot.sequences),
            lacking=self._lacking(),
        )
        if self._settings.passphrase is not None:
            manifest = await self._sealed(manifest, self._settings.passphrase)
        return replace(manifest, parts=tuple(self._archive.parts))

    async def _table(self, name: str) -> None:
        with self._archive.part(table_part(name)) as part:
            part.rows = 0
            async for rows in self._snapshot.rows(name):
                await asyncio.to_thread(_write, part, [self._open(name, row) for row in rows])

    def _open(self, name: str, row: PlainRow) -> PlainRow | None:
        shown = open_part(name, row)
        if shown is None:
            if len(self._memory) < MOST_NAMED:
                self._memory.append((str(row["instance"]), str(row["key"])))
        elif shown is not row:
            self._torrents += 1
        return shown

    def _lacking(self) -> Lacking:
        kept = self._kept
        return Lacking(
            kept.secrets, kept.environment, kept.files, kept.lines, tuple(self._memory), self._torrents
        )  # fmt: skip

    async def _sealed(self, manifest: Manifest, passphrase: str) -> Manifest:
        with self._archive.part(SEALED) as part:
            sealer = await asyncio.to_thread(Sealer, passphrase, part.write)
            for path in (self._settings.configuration, self._settings.configuration.with_name(SECRETS_FILE)):
                if content := _content(path):
                    sealer.write(line({"file": path.name, "content": base64.b64encode(content).decode()}))
            async for name, row in self._secret_rows():
                sealer.write(line({"table": name, "row": row}))
            sealer.close()
        return replace(manifest, seal=sealer.seal)

    async def _secret_rows(self) -> AsyncIterator[tuple[str, PlainRow]]:
        for name in HOLDERS:
            if name not in self._snapshot.tables:
                continue
            async for rows in self._snapshot.rows(name):
                for row in rows:
                    if open_part(name, row) is not row:
                        yield name, row


def _write(part: PartWriter, rows: list[PlainRow | None]) -> None:
    shown = [row for row in rows if row is not None]
    part.write(b"".join(map(line, shown)))
    part.rows = (part.rows or 0) + len(shown)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}. The backup would lack its secrets.") from error
