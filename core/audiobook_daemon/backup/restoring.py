"""Restores a backup: checked first, into a new database, which is put in place when it is whole."""

from __future__ import annotations

import base64
import binascii
import io
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from audiobook_daemon.backup.errors import BackupError
from audiobook_daemon.backup.lines import lines
from audiobook_daemon.backup.making import HOLDERS, SECRETS_FILE
from audiobook_daemon.backup.manifest import CONFIGURATION, SEALED, Manifest, table_part
from audiobook_daemon.backup.placing import put
from audiobook_daemon.backup.reading import Archive, opened
from audiobook_daemon.backup.sealing import opened as unsealed
from audiobook_daemon.backup.writing import new_file
from audiobook_daemon.config import LEFT_OUT, peek_database
from audiobook_daemon.store import PlainRow, Rebuilding, rebuilt

_CHUNK = 250
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be restored where."""

    backup: Path
    configuration: Path
    """Where the configuration is, or is to be."""
    aside: bool = False
    """Whether a database that is there may be kept under another name."""
    passphrase: str | None = None
    """None leaves secrets out."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done."""

    manifest: Manifest
    database: str
    aside: str | None
    files: tuple[Path, ...]
    rows: int
    with_secrets: bool
    folders: tuple[str, ...]
    """Of books that were shelved last."""


@dataclass(frozen=True, slots=True)
class _Secrets:
    files: Mapping[str, bytes]
    rows: tuple[tuple[str, PlainRow], ...]


async def restore(wanted: Wanted, environ: Mapping[str, str], now: datetime) -> Restored:
    """Restore the database, and the configuration if there is none; raises BackupError, DatabaseError.

    When it fails, everything is as it was before.
    """
    with opened(wanted.backup) as archive, ExitStack() as stack:
        secrets = _secrets_of(archive, wanted.passphrase)
        configuration = _configuration_of(archive, secrets)
        url = stack.enter_context(_database(wanted, configuration, environ))
        async with rebuilt(url, archive.manifest.revision, aside=wanted.aside, now=now) as filling:
            loading = _Loading(archive, filling)
            await loading.load(secrets.rows if secrets else ())
        files = [put(wanted.configuration, configuration)] if configuration else []
        if secrets and (content := secrets.files.get(SECRETS_FILE)):
            files.append(put(wanted.configuration.with_name(SECRETS_FILE), content))
    return Restored(
        archive.manifest, url, filling.aside, tuple(files), loading.rows, secrets is not None, tuple(loading.folders)
    )


class _Loading:
    def __init__(self, archive: Archive, filling: Rebuilding) -> None:
        self.rows = 0
        self.folders: deque[str] = deque(maxlen=_SAMPLE)
        self._archive = archive
        self._filling = filling

    async def load(self, secret_rows: tuple[tuple[str, PlainRow], ...]) -> None:
        manifest = self._archive.manifest
        if strange := {part.name for part in manifest.parts if part.rows is not None} - set(
            map(table_part, self._filling.tables)
        ):
            raise BackupError(f"The backup holds {min(strange)}, which no database of its revision has.")
        for name in self._filling.tables:
            if part := manifest.part(table_part(name)):
                loaded = await self._table(name)
                if loaded != part.rows:
                    raise BackupError(f"The backup has {loaded} rows of {name} and says that it has {part.rows}.")
                self.rows += loaded
        for name, row in secret_rows:
            if name not in HOLDERS:
                raise BackupError("The secrets of the backup hold what is none.")
            await self._filling.replace(name, row)
        await self._filling.number_on(manifest.sequences)

    async def _table(self, name: str) -> int:
        loaded = 0
        with self._archive.part(table_part(name)) as stream:
            for rows in _chunks(stream):
                await self._filling.load(name, rows)
                loaded += len(rows)
                if name == "wants":
                    self.folders.extend(str(row["folder"]) for row in rows if row.get("folder"))
        return loaded


def _chunks(stream: IO[bytes]) -> Iterator[list[PlainRow]]:
    rows: list[PlainRow] = []
    for row in lines(stream):
        rows.append(row)
        if len(rows) == _CHUNK:
            yield rows
            rows = []
    if rows:
        yield rows


def _secrets_of(archive: Archive, passphrase: str | None) -> _Secrets | None:
    seal = archive.manifest.seal
    if seal is None or passphrase is None:
        return None
    with archive.part(SEALED) as stream:
        content = b"".join(unsealed(passphrase, seal, stream))
    files: dict[str, bytes] = {}
    rows: list[tuple[str, PlainRow]] = []
    for value in lines(io.BytesIO(content)):
        try:
            if "file" in value:
                files[str(value["file"])] = base64.b64decode(str(value["content"]), validate=True)
            elif isinstance(row := value["row"], dict):
                rows.append((str(value["table"]), row))
        except (KeyError, binascii.Error):
            raise BackupError("The secrets of the backup are damaged.") from None
    return _Secrets(files, tuple(rows))


def _configuration_of(archive: Archive, secrets: _Secrets | None) -> bytes | None:
    if secrets and (content := secrets.files.get(Path(archive.manifest.configuration).name)):
        return content
    if archive.manifest.part(CONFIGURATION) is None:
        return None
    with archive.part(CONFIGURATION) as stream:
        return stream.read()


@contextmanager
def _database(wanted: Wanted, configuration: bytes | None, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield which database is meant: the present configuration says, else the one in the backup."""
    path = wanted.configuration
    if path.exists():
        yield _named(path, environ)
        return
    if configuration is None:
        raise BackupError(
            f"There is no configuration {path}, and the backup has none. Write one (audiobook-daemon init), "
            "for it says where the database is to be."
        )
    # Beside the place where it will be: a path in it may be relative to its folder.
    trial = path.with_name(f".{path.name}.restoring")
    trial.unlink(missing_ok=True)
    try:
        with new_file(trial) as file:
            file.write(configuration)
        yield _named(trial, environ)
    finally:
        trial.unlink(missing_ok=True)


def _named(path: Path, environ: Mapping[str, str]) -> str:
    url = peek_database(path, environ)
    if url is None or LEFT_OUT in url:
        raise BackupError(
            "The configuration does not say which database to restore to. Write its address under `database:` "
            f"in {path.name.removeprefix('.').removesuffix('.restoring')}, then restore again."
        )
    return url
