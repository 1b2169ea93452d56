"""What a backup says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from audiobook_daemon.backup.errors import BackupError

FORMAT = "audiobook-daemon backup"
LAYOUT = 1
MANIFEST = "manifest.json"
CONFIGURATION = "configuration.yaml"
SEALED = "secrets.bin"


def table_part(name: str) -> str:
    """Name the part of a backup that holds a table."""
    return f"tables/{name}.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """One file in the backup."""

    name: str
    size: int
    """Bytes, unpacked."""
    sha256: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """How the key follows from the passphrase (scrypt), and where the counting of the pieces begins."""

    salt: str
    """In hex, as is `prefix`."""
    prefix: str
    n: int
    r: int
    p: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is not in the clear part: names only, for those who have to find the secrets again."""

    secrets: tuple[str, ...] = ()
    """Names in secrets.yaml that the configuration refers to."""
    environment: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    """Lines of the configuration that a secret was taken out of."""
    memory: tuple[tuple[str, str], ...] = ()
    """Instance and key of what plugins remember."""
    torrents: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first thing that is read of a backup, and the last that is written."""

    version: str
    """Of the program."""
    revision: str
    """Of the tables."""
    made: datetime
    database: str
    configuration: str
    """Where it was."""
    parts: tuple[Part, ...]
    sequences: Mapping[str, int] = field(default_factory=dict)
    seal: Seal | None = None
    lacking: Lacking = Lacking()
    format: str = FORMAT
    layout: int = LAYOUT

    def part(self, name: str) -> Part | None:
        """Return a part, or None."""
        return next((part for part in self.parts if part.name == name), None)


def written(manifest: Manifest) -> bytes:
    """Write a manifest as JSON."""
    return _adapter().dump_json(manifest, indent=1)


def read(content: bytes) -> Manifest:
    """Read a manifest; raises BackupError for what is none, or of a newer layout."""
    try:
        manifest = _adapter().validate_json(content)
    except ValidationError:
        raise BackupError("its manifest cannot be read") from None
    if manifest.format != FORMAT:
        raise BackupError("it is no backup of audiobook-daemon")
    if manifest.layout > LAYOUT:
        raise BackupError(f"it was made by a newer version of audiobook-daemon ({manifest.version}); install that one")
    return manifest


def _adapter() -> TypeAdapter[Manifest]:
    # Made when it is needed: most commands never do.
    return TypeAdapter(Manifest)
