"""Services, accounts and numbers: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audiobook_daemon.cli import options
from audiobook_daemon.cli.options import as_json, limit


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (statistics, instances, trackers, usage, configuration):
        main.add_command(command)


@click.command()
@as_json
@click.pass_obj
def statistics(path: Path, *, as_json: bool) -> None:
    """Tell how much there is of everything: books, series, wants, downloads, room."""
    from audiobook_daemon.cli.sums import statistics as tell  # noqa: PLC0415

    tell(path, as_json=as_json)


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def instances(context: click.Context, *, as_json: bool) -> None:
    """List the services the daemon works with and how each does; test or retry one."""
    if context.invoked_subcommand is None:
        from audiobook_daemon.cli.services import instances as list_instances  # noqa: PLC0415

        list_instances(context.obj, as_json=as_json)


@instances.command()
@click.argument("instance", shell_complete=options.instances)
@as_json
@click.pass_obj
def test(path: Path, instance: str, *, as_json: bool) -> None:
    """Let the running daemon ask the service behind an INSTANCE whether all is well, even if it rests."""
    from audiobook_daemon.cli.services import examine  # noqa: PLC0415

    sys.exit(examine(path, instance, as_json=as_json))


@instances.command()
@click.argument("instance", shell_complete=options.instances)
@click.pass_obj
def retry(path: Path, instance: str) -> None:
    """Let the running daemon try a failed INSTANCE again, as the command `retry` does."""
    from audiobook_daemon.cli.asking import ask_daemon  # noqa: PLC0415

    ask_daemon(path, {"retry": instance})


@click.command()
@click.option("--check", is_flag=True, help="Ask the trackers now, as the action `trackers` does.")
@as_json
@click.pass_obj
def trackers(path: Path, *, check: bool, as_json: bool) -> None:
    """Tell how your accounts at the trackers stood when they were last asked."""
    if check:
        from audiobook_daemon.cli.acting import act  # noqa: PLC0415

        sys.exit(act(path, "trackers", [], as_json=as_json))
    from audiobook_daemon.cli.services import trackers as tell  # noqa: PLC0415

    tell(path, as_json=as_json)


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 365), default=30, show_default=True, help="Today is one of them, in UTC."
)
@limit
@as_json
@click.pass_obj
def usage(path: Path, days: int, limit: int, *, as_json: bool) -> None:
    """Tell how often each service was asked, and with which key the API was asked."""
    from audiobook_daemon.cli.services import usage as tell  # noqa: PLC0415

    tell(path, days, limit, as_json=as_json)


@click.command()
@click.pass_obj
def configuration(path: Path) -> None:
    """Print what the file says as JSON, with every default filled in and without secrets."""
    from audiobook_daemon.cli.services import configuration as tell  # noqa: PLC0415

    tell(path)
