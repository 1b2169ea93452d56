"""Looking over the library as a whole: the commands and their options."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def register(main: click.Group) -> None:
    """Add the commands."""
    for command in (report, audit, duplicates, failures):
        main.add_command(command)


@click.command()
@click.option("--format", "form", type=click.Choice(["html", "markdown", "json"]), default="html", show_default=True)
@click.option("--output", "-o", help="The file to write; - prints. Else audiobook-report.html, or printed if no page.")
@click.option(
    "--open", "opened", type=click.Choice(["auto", "yes", "no"]), default="auto", help="Show the page at once."
)
@click.option("--audiobookshelf", "url", help="The address of a server to report about, without any configuration.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Holds its API key; else $AUDIOBOOKSHELF_TOKEN, or you are asked.",
)
@click.option("--library", help="The library's name, if the server has several.")
@click.pass_obj
def report(
    path: Path,
    form: str,
    output: str | None,
    opened: str,
    url: str | None,
    token_file: Path | None,
    library: str | None,
) -> None:
    """Write a page about your library: what is there, missing, double or wrong. Nothing is changed."""
    from audiobook_daemon.cli.reporting import Place, Server, write_report  # noqa: PLC0415

    server = None if url is None else Server(url, token_file, library)
    write_report(path, server, Place(form, output, opened))


@click.command()
@click.option("--examples", type=click.IntRange(0, 200), default=5, show_default=True, help="Books named for each.")
@_JSON
@click.pass_obj
def audit(path: Path, examples: int, *, as_json: bool) -> None:
    """Look the whole library over and list what is wrong or lacking, with what to do about it."""
    from audiobook_daemon.cli.reporting import audit as look_over  # noqa: PLC0415

    sys.exit(look_over(path, examples, as_json=as_json))


@click.command()
@click.option("--ignored", is_flag=True, help="Those that you ignore.")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=50, show_default=True)
@_JSON
@click.pass_obj
def duplicates(path: Path, limit: int, *, ignored: bool, as_json: bool) -> None:
    """List the books that are owned twice, as `do find_duplicates` found last; `do keep_copy` settles one."""
    from audiobook_daemon.cli.reporting import duplicates as list_duplicates  # noqa: PLC0415

    list_duplicates(path, limit, ignored=ignored, as_json=as_json)


@click.command()
@click.option("--at-least", type=click.IntRange(1), default=3, show_default=True, help="Failed no less than so often.")
@click.option("--task", help="Only of this task.")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=10, show_default=True)
@_JSON
@click.pass_obj
def failures(path: Path, at_least: int, task: str | None, limit: int, *, as_json: bool) -> None:
    """List what fails again and again, the worst first."""
    from audiobook_daemon.cli.reporting import failures as list_failures  # noqa: PLC0415

    list_failures(path, at_least, task, limit, as_json=as_json)
