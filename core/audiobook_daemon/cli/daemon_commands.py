"""The daemon as a whole: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audiobook_daemon.cli import offers


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (reload, retry, demo):
        main.add_command(command)


@click.command()
@click.pass_obj
def reload(path: Path) -> None:
    """Let the running daemon read its configuration again."""
    from audiobook_daemon.cli.asking import ask_daemon  # noqa: PLC0415

    ask_daemon(path, {"reload": True})


@click.command()
@click.argument("instance", shell_complete=offers.instances)
@click.pass_obj
def retry(path: Path, instance: str) -> None:
    """Let the running daemon try a failed instance again, after something was mended."""
    from audiobook_daemon.cli.asking import ask_daemon  # noqa: PLC0415

    ask_daemon(path, {"retry": instance})


@click.command()
@click.option("--once", is_flag=True, help="End when all books are through, also on a terminal.")
@click.option("--books", type=click.IntRange(1, 70), help="Only so many books.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the demo world here.")
@click.option("--standins", is_flag=True, help="Use stand-ins even where the real program is installed.")
def demo(folder: Path | None, books: int | None, *, once: bool, standins: bool) -> None:
    """Try the daemon in a small world of its own: no accounts, no internet, real files."""
    try:
        from audiobook_daemon.demo.command import run as run_demo  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"The demo needs the package {error.name}; install audiobook-daemon[demo]."
        ) from error
    sys.exit(run_demo(folder=folder, books=books, once=once, standins=standins))
