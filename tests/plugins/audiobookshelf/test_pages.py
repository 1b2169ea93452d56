"""Pages of the list: known by their bytes, sound rows kept, several libraries in one row, exact names where needed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.plugins.audiobookshelf.pages import every

from audiobook_daemon import Context, HttpAnswer, LibraryPage, SeriesPlace, Unavailable
from audiobook_plugins.audiobookshelf import Audiobookshelf, listing

Body = dict[str, Any]


def book(number: int, **metadata: object) -> Body:
    """A row of a list."""
    known = {"title": f"Title {number}", "authorName": "Ada Lovett", "narratorName": "Nora Quill", "seriesName": ""}
    return {
        "id": f"item-{number}",
        "libraryId": "one",
        "path": f"/one/Title {number}",
        "mediaType": "book",
        "media": {"metadata": {**known, **metadata}, "tags": [], "coverPath": None},
    }


class Server:
    """Answers as scripted, in two libraries and one of podcasts."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {"one": [], "two": [], "pods": []}
        self.full: dict[str, Body] = {}
        self.batches: list[list[str]] = []
        self.separators = (",", ":")

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        del seconds, one_at_a_time

    async def request(self, method: str, url: str, **named: Any) -> HttpAnswer:  # noqa: ANN401
        path = url.partition("/api/")[2]
        if path == "items/batch/get":
            ids = named["json"]["libraryItemIds"]
            self.batches.append(ids)
            assert 0 < len(ids) <= 100
            return self._answer(url, {"libraryItems": [self.full[one] for one in reversed(ids) if one in self.full]})
        if path == "libraries":
            return self._answer(url, {"libraries": [self._library(name) for name in self.rows]})
        assert method == "GET"
        return self._answer(url, self._page(path.split("/")[1], named["params"]))

    def _page(self, library: str, params: Mapping[str, str]) -> Body:
        rows, limit, page = self.rows[library], int(params["limit"]), int(params["page"])
        shown = rows[page * limit : (page + 1) * limit]
        return {"results": shown, "total": len(rows), "limit": limit, "page": page, "sortDesc": False, "offset": 0}

    def _library(self, name: str) -> Body:
        kind = "podcast" if name == "pods" else "book"
        return {"id": name, "name": name.title(), "mediaType": kind, "folders": [{"fullPath": f"/{name}"}]}

    def _answer(self, url: str, body: Body) -> HttpAnswer:
        text = json.dumps(body, separators=self.separators, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return HttpAnswer(200, {"content-type": "application/json"}, (), text, url)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def shelves(server: Server, context_for: Callable[..., Context]) -> Callable[..., Audiobookshelf]:
    def make(**settings: object) -> Audiobookshelf:
        given = {"url": "http://shelf", "token": "key", "library": "One", **settings}
        return Audiobookshelf(Audiobookshelf.config_type.model_validate(given), context_for("shelf", http=server))  # type: ignore[arg-type]

    return make


async def test_a_page_has_the_mark_of_its_rows_alone(shelves: Callable[..., Audiobookshelf], server: Server) -> None:
    server.rows["one"] = [book(number) for number in range(4)]
    library = shelves()
    first = await library.page()
    assert (len(first.items), first.next, first.total, first.unchanged) == (3, "one:1", 4, False)
    assert first.mark
    server.rows["one"].append(book(4))
    again = await library.page(None, first.mark)
    assert again == LibraryPage(next="one:1", mark=first.mark, unchanged=True, total=5)
    server.rows["one"][1]["media"]["tags"] = ["x"]
    changed = await library.page(None, first.mark)
    assert not changed.unchanged
    assert changed.mark != first.mark
    assert changed.items[1].tags == ("x",)


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
async def test_the_last_page_is_known_without_reading_it(
    shelves: Callable[..., Audiobookshelf], server: Server, separators: tuple[str, str]
) -> None:
    server.separators = separators
    server.rows["one"] = [book(number, description=f'x], "total": {number}, "page": 9,') for number in range(5)]
    library = shelves()
    last = await library.page("one:1")
    assert (len(last.items), last.next) == (2, None)
    assert (await library.page("one:1", last.mark)).next is None


async def test_another_mapping_of_paths_makes_every_page_new(
    shelves: Callable[..., Audiobookshelf], server: Server
) -> None:
    server.rows["one"] = [book(1)]
    mark = (await shelves().page()).mark
    mapped = await shelves(paths=[{"remote": "/one", "local": "/mnt"}]).page(None, mark)
    assert not mapped.unchanged
    assert mapped.items[0].path == "/mnt/Title 1"


async def test_a_page_with_a_damaged_row_has_no_mark_and_names_it(
    shelves: Callable[..., Audiobookshelf], server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.rows["one"] = [book(1), book(2, title=7), "junk", book(4)]
    with caplog.at_level(logging.WARNING):
        page = await shelves().page()
    assert [item.id for item in page.items] == ["item-1"]
    assert (page.mark, page.damaged, page.next) == (None, ("item-2",), "one:1")
    assert "2 of 3 library items are damaged" in caplog.text


@pytest.mark.parametrize(
    ("title", "expected"),
    [("A\ud800B", "A?B"), ("A\0B\x7f", "AB"), ("A\b\f\x1b[3m", "A[3m"), ("A\nB\tC", "A\nB\tC"), ("Ü 🎧", "Ü 🎧")],
)
async def test_what_no_database_can_hold_is_taken_out_of_texts(
    shelves: Callable[..., Audiobookshelf], server: Server, title: str, expected: str
) -> None:
    if "\ud800" in title:  # valid JSON holds lone surrogates as escapes only
        title, expected = "A\\ud800B", "A?B"
    server.rows["one"] = [book(1, title=title)]
    original = server._answer

    def unescaped(url: str, body: Body) -> HttpAnswer:
        answer = original(url, body)
        return HttpAnswer(200, {}, (), answer.body.replace(b"\\\\ud800", b"\\ud800"), url)

    server._answer = unescaped  # type: ignore[method-assign]
    assert [item.book.title for item in (await shelves().page()).items] == [expected]


async def test_all_book_libraries_are_read_when_none_is_named(
    shelves: Callable[..., Audiobookshelf], server: Server
) -> None:
    server.rows["one"] = [book(number) for number in range(4)]
    server.rows["two"] = [{**book(7), "libraryId": "two", "path": "/two/Title 7"}]
    server.rows["pods"] = [book(9)]
    library = shelves(library=None)
    assert [item.id for item in await every(library)] == ["item-0", "item-1", "item-2", "item-3", "item-7"]
    assert (await library.page("two:0")).items[0].path == "/two/Title 7"
    server.full = {"item-7": server.rows["two"][0], "item-9": {**book(9), "libraryId": "pods"}, "item-0": book(0)}
    assert {item.id for item in await library.read(["item-7", "item-9", "item-0", "item-5"])} == {"item-7", "item-0"}
    with pytest.raises(Unavailable, match=r"several book libraries: 'One', 'Two'.*name it with `library`"):
        await library.root()


async def test_an_empty_library_is_passed_over(shelves: Callable[..., Audiobookshelf], server: Server) -> None:
    server.rows["two"] = [{**book(7), "libraryId": "two"}]
    assert [item.id for item in await every(shelves(library=None))] == ["item-7"]


@pytest.mark.parametrize("cursor", ["gone:0", "one:x", "", "one"])
async def test_a_cursor_of_no_library_is_unavailable(
    shelves: Callable[..., Audiobookshelf], server: Server, cursor: str
) -> None:
    server.rows["one"] = [book(1)]
    with pytest.raises(Unavailable, match="read anew"):
        await shelves().page(cursor)


async def test_many_items_are_read_a_hundred_at_a_time_and_none_without_a_call(
    shelves: Callable[..., Audiobookshelf], server: Server
) -> None:
    server.full = {f"item-{number}": book(number) for number in range(250)}
    library = shelves()
    assert list(await library.read([])) == []
    assert list(await library.read(["../../users"])) == []
    assert server.batches == []
    assert len(await library.read(list(server.full))) == 250
    assert [len(batch) for batch in server.batches] == [100, 100, 50]


@pytest.mark.parametrize(
    ("joined", "exact"),
    [
        ({"authorName": "Plato, Aristotle"}, {"authors": [{"name": "Plato"}, {"name": "Aristotle"}]}),
        ({"seriesName": "Sun, Moon and Stars #2.5"}, {"series": [{"name": "Sun, Moon and Stars", "sequence": "2.5"}]}),
        ({"narratorName": "Bono, Nora Quill"}, {"narrators": ["Bono, Nora Quill"]}),
    ],
)
async def test_names_that_could_be_parted_otherwise_are_read_from_the_item(
    shelves: Callable[..., Audiobookshelf], server: Server, joined: Body, exact: Body
) -> None:
    server.rows["one"] = [book(1), book(2, **joined), book(3)]
    server.full = {"item-2": book(2, **joined, **exact)}
    page = await shelves().page()
    assert server.batches == [["item-2"]]
    assert [item.id for item in page.items] == ["item-1", "item-2", "item-3"]
    item = page.items[1]
    found = {"authors": item.book.authors, "narrators": item.narrators, "series": item.book.series}
    (name,) = exact
    wanted: dict[str, object] = {
        "authors": ("Plato", "Aristotle"),
        "narrators": ("Bono, Nora Quill",),
        "series": (SeriesPlace("Sun, Moon and Stars", "2.5"),),
    }
    assert found[name] == wanted[name]


@pytest.mark.parametrize(
    "plain",
    [
        {"authorName": "Ada Lovett, Ben Harrow", "narratorName": "Martin Luther King, Jr., Nora Quill"},
        {"seriesName": "Sun #1, Moon #1-3"},
        {"seriesName": "Alone"},
        {"authorName": "Plato"},
    ],
)
async def test_plain_names_need_no_further_call(
    shelves: Callable[..., Audiobookshelf], server: Server, plain: Body
) -> None:
    server.rows["one"] = [book(1, **plain)]
    await shelves().page()
    assert server.batches == []


async def test_a_page_tells_what_it_knows_of_the_recording(
    shelves: Callable[..., Audiobookshelf], server: Server
) -> None:
    row = book(1, publisher="Quay", publishedDate="2011-05-06", description="<p>x</p>", genres=["Fantasy"])
    row["media"] |= {"tags": ["t"], "coverPath": "/x/cover.jpg", "numChapters": 12, "numAudioFiles": 1}
    row["path"] = "/one/Title 1.m4b"
    server.rows["one"] = [row, book(2)]
    item, bare = (await shelves().page()).items
    assert (item.publisher, item.published, item.description) == ("Quay", "2011-05-06", "<p>x</p>")
    assert (item.genres, item.tags, item.cover) == (("Fantasy",), ("t",), True)
    assert (item.chapters, item.files, item.format) == (12, 1, "m4b")
    assert (bare.cover, bare.chapters, bare.files, bare.format) == (False, None, None, None)
