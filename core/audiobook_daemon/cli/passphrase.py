"""The passphrase of backups: out of the environment or asked for, never on the command line, where all can read it."""

from __future__ import annotations

import os
import sys

import click

from audiobook_daemon.backup import BackupError

VARIABLE = "AUDIOBOOK_DAEMON_PASSPHRASE"


def ask_twice() -> str:
    """Return the passphrase to encrypt with; raises BackupError when there is nobody to ask."""
    return _given() or click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True, type=str)


def ask() -> str:
    """Return the passphrase to open a backup with; raises BackupError when there is nobody to ask."""
    return _given() or click.prompt("Passphrase", hide_input=True, err=True, type=str)


def _given() -> str | None:
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise BackupError(f"A passphrase is needed. Put it into ${VARIABLE}, or run the command in a terminal.")
    return None
