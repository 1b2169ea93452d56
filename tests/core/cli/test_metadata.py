"""`incomplete`, `history`, `facts`, `correct` and `undo` at the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.models import Book, BookField, FieldChange, LibraryItem, SeriesPlace, Statement
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

BARE = LibraryItem("shelf", "item-1", Book("The Glass Orchard", ("Ada Merrow",)))
FULL = LibraryItem(
    "shelf",
    "item-2",
    Book("Salt & Stone", ("Ada Merrow",), language="en", year=2001, asin="B00SALT001"),
    ("Tom Bexley",),
    36_000.0,
    description="About salt.",
    publisher="Larkspur",
    genres=("Fantasy",),
    cover=True,
)


async def fill(path: Path) -> None:
    async with Database.open(f"sqlite://{path}") as database:
        await database.books.upsert([keyed(BARE), keyed(FULL)])
        (book,) = await database.attention.named("item-1")
        statements = [Statement("year", "audio", 2001, 0.8), Statement("year", "paper", 2001, 0.5)]
        other = [Statement("year", "third", 1999, 0.3), Statement("series", "audio", (SeriesPlace("Panes", "2"),), 1.0)]
        by_source = {"audio": [statements[0], other[1]], "paper": [statements[1]], "third": [other[0]]}
        await database.facts.put({book.id: by_source})
        held = [BookField("title", "The Glass Orchard", "person"), BookField("subtitle", None, "library")]
        await database.facts.keep(book.id, held)
        change = FieldChange("year", 1999, 2001, "audio", "because")
        made = await database.corrections.plan(book.id, "full", "abc", {"year": "1999"}, [change])
        await database.corrections.applied(made, {"year": "2001"})
        failed = await database.corrections.plan(book.id, "full", "abc", {"year": "1999"}, [change])
        await database.corrections.failed(failed, "It was sealed.")


@pytest.fixture
def library(config: Path) -> None:
    asyncio.run(fill(config.with_name("state.db")))


@pytest.mark.usefixtures("library")
def test_incomplete_books_come_with_what_they_lack_and_the_whole_library_in_figures(invoke: Invoke) -> None:
    told = invoke("incomplete")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "The Glass Orchard" in told.stdout
    assert "narrators, runtime, description" in told.stdout
    assert "Salt & Stone" not in told.stdout
    assert "2 books, " in told.stdout
    assert "1 with 100 %" in told.stdout


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", ["1", "item-1", "The Glass Orchard", "the glass orchard"])
def test_a_book_is_named_by_its_id_its_item_or_its_title(invoke: Invoke, name: str) -> None:
    assert invoke("facts", name).stdout.startswith("The Glass Orchard\n")


@pytest.mark.usefixtures("library")
def test_of_a_book_that_is_not_there_one_learns_how_to_name_one(invoke: Invoke) -> None:
    told = invoke("facts", "Glass")
    assert told.exit_code == 1
    assert "There is no book 'Glass' in the library. Name it by its whole title" in told.stderr


@pytest.mark.usefixtures("library")
def test_incomplete_books_as_json(invoke: Invoke) -> None:
    told = json.loads(invoke("incomplete", "--json", "--below", "100").stdout)
    (book,) = told["books"]
    assert (book["title"], book["missing"][:2]) == ("The Glass Orchard", ["narrators", "runtime"])
    status = told["status"]
    assert status["buckets"] == {"100": 1, "80-99": 0, "50-79": 0, "0-49": 1}
    assert (status["books"], status["by_source"], status["by_field"]) == (2, {"audio": 1}, {"year": 1})
    assert 0 < status["average"] < 100


@pytest.mark.usefixtures("library")
def test_the_history_of_a_book_tells_what_was_changed_and_what_failed(invoke: Invoke) -> None:
    told = invoke("history", "item-1").stdout
    assert "applied" in told
    assert "It was sealed." in told
    listed = json.loads(invoke("history", "item-1", "--json").stdout)
    assert [one["state"] for one in listed] == ["failed", "applied"]
    assert listed[1]["changes"] == [
        {"field": "year", "before": 1999, "after": 2001, "source": "audio", "reason": "because"}
    ]
    assert invoke("history", "item-2").stdout.endswith("Nothing was ever corrected about it.\n")


@pytest.mark.usefixtures("library")
def test_facts_tell_who_says_what_and_what_holds(invoke: Invoke) -> None:
    told = invoke("facts", "item-1").stdout
    assert "now, by person (stays)" in told
    assert "audio, paper" in told
    assert "90%" in told
    assert "Panes #2" in told
    fields = {one["field"]: one for one in json.loads(invoke("facts", "item-1", "--json").stdout)}
    assert fields["title"]["locked"] is True
    assert "subtitle" not in fields, "nothing is there, and nobody says anything"
    assert len(fields["year"]["statements"]) == 3
    assert invoke("facts", "item-2").stdout.endswith("Nobody has been asked about it yet.\n")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("command", ["history", "facts"])
def test_an_unknown_book_is_told_as_such(invoke: Invoke, command: str) -> None:
    told = invoke(command, "nothing")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "There is no book 'nothing' in the library" in told.stderr


@pytest.mark.usefixtures("library")
def test_acting_commands_pass_their_words_on_to_the_actions(invoke: Invoke) -> None:
    assert "short" not in invoke("correct", "item-1", "--dry-run").stdout
    told = invoke("undo")
    assert told.exit_code == 1
    assert "one of --correction, --run, --book or --want" in told.stderr
    assert "There is no correction 77" in invoke("undo", "--correction", "77").stderr


def test_the_actions_are_listed_with_the_others(invoke: Invoke) -> None:
    told = json.loads(invoke("actions", "--json").stdout)
    assert {"metadata_full", "metadata_new", "metadata_import", "correct", "undo", "lock", "unlock"} <= set(told)
    assert told["correct"] == ["book", "force", "dry_run"]
