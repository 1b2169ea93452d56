"""The first configuration of a machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from audiobook_daemon.config.catalogue import PluginCatalogue
from audiobook_daemon.config.example import render_example, render_secrets
from audiobook_daemon.config.schema import render_schema
from audiobook_daemon.config.surroundings import Surroundings
from audiobook_daemon.config.tags import SECRETS
from audiobook_daemon.errors import ConfigurationError

FILE = "audiobook-daemon.yaml"


def write_initial(
    folder: Path, surroundings: Surroundings, catalogue: PluginCatalogue, secrets: Mapping[str, str] | None = None
) -> tuple[Path, ...]:
    """Write the configuration, secrets.yaml (readable for its owner alone) and the schema for editors.

    Returns the files. Raises ConfigurationError, before anything is written, if a configuration or secrets.yaml exists
    already, and if the folder cannot be written to.
    """
    contents = {
        folder / FILE: (render_example(surroundings), 0o644),
        folder / SECRETS: (render_secrets(secrets), 0o600),
        folder / "schema.json": (render_schema(catalogue), 0o644),
    }
    kept = [path for path in (folder / FILE, folder / SECRETS) if path.exists() or path.is_symlink()]
    if kept:
        raise ConfigurationError(f"{' and '.join(map(str, kept))} exists already; nothing was written.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, (text, mode) in contents.items():
            _write(path, text, mode)
    except OSError as error:
        raise ConfigurationError(f"{error.filename} cannot be written ({error.strerror}).") from error
    return tuple(contents)


def _write(path: Path, text: str, mode: int) -> None:
    # The mode is given at birth: a file of secrets must not be open to others even for an instant.
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if path.suffix == ".json" else os.O_EXCL)
    with open(os.open(path, flags, mode), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
