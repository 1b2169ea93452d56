"""The library is read as it is, cheaply, and nothing it does for a moment makes us forget a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.flow.library.shelves import fill, living, living_with, place, serving

from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.errors import Unavailable
from audiobook_daemon.events import LibraryReturned, LibraryShrunk
from audiobook_daemon.matching import author_key
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.pipeline import intake
from audiobook_daemon.store import BookChange
from audiobook_plugins.audiobookshelf import listing
from audiobook_plugins.audiobookshelf.client import Client

TITLES = [f"Title {number}" for number in range(1, 11)]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)


async def test_everything_is_read_and_counted(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        place(home.server, items[0], ("Orchard", "2.5"), ("Omnibus", "1-3"), ("Side", None))
        outcome = await home.sync()
        assert outcome.summary == "sync: shelf: 10 books, 10 new."
        assert (outcome.processed, outcome.failed) == (10, 0)
        assert home.rows() == [(title, 0) for title in TITLES]
        found = await home.daemon.database.books.get("shelf", items[0].id)
        assert found is not None
        assert {(one.name, one.position) for one in found.book.series} == {
            ("Orchard", "2.5"),
            ("Omnibus", "1-3"),
            ("Side", None),
        }


async def test_nothing_changed_writes_nothing_and_reads_no_row(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        fill(home.server, *TITLES)
        await home.sync()
        state, wal = home.file.read_bytes(), home.file.with_name("state.db-wal").read_bytes()
        outcome = await home.sync()
        assert outcome.summary == "sync: shelf: 10 books, nothing new."
        assert (home.file.read_bytes(), home.file.with_name("state.db-wal").read_bytes()) == (state, wal)


async def test_a_page_that_is_the_same_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        await home.sync()
        decoded: list[int] = []
        rows = listing.PageBody.rows

        def noted(body: listing.PageBody) -> listing.Rows:
            decoded.append(body.number)
            return rows(body)

        monkeypatch.setattr(listing.PageBody, "rows", noted)
        await home.sync()
        assert decoded == []
        items[4].texts["subtitle"] = "A Novel"
        fill(home.server, "Title 11")
        assert (await home.sync()).summary == "sync: shelf: 11 books, 1 new, 1 changed."
        assert decoded == [1, 3]


async def test_an_edited_item_says_which_fields_changed(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        place(home.server, items[0], ("Orchard", "1"), ("Side", None))
        await home.sync()
        edits: list[BookChange] = []

        async def noted(changes: Sequence[BookChange]) -> None:
            edits.extend(changes)

        home.daemon.world.edited = noted
        items[1].texts["publisher"] = "Quay"
        items[1].narrators = ["Tom Sedge"]
        place(home.server, items[0], ("Side", None), ("Orchard", "1"))
        items[2].rel_path = "Ada Lovett/Elsewhere"
        await home.sync()
        (edit,) = edits
        assert edit.item.id == items[1].id
        assert edit.id is not None
        assert edit.fields == {
            "narrators": (("Nora Quill",), ("Tom Sedge",)),
            "publisher": (None, "Quay"),
        }


async def test_what_a_person_edits_is_theirs_from_the_next_reading_on(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        await home.sync()
        items[1].texts["publisher"] = "Quay"
        await home.sync()
        (book,) = await home.daemon.database.attention.named(items[1].id)
        (field,) = (await home.daemon.database.facts.fields_of(book.id)).values()
        assert (field.field, field.value, field.guarded) == ("publisher", "Quay", True)


async def test_lost_files_are_marked_and_come_back(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        await home.sync()
        first_seen = home.rows("id, first_seen")
        items[3].is_missing = True
        del home.server.shelf.items[items[8].id]
        assert (await home.sync()).summary == "sync: shelf: 8 books, 2 missing."
        assert home.missing() == ["Title 4", "Title 9"]
        assert (await home.sync()).summary == "sync: shelf: 8 books, nothing new."
        items[3].is_missing = False
        assert (await home.sync()).summary == "sync: shelf: 9 books, 1 back."
        assert home.missing() == ["Title 9"]
        assert home.rows("id, first_seen") == first_seen
        assert home.heard == []


@pytest.mark.parametrize("how", ["unmounted", "emptied", "half gone"])
async def test_a_library_that_loses_much_at_once_loses_nothing_here(tmp_path: Path, how: str) -> None:
    async with living(tmp_path) as home:
        shelf = home.server.shelf
        items = fill(home.server, *TITLES)
        await home.sync()
        if how == "unmounted":
            for item in items:
                item.is_missing = True
        else:
            shelf.items = {} if how == "emptied" else {item.id: item for item in items[6:]}
        for _ in range(2):
            with pytest.raises(Unavailable, match=r"looks like a folder that is not mounted.*--accept-loss"):
                await home.sync()
        assert home.missing() == []
        (event,) = home.told(LibraryShrunk)
        assert isinstance(event, LibraryShrunk)
        assert (event.library, event.known, event.lost) == ("shelf", 10, 6 if how == "half gone" else 10)
        for item in items:
            item.is_missing = False
        shelf.items = {item.id: item for item in items}
        for _ in range(2):
            assert (await home.sync()).summary == "sync: shelf: 10 books, nothing new."
        assert home.missing() == []
        assert len(home.told(LibraryReturned)) == 1
        kinds = [event.kind for event in await home.daemon.database.events.newest(10)]
        assert kinds == ["library_returned", "library_shrunk"]


async def test_a_loss_is_told_once_even_to_the_next_life(tmp_path: Path) -> None:
    async with serving(tmp_path, "shelf") as servers:
        fill(servers["shelf"], *TITLES)
        async with living_with(tmp_path, servers) as home:
            await home.sync()
            servers["shelf"].shelf.items.clear()
            with pytest.raises(Unavailable):
                await home.sync()
            assert len(home.told(LibraryShrunk)) == 1
        async with living_with(tmp_path, servers) as home:
            with pytest.raises(Unavailable):
                await home.sync()
            assert home.heard == []
            assert home.missing() == []


async def test_a_loss_that_is_real_can_be_accepted(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        fill(home.server, *TITLES)
        await home.sync()
        home.server.shelf.items.clear()
        assert (await home.sync(accept_loss=True)).summary == "sync: shelf: 0 books, 10 missing."
        assert home.missing() == TITLES
        assert len(home.rows()) == 10


@pytest.fixture
def broken_page(monkeypatch: pytest.MonkeyPatch) -> Callable[[AudiobookshelfStandIn, int], None]:
    """Let a page of a library fail."""

    def spoil(server: AudiobookshelfStandIn, broken: int) -> None:
        original = Client.page

        async def page(self: Client, library: str, number: int, **named: Any) -> listing.PageBody:  # noqa: ANN401
            if (library, number) == (server.shelf.library_id, broken):
                raise Unavailable("The page is not there.")
            return await original(self, library, number, **named)

        monkeypatch.setattr(Client, "page", page)

    return spoil


async def test_a_page_that_fails_marks_nothing_missing_and_hides_no_other_library(
    tmp_path: Path, broken_page: Callable[[AudiobookshelfStandIn, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living(tmp_path, "shelf", "attic") as home:
        items = fill(home.servers["shelf"], *TITLES)
        fill(home.servers["attic"], "Attic 1", "Attic 2")
        await home.sync()
        del home.servers["shelf"].shelf.items[items[0].id]
        fill(home.servers["attic"], "Attic 3")
        with monkeypatch.context() as spoilt:
            broken_page(home.servers["shelf"], 2)
            outcome = await home.sync()
            spoilt.undo()
        assert (outcome.failed, outcome.processed) == (1, 3)
        assert "shelf: cannot be read: The page is not there.; attic: 3 books, 1 new" in outcome.summary
        assert home.missing() == []
        monkeypatch.undo()
        monkeypatch.setattr(listing, "PAGE", 3)
        await home.daemon.host.retry("shelf")
        assert (await home.sync()).summary == "sync: shelf: 9 books, 1 missing; attic: 3 books, nothing new."
        assert home.missing() == ["Title 1"]


async def test_a_reading_that_is_broken_off_is_made_good_by_the_next(
    tmp_path: Path, broken_page: Callable[[AudiobookshelfStandIn, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(tmp_path, "shelf") as servers:
        items = fill(servers["shelf"], *TITLES)
        async with living_with(tmp_path, servers) as home:
            monkeypatch.setattr(intake, "_TOGETHER", 3)
            broken_page(servers["shelf"], 2)
            with pytest.raises(Unavailable):
                await home.sync()
            assert [title for title, _ in home.rows()] == TITLES[:6]
        monkeypatch.undo()
        monkeypatch.setattr(listing, "PAGE", 3)
        items[0].texts["subtitle"] = "A Novel"
        async with living_with(tmp_path, servers) as home:
            assert (await home.sync()).summary == "sync: shelf: 10 books, 4 new, 1 changed."
            assert home.rows() == [(title, 0) for title in TITLES]


async def test_an_item_that_slips_to_an_earlier_page_is_not_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        await home.sync()
        original = Client.page

        async def page(self: Client, library: str, number: int, **named: Any) -> listing.PageBody:  # noqa: ANN401
            body = await original(self, library, number, **named)
            home.server.shelf.items.pop(items[0].id, None)  # what follows moves up by one
            return body

        monkeypatch.setattr(Client, "page", page)
        await home.sync()
        assert home.missing() == []
        assert (await home.sync()).summary == "sync: shelf: 9 books, 1 missing."


async def test_an_item_that_was_taken_in_anew_stays_one_book(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        await home.sync()
        before = home.rows("id, title, first_seen")
        old = home.server.shelf.items.pop(items[2].id)
        (new,) = fill(home.server, "Title 3")
        new.texts["subtitle"] = "A Novel"
        assert (await home.sync()).summary == "sync: shelf: 10 books, nothing new."
        assert home.rows("id, title, first_seen") == before
        assert home.missing() == []
        found = await home.daemon.database.books.get("shelf", new.id)
        assert found is not None
        assert found.book.subtitle == "A Novel"
        assert await home.daemon.database.books.get("shelf", old.id) is None
        assert (await home.sync()).summary == "sync: shelf: 10 books, nothing new."


async def test_a_damaged_row_is_left_out_and_read_when_it_is_sound(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        items[4].texts["publisher"] = 7  # type: ignore[assignment]
        assert (await home.sync()).summary == "sync: shelf: 10 books, 9 new, 1 damaged."
        items[4].texts["publisher"] = "Quay"
        assert (await home.sync()).summary == "sync: shelf: 10 books, 1 new."


async def test_a_known_item_whose_row_is_damaged_is_not_missing(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        await home.sync()
        items[4].texts["publisher"] = 7  # type: ignore[assignment]
        await home.sync()
        assert home.missing() == []


async def test_gathering_goes_on_with_what_a_silent_library_held(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        await home.server.stop()
        gather = home.daemon.actions.get("gather")
        with pytest.raises(Unavailable, match="cannot say yet what is owned"):
            await gather.run({})
        await home.server.start()
        fill(home.server, *TITLES)
        await home.daemon.host.retry("shelf")
        await home.sync()
        await home.server.stop()
        assert (await gather.run({})).failed == 0
        assert home.missing() == []


async def test_series_and_authors_are_found_by_their_keys(tmp_path: Path) -> None:
    async with living(tmp_path) as home:
        items = fill(home.server, *TITLES)
        place(home.server, items[0], ("The Orchard", "1"), ("Side", None))
        place(home.server, items[1], ("Orchard series", "2"))
        await home.sync()
        books = home.daemon.database.books
        key = series_key("The Orchard")[0]
        assert [one.book.title for one in await books.in_series(key)] == ["Title 1", "Title 2"]
        assert [one.book.title for one in await books.in_series(f"{key}|lovett ada")] == ["Title 1", "Title 2"]
        assert len(await books.by_author(author_key("Lovett, Ada"))) == 10
        place(home.server, items[0])
        await home.sync()
        assert [one.book.title for one in await books.in_series(key)] == ["Title 2"]
        assert [number for number, _ in await books.all(limit=4)] == [1, 2, 3, 4]
        assert [one.book.title for _, one in await books.all(after_id=8)] == ["Title 9", "Title 10"]
        ((completeness,), *_) = home.rows("completeness")
        assert 0 < completeness < 100
