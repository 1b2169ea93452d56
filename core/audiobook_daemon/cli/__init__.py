"""The command line; rooms are imported when a command needs them, so that `--help` is quick."""

from audiobook_daemon.cli.commands import main

__all__ = ["main"]
