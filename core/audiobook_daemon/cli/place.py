"""Where the configuration is looked for."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "audiobook-daemon.yaml"
VARIABLE = "AUDIOBOOK_DAEMON_CONFIG"
SYSTEM = Path("/etc/audiobook-daemon")


def own_folder() -> Path:
    """The folder `init` writes to: the system's for root, else the user's."""
    if os.geteuid() == 0:
        return SYSTEM
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "audiobook-daemon"


def configuration_path(named: Path | None) -> Path:
    """The file named on the command line, else in the environment, else the user's, else the system's."""
    if named is not None:
        return named
    if variable := os.environ.get(VARIABLE):
        return Path(variable)
    own = own_folder() / NAME
    return own if own.exists() else SYSTEM / NAME
