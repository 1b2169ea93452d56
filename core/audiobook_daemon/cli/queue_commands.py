"""Downloads, what waits for a person, decisions, the blocklist: the commands and their options."""

from __future__ import annotations

from pathlib import Path

import click

from audiobook_daemon.cli.options import WANT, as_json, instances, limit

STATES = ("queued", "downloading", "completed", "failed", "abandoned")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (review, downloads, decisions, blocklist):
        main.add_command(command)


@click.command()
@click.argument("want", type=WANT, required=False)
@limit
@as_json
@click.pass_obj
def review(path: Path, want: int | None, limit: int, *, as_json: bool) -> None:
    """List what waits for your decision; of one WANT show every candidate and its evidence."""
    from audiobook_daemon.cli import queued  # noqa: PLC0415

    if want is None:
        queued.reviews(path, limit, as_json=as_json)
    else:
        queued.review(path, want, as_json=as_json)


@click.command()
@click.argument("want", type=WANT, required=False)
@click.option("--state", "-s", multiple=True, type=click.Choice(STATES), help="Only these; may be given several times.")
@click.option("--due", is_flag=True, help="Only what has waited long enough for another try.")
@limit
@as_json
@click.pass_obj
def downloads(path: Path, want: int | None, state: tuple[str, ...], limit: int, *, due: bool, as_json: bool) -> None:
    """List the downloads, or the one of a WANT; the one that changed last comes first."""
    from audiobook_daemon.cli.queued import downloads as list_downloads  # noqa: PLC0415

    list_downloads(path, want, state, limit, due=due, as_json=as_json)


@click.command()
@click.argument("number", type=WANT, required=False)
@click.option("--want", type=WANT, help="Only about this want.")
@click.option("--outcome", help="Only those that ended so (chosen, ambiguous, no_release).")
@limit
@as_json
@click.pass_obj
def decisions(
    path: Path, number: int | None, want: int | None, outcome: str | None, limit: int, *, as_json: bool
) -> None:
    """List what was decided, the newest first; of one NUMBER show every candidate."""
    from audiobook_daemon.cli import queued  # noqa: PLC0415

    if number is None:
        queued.decisions(path, want, outcome, limit, as_json=as_json)
    else:
        queued.decision(path, number, as_json=as_json)


@click.command()
@click.option("--want", type=WANT, help="Only for this want.")
@click.option("--source", shell_complete=instances, help="Only what this instance offers.")
@limit
@as_json
@click.pass_obj
def blocklist(path: Path, want: int | None, source: str | None, limit: int, *, as_json: bool) -> None:
    """List the releases that must not be taken again; `block` and `unblock` change that."""
    from audiobook_daemon.cli.queued import blocklist as list_blocked  # noqa: PLC0415

    list_blocked(path, want, source, limit, as_json=as_json)
