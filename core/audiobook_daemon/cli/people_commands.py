"""Follows, and names that may be one series: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audiobook_daemon.cli.options import WANT, as_json, limit

STATES = ("open", "accepted", "refused")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (follows, merges):
        main.add_command(command)


@click.command()
@click.option("--kind", type=click.Choice(["series", "author"]), help="Only these.")
@limit
@as_json
@click.pass_obj
def follows(path: Path, kind: str | None, limit: int, *, as_json: bool) -> None:
    """List the series and authors that are followed; `follow` and `unfollow` change that."""
    from audiobook_daemon.cli.people import follows as list_follows  # noqa: PLC0415

    list_follows(path, kind, limit, as_json=as_json)


@click.group(invoke_without_command=True)
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True)
@limit
@as_json
@click.pass_context
def merges(context: click.Context, state: str, limit: int, *, as_json: bool) -> None:
    """List the names that are probably one series; accept or refuse a proposal."""
    if context.invoked_subcommand is None:
        from audiobook_daemon.cli.people import merges as list_merges  # noqa: PLC0415

        list_merges(context.obj, state, limit, as_json=as_json)


@merges.command()
@click.argument("number", type=WANT)
@as_json
@click.pass_obj
def accept(path: Path, number: int, *, as_json: bool) -> None:
    """Agree that two names are one series."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, "accept_merge", [f"--proposal={number}"], as_json=as_json))


@merges.command()
@click.argument("number", type=WANT)
@as_json
@click.pass_obj
def refuse(path: Path, number: int, *, as_json: bool) -> None:
    """Say that two names are two series; it is not proposed again."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    sys.exit(act(path, "refuse_merge", [f"--proposal={number}"], as_json=as_json))
