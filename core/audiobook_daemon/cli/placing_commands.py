"""Putting finished books into the library: the command and its options."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def register(main: click.Group) -> None:
    """Add the command."""
    main.add_command(shelve)


@click.command()
@click.option(
    "--limit", "-n", type=click.IntRange(1, 1_000_000), default=100, show_default=True, help="How many books."
)
@click.option("--dry-run", is_flag=True, help="Show which file would go where and how, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_obj
def shelve(path: Path, limit: int, *, dry_run: bool, as_json: bool) -> None:
    """Place the verified books in the library; with --dry-run print the plan of each."""
    from audiobook_daemon.cli.placing import shelve as place  # noqa: PLC0415

    sys.exit(place(path, limit, dry_run=dry_run, as_json=as_json))
