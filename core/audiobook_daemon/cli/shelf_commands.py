"""The books one owns: the commands and their options."""

from __future__ import annotations

from pathlib import Path

import click

from audiobook_daemon.cli.options import WANT, as_json, limit

STATUSES = ("active", "duplicate", "archived", "all")
ORDERS = ("newest", "title", "completeness")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (books, search, book, corrections):
        main.add_command(command)


@click.command()
@click.option("--search", "-s", "words", help="Words, or beginnings of words, of title and author.")
@click.option("--series", help="Only the books of this series, by their places in it.")
@click.option("--status", type=click.Choice(STATUSES), default="active", show_default=True)
@click.option("--order", type=click.Choice(ORDERS), default="newest", show_default=True)
@click.option("--below", type=click.IntRange(0, 100), help="Only those known by less than so many percent.")
@limit
@as_json
@click.pass_obj
def books(
    path: Path,
    words: str | None,
    series: str | None,
    status: str,
    order: str,
    below: int | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """List the books you own, the newest first."""
    from audiobook_daemon.cli.shelf import Asked  # noqa: PLC0415
    from audiobook_daemon.cli.shelf import books as list_books  # noqa: PLC0415

    list_books(path, Asked(words, status, order, below, series, limit), as_json=as_json)


@click.command()
@click.argument("words", nargs=-1, required=True)
@limit
@as_json
@click.pass_obj
def search(path: Path, words: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Find books you own by WORDS, or beginnings of words, of title and author."""
    from audiobook_daemon.cli.shelf import Asked, books  # noqa: PLC0415

    books(path, Asked(" ".join(words), "active", "newest", None, None, limit), as_json=as_json)


@click.command()
@click.argument("book")
@as_json
@click.pass_obj
def book(path: Path, book: str, *, as_json: bool) -> None:
    """Tell all about a BOOK you own (its title, id or library item), and what is wrong with it."""
    from audiobook_daemon.cli.shelf import book as tell  # noqa: PLC0415

    tell(path, book, as_json=as_json)


@click.command()
@click.argument("number", type=WANT, required=False)
@limit
@as_json
@click.pass_obj
def corrections(path: Path, number: int | None, limit: int, *, as_json: bool) -> None:
    """List what was written into the library, the newest first, or one correction; `undo` takes it back."""
    from audiobook_daemon.cli.shelf import corrections as list_corrections  # noqa: PLC0415

    list_corrections(path, number, limit, as_json=as_json)
