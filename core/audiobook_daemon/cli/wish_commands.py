"""What people say of the books on their way: the commands and their options."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from audiobook_daemon.cli.options import WANT, as_json, instances

_CANDIDATE = click.option(
    "--candidate", type=click.IntRange(1, 1000), help="Its number in `review`; else the one shown."
)


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (want, accept, reject, search_again, give_up, drop, revive, block, unblock):
        main.add_command(command)


@click.command()
@click.argument("title")
@click.option("--author", help="Who wrote it.")
@click.option("--narrator", help="The reader you like best.")
@click.option("--asin")
@click.option("--isbn")
@as_json
@click.pass_obj
def want(path: Path, /, *, as_json: bool, **given: str | None) -> None:
    """Want a book by its TITLE; one that is known already is told as it stands."""
    _act(path, "want", given, as_json=as_json)


@click.command()
@click.argument("want", type=WANT)
@_CANDIDATE
@as_json
@click.pass_obj
def accept(path: Path, /, *, as_json: bool, **given: int | None) -> None:
    """Take the release that a WANT shows for review, or another candidate."""
    _act(path, "accept", given, as_json=as_json)


@click.command()
@click.argument("want", type=WANT)
@_CANDIDATE
@as_json
@click.pass_obj
def reject(path: Path, /, *, as_json: bool, **given: int | None) -> None:
    """Refuse the release that a WANT shows for review, or another candidate; the search goes on."""
    _act(path, "reject", given, as_json=as_json)


@click.command("search-again")
@click.argument("want", type=WANT)
@as_json
@click.pass_obj
def search_again(path: Path, /, *, as_json: bool, **given: int) -> None:
    """Search for a WANT at the next choosing, whatever it waits for."""
    _act(path, "search_again", given, as_json=as_json)


@click.command("give-up")
@click.argument("want", type=WANT)
@as_json
@click.pass_obj
def give_up(path: Path, /, *, as_json: bool, **given: int) -> None:
    """Look for a WANT no longer; it stays on the list and can be revived."""
    _act(path, "give_up", given, as_json=as_json)


@click.command()
@click.argument("want", type=WANT)
@as_json
@click.pass_obj
def drop(path: Path, /, *, as_json: bool, **given: int) -> None:
    """Want a book no longer; no list brings it back."""
    _act(path, "drop", given, as_json=as_json)


@click.command()
@click.argument("want", type=WANT)
@as_json
@click.pass_obj
def revive(path: Path, /, *, as_json: bool, **given: int) -> None:
    """Want a book again that was dropped, given up or lost."""
    _act(path, "revive", given, as_json=as_json)


@click.command()
@click.argument("source", shell_complete=instances)
@click.argument("key")
@click.option("--want", type=WANT, help="For this want only; else for every one.")
@click.option("--reason", help="Why, as a sentence.")
@as_json
@click.pass_obj
def block(path: Path, /, *, as_json: bool, **given: str | int | None) -> None:
    """Never take a release again: the one that SOURCE offers under KEY."""
    _act(path, "block", given, as_json=as_json)


@click.command()
@click.argument("entry", type=WANT)
@as_json
@click.pass_obj
def unblock(path: Path, /, *, as_json: bool, **given: int) -> None:
    """Allow a release again, by its ENTRY in `blocklist`."""
    _act(path, "unblock", given, as_json=as_json)


def _act(path: Path, action: str, given: Mapping[str, str | int | None], *, as_json: bool) -> None:
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    words = [f"--{name}={value}" for name, value in given.items() if value is not None]
    sys.exit(act(path, action, words, as_json=as_json))
