"""What can be set and paused while the daemon runs: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audiobook_daemon.cli import offers

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (settings, set_, unset, pause, resume):
        main.add_command(command)


@click.command()
@_JSON
@click.pass_obj
def settings(path: Path, *, as_json: bool) -> None:
    """List what can be set while the daemon runs, and where it differs from the file."""
    from audiobook_daemon.cli.settings import settings as list_settings  # noqa: PLC0415

    list_settings(path, as_json=as_json)


@click.command("set")
@click.argument("name", shell_complete=offers.settings)
@click.argument("value")
@_JSON
@click.pass_obj
def set_(path: Path, name: str, value: str, *, as_json: bool) -> None:
    """Set NAME, as in `settings`, to VALUE, over restarts too, until it is unset or the file says something new."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, "adjust", [f"--setting={name}", f"--value={value}"], as_json=as_json))


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=offers.settings)
@click.option("--all", "everything", is_flag=True, help="Every setting.")
@_JSON
@click.pass_context
def unset(context: click.Context, names: tuple[str, ...], *, everything: bool, as_json: bool) -> None:
    """Let the file count again for one NAME or more, or for --all."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    if bool(names) is everything:
        raise click.UsageError("Name settings, or write --all.", context)
    sys.exit(act(context.obj, "unadjust", [f"--settings={name}" for name in names], as_json=as_json))


@click.command()
@click.argument("job", required=False, shell_complete=offers.jobs)
@click.option("--for", "duration", help="How long, as in 2h or 1d; else until it is resumed.")
@click.option("--until", help="Until a time, as in 07:00 or '2026-12-24 18:00'.")
@_JSON
@click.pass_obj
def pause(path: Path, job: str | None, duration: str | None, until: str | None, *, as_json: bool) -> None:
    """Let the times of a JOB pass, or those of the whole schedule; what a person asks for runs all the same."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    given = {"job": job, "duration": duration, "until": until}
    sys.exit(act(path, "pause", [f"--{name}={value}" for name, value in given.items() if value], as_json=as_json))


@click.command()
@click.argument("job", required=False, shell_complete=offers.jobs)
@_JSON
@click.pass_obj
def resume(path: Path, job: str | None, *, as_json: bool) -> None:
    """Let a paused JOB, or the whole schedule, run at its times again; what it missed is not made up for."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, "resume", [f"--job={job}"] if job else [], as_json=as_json))
