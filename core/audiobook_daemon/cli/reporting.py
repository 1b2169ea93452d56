"""Commands about the library as a whole."""

from __future__ import annotations

import asyncio
import os
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from audiobook_daemon.actions import Progress, reporting
from audiobook_daemon.cli.acting import ask
from audiobook_daemon.cli.newcomer import Server, temporary_configuration
from audiobook_daemon.cli.printing import console, local, print_json, print_table, progress_bar, say
from audiobook_daemon.cli.reading import look, read_file
from audiobook_daemon.daemon import Daemon
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.service import Redaction, set_up_logging
from audiobook_daemon.store import Database, DuplicateRecord, FailedAttempt, utc_now
from audiobook_daemon.upkeep.report import Report, make_report
from audiobook_daemon.upkeep.report.words import plural

__all__ = ["Place", "Server", "audit", "duplicates", "failures", "write_report"]

_PAGE = "audiobook-report.html"
_WHOLE_PAGES = "html"


@dataclass(frozen=True, slots=True)
class Place:
    """In which form a report is written, and where to."""

    form: str
    output: str | None
    opened: str = "auto"


def write_report(path: Path, server: Server | None, place: Place) -> None:
    """Write a report, from the database or from a server alone."""
    if server is not None:
        made = _of_server(server)
    else:
        if _is_unread(path):
            # A library that was never read tells nothing; reading it changes nothing in it.
            ask(path, {"action": "sync", "arguments": {}}, as_json=False)
        with progress_bar(wanted=True) as progress, reporting(progress):
            made = look(path, lambda database: make_report(database, utc_now()))
    _write(made, place)


def audit(path: Path, examples: int, *, as_json: bool) -> int:
    """Run the audit and print what it found, the gravest first."""
    answer = ask(path, {"action": "audit", "arguments": {"examples": examples}}, as_json=as_json)
    if as_json:
        print_json(answer)
        return 0
    say(str(answer["summary"]))
    data = answer["data"]
    for found in data["examples"] if isinstance(data, Mapping) else ():
        console.print()
        say(f"{found['books']} × {found['finding']}", style="bold")
        say(f"    {found['remedy']}")
        for book in found["examples"]:
            say(f"    - {_line(book['title'], book['author'], book['detail'])}")
    return 0


def duplicates(path: Path, limit: int, *, ignored: bool, as_json: bool) -> None:
    """Print the groups that were found last, with the books in them."""
    states = ("ignored",) if ignored else ("open",)

    async def read(database: Database) -> list[dict[str, object]]:
        return [await _told(database, one) for one in await database.duplicates.list(states, limit=limit)]

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    rows = [[str(one[name] or "") for name in ("id", "likeness", "title", "author", "copies", "why")] for one in found]
    empty = "No duplicates are known; `audiobook-daemon do find_duplicates` looks for them."
    print_table(["id", "likeness", "title", "author", "copies", "why"], rows, empty=empty)


def failures(path: Path, at_least: int, task: str | None, limit: int, *, as_json: bool) -> None:
    """Print the tally of what failed at least so often."""

    async def read(database: Database) -> tuple[FailedAttempt, ...]:
        return await database.failed_attempts.worst(limit, at_least=at_least, task=task)

    found = look(path, read)
    if as_json:
        print_json(found)
        return
    rows = [
        [str(one.attempt_count), one.task, one.item_name, one.reason, local(one.first_attempt), local(one.last_attempt)]
        for one in found
    ]
    print_table(["times", "task", "what", "why", "first", "last"], rows, empty="Nothing has failed so often.")


def _of_server(server: Server) -> Report:
    with temporary_configuration(server) as (path, environ), progress_bar(wanted=True) as progress:
        return asyncio.run(_read_once(path, environ, progress))


async def _read_once(path: Path, environ: Mapping[str, str], progress: Progress) -> Report:
    redaction = Redaction()
    set_up_logging(redaction, level="error")
    async with Daemon.assembled(path, environ, redaction=redaction) as daemon:
        with reporting(progress):
            progress(0, None, "reading the library")
            run, _ = await daemon.doors.do("sync", {}, "cli")
            if run.error:
                raise AudiobookDaemonError(run.error)
            return await make_report(daemon.database, utc_now())


def _is_unread(path: Path) -> bool:
    """Whether there is no database yet, or no book in it."""
    configuration, _ = read_file(path)
    file = configuration.database_path
    return (file is not None and not file.exists()) or look(path, _count) == 0


async def _count(database: Database) -> int:
    return await database.books.count()


async def _told(database: Database, one: DuplicateRecord) -> dict[str, object]:
    items = await database.surveys.items(one.books)
    first = items.get(one.keeper or one.books[0]) or next(iter(items.values()), None)
    return {
        "id": one.id,
        "likeness": one.likeness,
        "title": first.book.title if first else None,
        "author": first.book.authors[0] if first and first.book.authors else None,
        "copies": len(one.books),
        "paths": [items[book].path for book in one.books if book in items],
        "keep": items[one.keeper].path if one.keeper in items else None,
        "why": one.reason,
    }


def _write(made: Report, place: Place) -> None:
    # jinja2 is needed by nothing else the command line does.
    from audiobook_daemon.upkeep.report.rendering import render  # noqa: PLC0415

    text = render(made, place.form)
    output = place.output or (_PAGE if place.form == _WHOLE_PAGES else "-")
    if output == "-":
        click.echo(text, nl=False)
        return
    file = Path(output)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AudiobookDaemonError(f"The report cannot be written to {file}: {error.strerror}.") from error
    say(f"{plural(made.totals.books, 'book')}; the report is {file.absolute()}.")
    if place.form == _WHOLE_PAGES and _is_shown(place.opened):
        webbrowser.open(file.absolute().as_uri())


def _is_shown(opened: str) -> bool:
    """Whether a browser is opened: where there is a screen and a person, unless told otherwise."""
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return opened == "yes" or (opened == "auto" and console.is_terminal and screen)


def _line(title: object, author: object, detail: object) -> str:
    return ", ".join(str(one) for one in (title, author) if one) + (f": {detail}" if detail else "")
