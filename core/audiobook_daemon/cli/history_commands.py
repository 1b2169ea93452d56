"""What has been done, what has happened, and what comes next: the commands and their options."""

from __future__ import annotations

from pathlib import Path

import click

from audiobook_daemon.cli.options import WANT, actions, as_json, limit

OUTCOMES = ("running", "success", "warning", "failed", "cancelled", "interrupted")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (runs, cancel, events, log):
        main.add_command(command)


@click.command()
@click.argument("run", required=False)
@click.option("--of", "name", shell_complete=actions, help="Only of this job or action.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="Only those that ended so.")
@limit
@as_json
@click.pass_obj
def runs(path: Path, run: str | None, name: str | None, outcome: str | None, limit: int, *, as_json: bool) -> None:
    """List what jobs and actions have done, the newest first; of one RUN show what was logged in it."""
    from audiobook_daemon.cli import happenings  # noqa: PLC0415

    if run is None:
        happenings.runs(path, name, outcome, limit, as_json=as_json)
    else:
        happenings.run(path, run, as_json=as_json)


@click.command()
@click.argument("run")
@click.pass_obj
def cancel(path: Path, run: str) -> None:
    """Call off a RUN that is under way; it ends at the next place where that does no harm."""
    from audiobook_daemon.cli.asking import ask_daemon  # noqa: PLC0415

    ask_daemon(path, {"cancel": run})


@click.command()
@click.option("--want", type=WANT, help="Only what happened to this want.")
@click.option("--after", type=click.IntRange(0), help="What followed the event with this number, the oldest first.")
@click.option("--follow", "-f", is_flag=True, help="Go on with what happens from now on, until Ctrl-C.")
@limit
@as_json
@click.pass_obj
def events(path: Path, want: int | None, after: int | None, limit: int, *, follow: bool, as_json: bool) -> None:
    """List what has happened, the newest first."""
    from audiobook_daemon.cli.happenings import events as list_events  # noqa: PLC0415

    list_events(path, want, after, limit, follow=follow, as_json=as_json)


@click.command()
@click.option("--limit", "-n", type=click.IntRange(1, 2000), default=100, show_default=True, help="How many lines.")
@as_json
@click.pass_obj
def log(path: Path, limit: int, *, as_json: bool) -> None:
    """Print the last lines of the running daemon's log, without secrets."""
    from audiobook_daemon.cli.services import log as print_log  # noqa: PLC0415

    print_log(path, limit, as_json=as_json)
