"""Says what a restore did, and what is left for a person to do."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from audiobook_daemon.backup.manifest import Manifest
from audiobook_daemon.backup.restoring import Restored, Wanted
from audiobook_daemon.config import LEFT_OUT
from audiobook_daemon.store import read_address


def told(restored: Restored, wanted: Wanted) -> tuple[str, ...]:
    """Return one sentence or two for each thing."""
    return (*_done(restored, wanted), "", "Next:", *(f"* {step}" for step in _next(restored, wanted)))


def _done(restored: Restored, wanted: Wanted) -> Iterator[str]:
    manifest = restored.manifest
    made = manifest.made.astimezone().strftime("%Y-%m-%d %H:%M")
    yield f"Restored {restored.rows} rows of {made} to {read_address(restored.database).label}."
    if restored.aside:
        yield f"What was there is kept: {restored.aside}."
    for path in restored.files:
        beside = " (yours is as it was)" if path.name.partition(".restored")[1] else ""
        yield f"Put {path} in place{beside}."
    if not restored.with_secrets and manifest.seal:
        yield "The encrypted secrets of the backup were left out."
    if manifest.configuration != str(wanted.configuration.absolute()):
        yield f"The configuration was {manifest.configuration} when the backup was made."


def _next(restored: Restored, wanted: Wanted) -> Iterator[str]:
    if not restored.with_secrets:
        yield from _secrets(restored.manifest, wanted.configuration)
    else:
        yield from _outside(restored.manifest)
    if gone := [folder for folder in restored.folders if not Path(folder).exists()]:
        yield (
            f"{len(gone)} of the {len(restored.folders)} books shelved last are not at their place, as {gone[-1]}. "
            "Mount that folder, or set the path mapping of the library and the download client."
        )
    if os.geteuid() == 0 and restored.files:
        names = " ".join(shlex.quote(str(path)) for path in restored.files)
        yield f"If the daemon runs as a user of its own, let it read: chgrp audiobook-daemon {names}; chmod 640 {names}"
    flag = f"-c {shlex.quote(str(wanted.configuration))}"
    yield f"Let it look at everything: audiobook-daemon {flag} doctor"
    yield "Make sure that the daemon of before does not run any more: two would share one tracker session and spoil it."
    yield f"Start the daemon: systemctl start audiobook-daemon (or: audiobook-daemon {flag} run)"


def _secrets(manifest: Manifest, configuration: Path) -> Iterator[str]:
    lacking = manifest.lacking
    if lacking.secrets:
        yield f"Enter again in {configuration.with_name('secrets.yaml')}: {', '.join(lacking.secrets)}"
    if lacking.lines:
        numbers = ", ".join(map(str, lacking.lines))
        yield f"Enter again what stood in the configuration itself, now as {LEFT_OUT} (line {numbers})."
    for instance in dict.fromkeys(name for name, _ in lacking.memory):
        keys = ", ".join(key for name, key in lacking.memory if name == instance)
        yield (
            f"{instance} kept secrets of its own ({keys}), which were left out. If it was a tracker's session that "
            "changes with every answer, make a new one there and enter it."
        )
    if lacking.torrents:
        yield (
            f"{lacking.torrents} torrents that people brought were left out, for they hold your key of the tracker. "
            "Those that are in the download client already go on; bring the others again."
        )
    yield from _outside(manifest)


def _outside(manifest: Manifest) -> Iterator[str]:
    if manifest.lacking.environment:
        yield f"Set in the environment: {', '.join(manifest.lacking.environment)}"
    if manifest.lacking.files:
        yield f"Put back the files that the configuration names: {', '.join(manifest.lacking.files)}"
