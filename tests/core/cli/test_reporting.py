"""The commands about the library as a whole."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import newcomer
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Book, LibraryItem
from audiobook_daemon.store import Database, FoundDuplicate

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke


@pytest.fixture
def shelved(filled: Path, hostile: str) -> Path:
    """Two copies of a book with a hostile title, written down as duplicates, and failures."""
    asyncio.run(_fill(filled.with_name("state.db"), hostile))
    return filled


async def _fill(path: Path, title: str) -> None:
    items = [LibraryItem("abs", str(number), Book(title, (title,)), path=f"/books/{number}") for number in (1, 2)]
    async with Database.open(f"sqlite://{path}") as database:
        await database.books.upsert([(item, book_key(item.book)) for item in items])
        await database.duplicates.record([FoundDuplicate("exact", (1, 2), 2, "They are one.")])
        for count, name in ((5, title), (3, "Thrice"), (1, "Once")):
            for _ in range(count):
                await database.failed_attempts.record("search", name, name, "Nobody offers it.")


@pytest.mark.usefixtures("shelved")
def test_duplicates_are_listed_with_what_to_keep(invoke: Invoke, check_harmless: Callable[[str], None]) -> None:
    told = invoke("duplicates")
    assert told.exit_code == 0
    check_harmless(told.output)
    assert told.output.count("They are one.") == 1
    (one,) = json.loads(invoke("duplicates", "--json").output)
    assert (one["id"], one["likeness"], one["copies"], one["keep"]) == (1, "exact", 2, "/books/2")
    assert one["paths"] == ["/books/1", "/books/2"]


@pytest.mark.usefixtures("shelved")
def test_ignored_duplicates_are_listed_apart(invoke: Invoke) -> None:
    assert invoke("do", "ignore_duplicate", "1").output == "Duplicate 1 is ignored from now on.\n"
    assert invoke("duplicates").output.startswith("No duplicates are known; ")
    assert [one["id"] for one in json.loads(invoke("duplicates", "--ignored", "--json").output)] == [1]


@pytest.mark.usefixtures("shelved")
def test_what_fails_again_and_again_is_listed_the_worst_first(
    invoke: Invoke, hostile: str, check_harmless: Callable[[str], None]
) -> None:
    check_harmless(invoke("failures").output)
    assert [one["item_name"] for one in json.loads(invoke("failures", "--json").output)] == [hostile, "Thrice"]
    assert len(json.loads(invoke("failures", "--at-least", "1", "--json").output)) == 3
    assert invoke("failures", "--task", "download").output == "Nothing has failed so often.\n"


@pytest.mark.usefixtures("shelved")
def test_an_audit_names_findings_and_what_to_do(invoke: Invoke, check_harmless: Callable[[str], None]) -> None:
    told = invoke("audit", "--examples", "1")
    assert told.exit_code == 0
    check_harmless(told.output)
    assert told.output.startswith("audit: 2 books looked over, ")
    assert "2 × No ASIN" in told.output
    assert json.loads(invoke("audit", "--json").output)["processed"] == 2


@pytest.mark.usefixtures("shelved")
def test_a_page_is_written_and_shown_only_if_asked_for(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("webbrowser.open", shown.append)
    monkeypatch.setenv("DISPLAY", ":0")
    page = tmp_path / "page.html"
    assert invoke("report", "-o", page).output == f"2 books; the report is {page}.\n"
    assert shown == [], "a pipe is no person"
    invoke("report", "-o", page, "--open", "yes")
    invoke("report", "-o", page, "--open", "no")
    assert shown == [page.as_uri()]
    assert page.read_text().startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("shelved")
def test_a_report_is_printed_where_it_is_asked_for(invoke: Invoke) -> None:
    assert invoke("report", "-o", "-").output.startswith("<!DOCTYPE html>")
    assert invoke("report", "--format", "markdown").output.startswith("# Audiobook library\n")
    assert json.loads(invoke("report", "--format", "json").output)["totals"]["books"] == 2


@pytest.mark.usefixtures("shelved")
def test_a_report_that_cannot_be_written_is_told_as_a_sentence(invoke: Invoke, tmp_path: Path) -> None:
    told = invoke("report", "-o", tmp_path / "nowhere" / "page.html")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("The report cannot be written to ")


def test_the_key_comes_from_the_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOBOOKSHELF_TOKEN", "of-the-environment")
    file = tmp_path / "key"
    file.write_text("of-the-file\n")
    for named, key in ((file, "of-the-file"), (None, "of-the-environment")):
        with newcomer.temporary_configuration(newcomer.Server("http://127.0.0.1:1", named)) as (path, environ):
            assert environ["AUDIOBOOKSHELF_TOKEN"] == key
            assert key not in path.read_text(), "the key is never written anywhere"
        assert not path.exists()
    with pytest.raises(AudiobookDaemonError, match="The API key cannot be read from "):
        newcomer.temporary_configuration(newcomer.Server("http://127.0.0.1:1", tmp_path / "none")).__enter__()


@pytest.mark.parametrize(
    "url", ["", "books.example", "ftp://books.example", "http://me:secret@books.example", "http://x\n a: 1"]
)
def test_an_address_that_is_none_is_told_as_a_sentence(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("AUDIOBOOKSHELF_TOKEN", "key")
    told = invoke("report", "--audiobookshelf", url)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "Write the server's address alone, such as http://127.0.0.1:13378.\n"
