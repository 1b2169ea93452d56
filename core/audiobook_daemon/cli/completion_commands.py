"""What is missing from series and authors, and who is followed: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_LIMIT = click.option("--limit", "-n", type=click.IntRange(1, 1_000_000), default=50, show_default=True)
_STATUS = click.option(
    "--status",
    "-s",
    multiple=True,
    type=click.Choice(["complete", "partial", "incomplete", "unknown"]),
    help="Only these.",
)


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (series, authors, missing, upcoming, follow, unfollow):
        main.add_command(command)


@click.command()
@click.argument("name", required=False)
@_STATUS
@_LIMIT
@_JSON
@click.pass_obj
def series(path: Path, name: str | None, status: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """List the series and how much of each is owned; with a NAME its volumes, owned, missing and to come."""
    from audiobook_daemon.cli import completing  # noqa: PLC0415

    if name is None:
        completing.series(path, status, limit, as_json=as_json)
    else:
        completing.volumes(path, name, as_json=as_json)


@click.command()
@click.argument("name", required=False)
@_STATUS
@click.option("--favourites", is_flag=True, help="Only those of whom several books are owned, the most owned first.")
@_LIMIT
@_JSON
@click.pass_obj
def authors(
    path: Path, name: str | None, status: tuple[str, ...], limit: int, *, favourites: bool, as_json: bool
) -> None:
    """List the authors and how much of the work of each is owned; of a NAME the books, owned and missing."""
    if name is not None:
        from audiobook_daemon.cli.people import author  # noqa: PLC0415

        author(path, name, limit, as_json=as_json)
        return
    from audiobook_daemon.cli import completing  # noqa: PLC0415

    completing.authors(path, status, limit, favourites=favourites, as_json=as_json)


@click.command()
@click.argument("gap", type=click.IntRange(1, 2**31 - 1), required=False)
@click.option("--state", "-s", multiple=True, help="Only gaps in this state; may be given several times.")
@click.option("--of", "name", help="Only of the series or author of this name.")
@_LIMIT
@_JSON
@click.pass_obj
def missing(
    path: Path, gap: int | None, state: tuple[str, ...], name: str | None, limit: int, *, as_json: bool
) -> None:
    """List the books that are missing, or one GAP, and what becomes of them; `do ignore_gap`, `do want_gap` decide."""
    from audiobook_daemon.cli import completing  # noqa: PLC0415

    completing.missing(path, gap, state, name, limit, as_json=as_json)


@click.command()
@_LIMIT
@_JSON
@click.pass_obj
def upcoming(path: Path, limit: int, *, as_json: bool) -> None:
    """List the books that are not out yet, the nearest first."""
    from audiobook_daemon.cli import completing  # noqa: PLC0415

    completing.upcoming(path, limit, as_json=as_json)


@click.command()
@click.option("--series", "-s", help="The name of the series.")
@click.option("--author", "-a", help="The author; with --series tells namesakes apart.")
@click.option("--narrator", multiple=True, help="A preferred reader, the dearest first.")
@click.option("--language", multiple=True, help="An accepted language (en).")
@click.option("--abridged", is_flag=True, help="Abridged recordings will do.")
@click.option("--dramatised", is_flag=True, help="Dramatisations will do.")
@click.option("--pace", type=click.IntRange(1), help="At most so many books a week.")
@click.option("--only-new", is_flag=True, help="Only what comes out from now on.")
@_JSON
@click.pass_obj
def follow(
    path: Path,
    series: str | None,
    author: str | None,
    narrator: tuple[str, ...],
    language: tuple[str, ...],
    pace: int | None,
    *,
    abridged: bool,
    dramatised: bool,
    only_new: bool,
    as_json: bool,
) -> None:
    """Want the books of a series or an author, owned or not; without options list what is followed."""
    from audiobook_daemon.cli import completing  # noqa: PLC0415

    if series is None and author is None:
        completing.follows(path, as_json=as_json)
        return
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    words = [f"--{name}={value}" for name, value in (("series", series), ("author", author), ("pace", pace)) if value]
    words += [f"--narrators={name}" for name in narrator] + [f"--languages={one}" for one in language]
    words += [f"--{name}=true" for name, on in (("abridged", abridged), ("dramatised", dramatised)) if on]
    words += ["--back=false"] if only_new else []
    sys.exit(act(path, "follow", words, as_json=as_json))


@click.command()
@click.argument("name")
@click.option("--author", "-a", help="The author of the series, if several are followed.")
@_JSON
@click.pass_obj
def unfollow(path: Path, name: str, author: str | None, *, as_json: bool) -> None:
    """Follow a series or an author no longer; what is wanted already stays wanted."""
    from audiobook_daemon.cli.acting import act  # noqa: PLC0415

    words = [f"--name={name}"] + ([f"--author={author}"] if author else [])
    sys.exit(act(path, "unfollow", words, as_json=as_json))
