"""What was found out about disks; what was not tried is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audiobook_daemon.shelving.methods import Method


@dataclass(frozen=True, slots=True)
class LibraryDisk:
    """The file system a library lies on."""

    root: Path
    kind: str | None = None
    """Its type, as the kernel calls it (`ext4`, `cifs`)."""
    free: int | None = None
    """Bytes."""
    fault: str | None = None
    """Why nothing can be written there, in the words of the system."""
    case_sensitive: bool | None = None
    refused: tuple[str, ...] | None = None
    """The signs it takes in no name."""
    long_names: bool | None = None
    """Whether it takes names of 255 bytes."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A folder of downloads and a library, and which ways lead from one to the other."""

    downloads: Path
    root: Path
    same_file_system: bool
    able: Mapping[Method, bool] = field(default_factory=dict)
    """What was tried of hard links and clones."""
    why: Mapping[Method, str] = field(default_factory=dict)
    """What the system said to those that failed."""
