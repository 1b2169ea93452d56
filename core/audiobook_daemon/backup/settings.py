"""What backups go by."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """What the configuration says about backups."""

    configuration: Path
    """The configuration file, which is backed up too."""
    folder: Path
    """Where backups go."""
    keep: int = 7
    """How many are kept."""
    passphrase: str | None = field(default=None, repr=False)
    """What secrets are encrypted with; None leaves them out."""
    secrets: frozenset[str] = field(default=frozenset(), repr=False)
    """Every secret of the configuration, so that none stands in the clear part."""
