"""Lists become wishes: their shares, their shelves, what is wrong with them, and numbers without a title."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from pydantic import ValidationError

from audiobook_daemon import Book, Facts, Level, PluginConfig, Quota, SeriesPlace, Silent, Unavailable
from audiobook_daemon.testing import FakeSite, ImportListContract, Reply, Trouble
from audiobook_plugins.book_list import BookList
from audiobook_plugins.book_list.config import BookListConfig

if TYPE_CHECKING:
    from tests.plugins.book_list.conftest import Providers

Factory = Callable[..., BookList]
Put = Callable[[str | bytes], str]
EXPORT = "Title,Author,Exclusive Shelf,ISBN13\nEmma,Jane Austen,read,\nPersuasion,Jane Austen,to-read,\n"


class Clock(Protocol):
    def advance(self, seconds: float) -> None: ...


class TestContract(ImportListContract):
    plugin = BookList
    credentials = False
    exempt = frozenset({Trouble.TRUNCATED})  # a shorter list is a list

    def config(self, site: FakeSite) -> PluginConfig:
        return BookListConfig.model_validate({"files": [{"name": "mine", "url": f"{site.url}/list"}]})

    def script(self, site: FakeSite) -> None:
        site.answer("GET", "/list", Reply("Emma by Jane Austen\n", headers={"Content-Type": "text/plain"}))


async def titles(plugin: BookList) -> list[str]:
    return [wish.book.title for wish in await plugin.wishes()]


async def test_a_line_of_a_file_is_a_wish_of_its_list(book_list: Factory, put: Put) -> None:
    file = put("# mine\nThe Salt Mill (Mills, #2) by Ilse Marten\nEmma - Jane Austen\n")
    first, second = await book_list(files=[{"name": "winter", "file": file, "count": 3}], language="en").wishes()
    assert first.book == Book("The Salt Mill", ("Ilse Marten",), series=(SeriesPlace("Mills", "2"),))
    assert (first.origin, first.languages, first.quota) == ("book_list", ("en",), Quota("winter", 3))
    assert [first.rank, second.rank] == [1, 2]
    assert first.note == "on the list winter"


@pytest.mark.parametrize(
    ("shelf", "expected"),
    [
        ({}, ["Persuasion"]),
        ({"shelf": "READ"}, ["Emma"]),
        ({"shelf": None}, ["Emma", "Persuasion"]),
        ({"shelf": "x"}, []),
    ],
)
async def test_a_shelf_is_chosen(
    book_list: Factory, put: Put, caplog: pytest.LogCaptureFixture, shelf: dict[str, object], expected: list[str]
) -> None:
    assert await titles(book_list(files=[{"name": "mine", "file": put(EXPORT), **shelf}])) == expected
    assert ("it has read, to-read" in caplog.text) == (not expected)


async def test_each_list_has_its_own_share_and_no_list_hides_another(
    book_list: Factory, put: Put, fake_site: FakeSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fake_site.answer("GET", "/list", Reply("Emma by Jane Austen"))
    lists = [
        {"name": "web", "url": f"{fake_site.url}/list?key=SECRETKEY", "count": 2},
        {"name": "gone", "file": str(tmp_path / "gone")},
        {"name": "closed", "url": f"{fake_site.url}/closed?key=SECRETKEY"},
        {"name": "file", "file": put("Persuasion")},
    ]
    plugin = book_list(files=lists, count=7)
    assert [(wish.book.title, wish.quota) for wish in await plugin.wishes()] == [
        ("Emma", Quota("web", 2)), ("Persuasion", Quota("file", 7)),
    ]  # fmt: skip
    assert "No such file" in caplog.text
    assert "SECRETKEY" not in f"{caplog.text}{plugin.config!r}{await plugin.check()}"
    assert [finding.level for finding in await plugin.check()] == [Level.OK, Level.FAILURE, Level.FAILURE, Level.OK]


@pytest.mark.parametrize("answer", [Reply("", 500), Reply("", 403), Reply("", 302), Reply(""), Reply("x" * 2_000_000)])
async def test_no_fault_shows_the_address(
    book_list: Factory, fake_site: FakeSite, caplog: pytest.LogCaptureFixture, answer: Reply
) -> None:
    fake_site.answer("GET", "/SECRETKEY/list", answer)
    plugin = book_list(files=[{"name": "mine", "url": f"{fake_site.url}/SECRETKEY/list?key=SECRETKEY"}])
    with pytest.raises(Unavailable, match="The list mine") as caught:
        await plugin.wishes()
    assert "SECRETKEY" not in f"{caught.value!r}{caplog.text}{await plugin.check()}"


async def test_a_line_that_names_no_book_is_named_with_its_file_and_number(
    book_list: Factory, put: Put, caplog: pytest.LogCaptureFixture
) -> None:
    file = put("Emma by Jane Austen\n9780306406158\nPersuasion by Jane Austen\n")
    plugin = book_list(files=[{"name": "mine", "file": file}])
    assert await titles(plugin) == ["Emma", "Persuasion"]
    assert f"{file}:2: its number is neither" in caplog.text
    (finding,) = await plugin.check()
    assert finding.level is Level.WARNING
    assert "line 2" in finding.text


async def test_a_file_of_another_kind_does_not_flood_the_log(
    book_list: Factory, put: Put, caplog: pytest.LogCaptureFixture
) -> None:
    assert await titles(book_list(files=[{"name": "mine", "file": put("<p>\n" * 5000)}])) == []
    assert len(caplog.records) == 21
    assert "4980 more lines" in caplog.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"PK\x03\x04\x00\x00", "no text"),
        (b'[{"title": "Emma"}]', "JSON"),
        (b"x" * (16 * 2**20 + 1), "more than"),
    ],
)
async def test_what_is_no_list_is_said(book_list: Factory, put: Put, content: bytes, reason: str) -> None:
    with pytest.raises(Unavailable, match=reason):
        await book_list(files=[{"name": "mine", "file": put(content)}]).wishes()


async def test_what_is_no_file_is_not_waited_for(book_list: Factory, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path):
        with pytest.raises(Unavailable, match="no file"):
            await book_list(files=[{"name": "mine", "file": str(place)}]).wishes()


async def test_an_empty_list_is_no_fault(book_list: Factory, put: Put) -> None:
    assert await titles(book_list(files=[{"name": "mine", "file": put("")}])) == []


async def test_a_number_is_looked_up_once(book_list: Factory, put: Put, providers: Providers, clock: Clock) -> None:
    providers.facts = [
        Facts("google_books", title="Wrong", isbn="9783161484100"),
        Facts("google_books", title="Emma", authors=("Jane Austen",), isbn="0306406152", language="en", year=1815),
    ]
    plugin = book_list(files=[{"name": "mine", "file": put("978-0306406157\n")}])
    for _ in range(2):
        (wish,) = await plugin.wishes()
        assert wish.book == Book("Emma", ("Jane Austen",), isbn="9780306406157", language="en", year=1815)
    assert providers.asked == [Book("", isbn="9780306406157")]


async def test_a_number_that_nobody_knows_is_named_and_asked_again_later(
    book_list: Factory, put: Put, providers: Providers, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    providers.facts = [Facts("google_books", title="Another", asin="B0ABCDEFG2")]
    plugin = book_list(files=[{"name": "mine", "file": put("B0ABCDEFG1\nEmma\n")}])
    assert await titles(plugin) == ["Emma"]
    assert "list:1: nobody knows a book with the number B0ABCDEFG1" in caplog.text
    await plugin.wishes()
    assert len(providers.asked) == 1
    clock.advance(8 * 86_400)
    providers.facts = [Facts("google_books", title="Found", asin="B0ABCDEFG1")]
    assert await titles(plugin) == ["Found", "Emma"]


@pytest.mark.parametrize("there", [True, False])
async def test_a_number_is_not_unknown_because_somebody_was_silent(
    book_list: Factory, put: Put, providers: Providers, caplog: pytest.LogCaptureFixture, there: bool
) -> None:
    providers.there = there
    providers.silent = (Silent("audnexus", "It rests."),) if there else ()
    plugin = book_list(files=[{"name": "mine", "file": put("B0ABCDEFG1\n")}])
    assert await titles(plugin) == []
    assert ("audnexus could not answer" if there else "add google_books") in caplog.text
    providers.there, providers.silent, providers.facts = True, (), [Facts("audnexus", title="Found", asin="B0ABCDEFG1")]
    assert await titles(plugin) == ["Found"]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/home/me/to-read.csv", "to-read.csv"),
        ("lists/winter.txt", "winter.txt"),
        ("https://example.org/SECRETKEY/to-read.csv?key=SECRETKEY", "to-read.csv"),
        ("https://example.org/SECRETKEY", "example.org"),
        ({"name": "mine", "file": "to-read.csv"}, "mine"),
    ],
)
def test_a_list_may_be_written_as_its_place_alone(place: object, name: str, tmp_path: Path) -> None:
    config = BookListConfig.model_validate({"files": [place]}, context={"folder": tmp_path})
    (listing,) = config.files
    assert listing.called == name
    assert listing.shelf == "to-read"
    assert "SECRETKEY" not in repr(config)
    if listing.file is not None:
        assert listing.file.is_absolute()
        assert listing.file.is_relative_to(tmp_path) == (not str(listing.file).startswith("/home"))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"files": []}, "at least 1"),
        ({"files": [{"name": "a"}]}, "either"),
        ({"files": [{"name": "a", "file": "/a", "url": "https://example.org"}]}, "either"),
        ({"files": [{"name": "a", "file": "a.txt"}]}, "whole path"),
        ({"files": [{"name": "a", "url": "example.org/SECRETKEY"}]}, "address"),
        ({"files": [{"name": "a", "file": "/a"}, {"name": "A", "file": "/b"}]}, "called a"),
        ({"files": ["/one/list.csv", "/two/list.csv"]}, "called list.csv"),
        ({"files": ["to-read.txt"]}, "whole path"),
        ({"files": [{"name": "a", "file": "/a", "count": 20}], "walk": 10}, "walk"),
        ({"files": [{"name": "a", "file": "/a", "colour": "red"}]}, "colour"),
    ],
)
def test_a_wrong_section_is_explained(stated: dict[str, object], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected) as caught:
        BookListConfig.model_validate(stated)
    assert "SECRETKEY" not in str(caught.value)
