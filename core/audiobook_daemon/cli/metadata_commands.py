"""What is known of the owned books, and corrections of it: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_DRY = click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (incomplete, correct, undo, history, facts):
        main.add_command(command)


@click.command()
@click.option("--below", type=click.IntRange(1, 100), default=80, show_default=True, help="Percent.")
@click.option("--limit", "-n", type=click.IntRange(1, 1_000_000), default=50, show_default=True)
@_AS_JSON
@click.pass_obj
def incomplete(path: Path, below: int, limit: int, *, as_json: bool) -> None:
    """List the books of which too little is known, the worst first, with what is missing."""
    from audiobook_daemon.cli.metadata import incomplete as list_books  # noqa: PLC0415

    list_books(path, below, limit, as_json=as_json)


@click.command()
@click.argument("book")
@click.option("--force", is_flag=True, help="Also if it was looked after in the last days.")
@_DRY
@_AS_JSON
@click.pass_obj
def correct(path: Path, book: str, *, force: bool, dry_run: bool, as_json: bool) -> None:
    """Ask all sources about one book (its title, id or library item) and correct it."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    words = ["--book", book, *_flags(force=force, dry_run=dry_run)]
    sys.exit(act(path, "correct", words, as_json=as_json))


@click.command()
@click.option("--correction", type=click.IntRange(1), help="One correction, by its number in `history`.")
@click.option("--run", help="All that one run has changed.")
@click.option("--book", help="All that was ever corrected about a book.")
@click.option("--want", type=click.IntRange(1), help="A shelved book, by the number of its want; it goes to the trash.")
@click.option("--reject", is_flag=True, help="With --want: never take this release again.")
@click.option("--force", is_flag=True, help="With --want: even if its files were changed since.")
@_DRY
@_AS_JSON
@click.pass_obj
def undo(path: Path, /, *, dry_run: bool, as_json: bool, reject: bool, force: bool, **chosen: str | int | None) -> None:
    """Take corrections back, in the library too, or a shelved book; what others have changed since stays."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    words = [word for name, value in chosen.items() if value is not None for word in (f"--{name}", str(value))]
    words += _flags(reject=reject, force=force, dry_run=dry_run)
    sys.exit(act(path, "undo", words, as_json=as_json))


@click.command()
@click.argument("book")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=20, show_default=True)
@_AS_JSON
@click.pass_obj
def history(path: Path, book: str, limit: int, *, as_json: bool) -> None:
    """Tell what was ever corrected about a book, the newest first."""
    from audiobook_daemon.cli.metadata import history as tell  # noqa: PLC0415

    tell(path, book, limit, as_json=as_json)


@click.command()
@click.argument("book")
@_AS_JSON
@click.pass_obj
def facts(path: Path, book: str, *, as_json: bool) -> None:
    """Tell of each field of a book who says what, what holds, and whether it is locked."""
    from audiobook_daemon.cli.metadata import facts as tell  # noqa: PLC0415

    tell(path, book, as_json=as_json)


def _flags(**flags: bool) -> list[str]:
    return [f"--{name.replace('_', '-')}" for name, given in flags.items() if given]
