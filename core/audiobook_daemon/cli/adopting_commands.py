"""Taking in what is there already: the commands and their options."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_DRY = click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")


def register(main: click.Group) -> None:
    """Add the commands."""
    main.add_command(adopt)
    main.add_command(add)


def _naming(command: F) -> F:
    """The options that say which book it is."""
    for option in (
        click.option("--author", help="Who wrote it."),
        click.option("--title", help="The title of the book it is."),
        click.option("--want", type=click.IntRange(1), help="The number of the want it is for, as in `wants`."),
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@_DRY
@_JSON
@click.pass_context
def adopt(context: click.Context, *, dry_run: bool, as_json: bool) -> None:
    """Take in what is there already: your library as it stands; or a folder, or a torrent of your client."""
    if context.invoked_subcommand is None:
        from audiobook_daemon.cli.adopting import library as take_in  # noqa: PLC0415

        sys.exit(take_in(context.obj, dry_run=dry_run, as_json=as_json))
    if dry_run or as_json:
        raise click.UsageError(f"Write --dry-run and --json behind `{context.invoked_subcommand}`.", context)


@adopt.command()
@_DRY
@_JSON
@click.pass_obj
def library(path: Path, *, dry_run: bool, as_json: bool) -> None:
    """Take in a library as it stands.

    It is read and counted; nothing in it is written, moved or renamed.
    """
    from audiobook_daemon.cli.adopting import library as take_in  # noqa: PLC0415

    sys.exit(take_in(path, dry_run=dry_run, as_json=as_json))


@adopt.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_naming
@_DRY
@_JSON
@click.pass_obj
def folder(
    path: Path, folder: Path, want: int | None, title: str | None, author: str | None, *, dry_run: bool, as_json: bool
) -> None:
    """Take in the books of a FOLDER or file.

    The folder itself is not changed. Each book is checked like a download, then linked or copied into the library.
    Without --want or --title the books are read from names and tags; those that are not certain are named and left.
    """
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415
    from audiobook_daemon.cli.adopting import words_of  # noqa: PLC0415

    words = words_of(path=str(folder.absolute()), want=want, title=title, author=author, dry_run=dry_run)
    sys.exit(act(path, "adopt_folder", words, as_json=as_json))


@adopt.command()
@click.argument("hash")
@_naming
@_DRY
@_JSON
@click.pass_obj
def torrent(
    path: Path,
    hash: str,  # noqa: A002 - the word of people
    want: int | None,
    title: str | None,
    author: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in a torrent of your client, by info-HASH.

    It may be finished or not. Without --want or --title the book is read from names and tags.
    """
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415
    from audiobook_daemon.cli.adopting import words_of  # noqa: PLC0415

    words = words_of(hash=hash, want=want, title=title, author=author, dry_run=dry_run)
    sys.exit(act(path, "adopt_torrent", words, as_json=as_json))


@click.command()
@click.argument("torrent")
@_naming
@_DRY
@_JSON
@click.pass_obj
def add(
    path: Path,
    torrent: str,
    want: int | None,
    title: str | None,
    author: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring a TORRENT for a want or for a book by its title: a .torrent file by path or link, or a magnet link."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415
    from audiobook_daemon.cli.adopting import words_of  # noqa: PLC0415

    is_link = torrent.startswith(("magnet:", "http://", "https://"))
    brought = torrent if is_link else str(Path(torrent).absolute())
    words = words_of(torrent=brought, want=want, title=title, author=author, dry_run=dry_run)
    sys.exit(act(path, "add_torrent", words, as_json=as_json))
