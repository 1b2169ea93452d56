"""What backups go by."""

from __future__ import annotations

from dataclasses import dataclass
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
