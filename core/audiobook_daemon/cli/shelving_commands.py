"""What is done with files: plans, undo, trash, upgrades: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_DRY = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (trash, upgrade):
        main.add_command(command)


@click.group(invoke_without_command=True)
@click.option("--limit", "-n", type=click.IntRange(1, 1_000_000), default=50, show_default=True)
@_AS_JSON
@click.pass_context
def trash(context: click.Context, limit: int, *, as_json: bool) -> None:
    """List what was taken out of the library and can still be put back."""
    if context.invoked_subcommand is None:
        from audiobook_daemon.cli.returning import list_trash  # noqa: PLC0415

        sys.exit(list_trash(context.obj, limit, as_json=as_json))


@trash.command("restore")
@click.argument("entry", type=click.IntRange(1))
@_DRY
@_AS_JSON
@click.pass_obj
def restore(path: Path, entry: int, *, dry_run: bool, as_json: bool) -> None:
    """Put a book back where it lay, by its number in the list."""
    _act(path, "put_back", ["--entry", str(entry), *_dry(dry_run=dry_run)], as_json=as_json)


@click.command()
@click.option("--want", type=click.IntRange(1), help="A shelved or owned book, by the number of its want.")
@click.option("--book", help="A book of the library, by its title, id or library item.")
@click.option("--limit", "-n", type=click.IntRange(1, 1000), help="Without a book: how many are looked for.")
@_DRY
@_AS_JSON
@click.pass_obj
def upgrade(path: Path, /, *, dry_run: bool, as_json: bool, **chosen: str | int | None) -> None:
    """Look for a better edition of a book one owns; the old one goes to the trash when the new one stands."""
    words = [word for name, value in chosen.items() if value is not None for word in (f"--{name}", str(value))]
    _act(path, "upgrade", [*words, *_dry(dry_run=dry_run)], as_json=as_json)


def _act(path: Path, action: str, words: list[str], *, as_json: bool) -> None:
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, action, words, as_json=as_json))


def _dry(*, dry_run: bool) -> list[str]:
    return ["--dry-run"] if dry_run else []
