"""The keys of the HTTP server: the commands and their options."""

from __future__ import annotations

from pathlib import Path

import click

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_SCOPES = click.Choice(["read", "act", "admin"])


def register(main: click.Group) -> None:
    """Add the commands."""
    main.add_command(keys)


@click.group()
def keys() -> None:
    """List, make, exchange and remove the keys that open the API and the pages."""


@keys.command("list")
@_JSON
@click.pass_obj
def list_(path: Path, *, as_json: bool) -> None:
    """List the keys, what they open, and when they were last used."""
    from audiobook_daemon.cli.keys import list_keys  # noqa: PLC0415

    list_keys(path, as_json=as_json)


@keys.command()
@click.argument("name")
@click.option("--scope", type=_SCOPES, default="admin", show_default=True, help="What it opens.")
@click.option("--expires", help="How long it is good, as in 90d; else until it is removed.")
@_JSON
@click.pass_obj
def add(path: Path, name: str, scope: str, expires: str | None, *, as_json: bool) -> None:
    """Make a key called NAME and print it, this once."""
    from audiobook_daemon.cli.keys import make  # noqa: PLC0415

    make(path, {"do": "add", "name": name, "scope": scope, "lasts": expires}, as_json=as_json)


@keys.command()
@click.argument("name")
@click.option("--overlap", default="1d", show_default=True, help="How long the key before is good as well.")
@_JSON
@click.pass_obj
def rotate(path: Path, name: str, overlap: str, *, as_json: bool) -> None:
    """Make another key in the place of NAME and print it, this once."""
    from audiobook_daemon.cli.keys import make  # noqa: PLC0415

    make(path, {"do": "rotate", "name": name, "overlap": overlap}, as_json=as_json)


@keys.command()
@click.argument("name")
@click.pass_obj
def remove(path: Path, name: str) -> None:
    """Let the key called NAME open nothing any more; logins that were made with it end."""
    from audiobook_daemon.cli.keys import remove as remove_key  # noqa: PLC0415

    remove_key(path, name)


@keys.command("hash")
def hash_() -> None:
    """Make a key for the configuration, and print it together with the hash that stands there in its place."""
    from audiobook_daemon.cli.keys import print_hash  # noqa: PLC0415

    print_hash()
