"""`init` and `check`: a configuration is written, or read without starting anything."""

from __future__ import annotations

import os
import shlex
import socket
from pathlib import Path

from audiobook_daemon.cli.place import NAME, own_folder
from audiobook_daemon.cli.printing import print_json, say
from audiobook_daemon.cli.settings import differences
from audiobook_daemon.config import InvalidConfiguration, describe, look_around, write_initial
from audiobook_daemon.daemon import catalogue_of, find_plugins, read_configuration
from audiobook_daemon.errors import ConfigurationError
from audiobook_daemon.host import PluginTypes

_LOOK = 0.3


def write(folder: Path | None, *, as_json: bool) -> None:
    """Write the first configuration."""
    target = folder or own_folder()
    surroundings = look_around(_port_open, os.environ)
    files = write_initial(target, surroundings, catalogue_of(PluginTypes()))
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    for file in files:
        say(f"Wrote {file}")
    flag = "" if folder is None else f"--config {shlex.quote(str(target / NAME))} "
    say(
        f"\nNext: put your secrets into {target / 'secrets.yaml'}, look through {target / NAME}, then run\n"
        f"  audiobook-daemon {flag}doctor\n  audiobook-daemon {flag}run"
    )


def check(path: Path, *, as_json: bool) -> int:
    """Print every mistake and warning of a configuration; the status is 1 if it cannot be used."""
    try:
        types = find_plugins(path, os.environ)
        configuration = read_configuration(path, types, os.environ)
    except ConfigurationError as error:
        found = error.mistakes if isinstance(error, InvalidConfiguration) else [{"message": str(error)}]
        if as_json:
            print_json({"valid": False, "mistakes": found})
        else:
            say(str(error))
        return 1
    changed = differences(configuration, types)
    if as_json:
        view = describe(configuration)
        adjusted = {name: value for name, value, _ in changed}
        print_json({"valid": True, "warnings": configuration.warnings, "configuration": view, "adjusted": adjusted})
        return 0
    for warning in configuration.warnings:
        say(str(warning))
    for _, _, sentence in changed:
        say(sentence)
    instances = sum(instance.enabled for instance in configuration.instances)
    jobs = sum(job.enabled for job in configuration.jobs)
    say(f"{path} is valid: {instances} instances, {jobs} jobs.")
    return 0


def _port_open(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_LOOK):
            return True
    except OSError:
        return False
