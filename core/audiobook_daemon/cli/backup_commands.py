"""Keeping what the daemon remembers a second time: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_FILE = click.Path(path_type=Path, dir_okay=False)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (backup, backups, restore, export, check_database):
        main.add_command(command)


@click.command()
@click.option("--output", "-o", type=_FILE, help="The file to write; else a new one in the folder of backups.")
@click.option(
    "--encrypt",
    is_flag=True,
    help="Put in the secrets, encrypted. The passphrase is the configured one, else "
    "$AUDIOBOOK_DAEMON_PASSPHRASE, else you are asked.",
)
@_JSON
@click.pass_obj
def backup(path: Path, output: Path | None, *, encrypt: bool, as_json: bool) -> None:
    """Back up everything that is remembered, and the configuration; also while the daemon runs."""
    from audiobook_daemon.cli.keeping import back_up  # noqa: PLC0415

    back_up(path, output, encrypt=encrypt, as_json=as_json)


@click.command()
@_JSON
@click.pass_obj
def backups(path: Path, *, as_json: bool) -> None:
    """List the backups, the newest first."""
    from audiobook_daemon.cli.keeping import list_backups  # noqa: PLC0415

    list_backups(path, as_json=as_json)


@click.command()
@click.argument("backup", type=_FILE)
@click.option("--set-aside", is_flag=True, help="Keep a database that is there under another name.")
@click.option("--without-secrets", is_flag=True, help="Leave encrypted secrets out instead of asking for a passphrase.")
@click.pass_obj
def restore(path: Path, backup: Path, *, set_aside: bool, without_secrets: bool) -> None:
    """Restore a backup, on an empty machine too; stop the daemon before. Nothing is overwritten."""
    from audiobook_daemon.cli.restoring import restore_backup  # noqa: PLC0415

    restore_backup(path, backup, aside=set_aside, without_secrets=without_secrets)


@click.command()
@click.option("--output", "-o", type=_FILE, help="The file to write; else everything is printed.")
@click.option("--table", "-t", "tables", multiple=True, help="Only this table; may be given several times.")
@click.pass_obj
def export(path: Path, output: Path | None, tables: tuple[str, ...]) -> None:
    """Write what is remembered as JSON lines, without secrets: one row a line."""
    from audiobook_daemon.cli.keeping import write_export  # noqa: PLC0415

    write_export(path, output, tables)


@click.command("check-database")
@_JSON
@click.pass_obj
def check_database(path: Path, *, as_json: bool) -> None:
    """Read the whole database and say what is wrong with it; nothing is changed."""
    from audiobook_daemon.cli.keeping import check  # noqa: PLC0415

    sys.exit(check(path, as_json=as_json))
