"""What people say of the books they own: in a library, or written down by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.errors import AudiobookDaemonError, Refused
from audiobook_daemon.matching import book_key
from audiobook_daemon.models import PERSON, Book, BookStatus, SeriesPlace, WantState, Wish
from audiobook_daemon.pipeline.owned import in_library
from audiobook_daemon.upkeep.owning import Owning

if TYPE_CHECKING:
    from tests.core.upkeep.corrections.conftest import Home

TITLE = "The Glass Orchard"


@pytest.fixture
def owning(home: Home) -> Owning:
    return Owning(home.house)


async def test_an_edit_of_several_fields_is_one_correction_that_can_be_taken_back(home: Home, owning: Owning) -> None:
    book = await home.own(TITLE, year="2001", series=[{"name": "Panes", "position": "1"}])
    before = home.shelves.frozen()
    outcome = await owning.edit_book("one", year=2019, series_number="2", author="Ada Merrow; Jo Quill")
    assert isinstance(outcome.data, list)
    assert {line["field"] for line in outcome.data} == {"year", "series", "authors"}
    words = home.shelves.items["one"]
    assert (words["year"], words["authors"]) == ("2019", ["Ada Merrow", "Jo Quill"])
    assert words["series"] == [{"name": "Panes", "position": "2"}]
    fields = await home.database.facts.fields_of(book.id)
    assert all(fields[name].locked and fields[name].source == PERSON for name in ("year", "series", "authors"))
    assert not fields["title"].locked
    (correction,) = await home.database.corrections.applied_to(book.id)
    await home.correcting.undo(correction=correction.id)
    assert home.shelves.frozen() == before


async def test_no_source_changes_what_a_person_has_edited(home: Home, owning: Owning) -> None:
    await home.own(TITLE)
    await owning.edit_book("one", year=1901)
    home.audio.says(TITLE, year=2019)
    home.print.says(TITLE, year=2019)
    await home.correcting.metadata_full(force=True)
    assert home.shelves.items["one"]["year"] == "1901"


async def test_an_edit_that_the_library_refuses_leaves_everything_as_it_was(home: Home, owning: Owning) -> None:
    book = await home.own(TITLE)
    before = home.shelves.frozen()
    home.shelves.before_update.append(Refused("It is read only."))
    with pytest.raises(AudiobookDaemonError, match="read only"):
        await owning.edit_book("one", year=1901, status=BookStatus.ARCHIVED)
    assert home.shelves.frozen() == before
    assert not any(field.locked for field in (await home.database.facts.fields_of(book.id)).values())
    owned = await home.database.book_lists.get(book.id)
    assert owned is not None
    assert owned.status is BookStatus.ACTIVE


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ({"duration": 60.0}, "read from its files"),
        ({"isbn": "12"}, "no ISBN"),
        ({"series_number": "2"}, "belongs to no series"),
    ],
)
async def test_what_cannot_be_edited_is_said(home: Home, owning: Owning, edit: dict[str, Any], sentence: str) -> None:
    await home.own(TITLE)
    before = home.shelves.frozen()
    with pytest.raises(AudiobookDaemonError, match=sentence):
        await owning.edit_book("one", **edit)
    assert home.shelves.frozen() == before


async def test_the_statement_of_a_chosen_source_counts_and_stays(home: Home, owning: Owning) -> None:
    book = await home.own(TITLE, year="2001")
    home.audio.says(TITLE, year=2018)
    home.print.says(TITLE, year=2019)
    await home.correcting.metadata_full()
    await owning.choose_source("one", "year", "print")
    assert home.shelves.items["one"]["year"] == "2019"
    home.print.says(TITLE, year=2018)
    await home.correcting.metadata_full(force=True)
    assert home.shelves.items["one"]["year"] == "2019"
    field = (await home.database.facts.fields_of(book.id))["year"]
    assert (field.source, field.locked) == ("print", True)


@pytest.mark.parametrize(("field", "source"), [("year", "nobody"), ("colour", "print"), ("subtitle", "print")])
async def test_only_a_statement_there_is_can_be_chosen(home: Home, owning: Owning, field: str, source: str) -> None:
    await home.own(TITLE)
    home.print.says(TITLE, year=2019)
    await home.correcting.metadata_full()
    before = home.shelves.frozen()
    with pytest.raises(AudiobookDaemonError, match=r"states nothing|no field"):
        await owning.choose_source("one", field, source)
    assert home.shelves.frozen() == before


async def test_a_book_that_was_written_down_is_owned_and_nobody_corrects_it(home: Home, owning: Owning) -> None:
    outcome = await owning.add_book(TITLE, author="Ada Merrow", series="Panes", series_number="2")
    (ref,) = await home.database.attention.named(TITLE)
    assert outcome.data == {"id": ref.id, "want": None}
    owned = await home.database.book_lists.get(ref.id)
    assert owned is not None
    assert owned.item.book.series == (SeriesPlace("Panes", "2"),)
    # It is owned, though no library that is asked has it.
    assert await in_library(home.world, Wish(owned.item.book), ask=True) == owned.item
    home.audio.says(TITLE, year=2019)
    assert (await home.correcting.metadata_full(force=True)).processed == 0
    with pytest.raises(AudiobookDaemonError, match="written down by hand"):
        await home.correcting.correct(str(ref.id), force=True)
    with pytest.raises(AudiobookDaemonError, match="written down before"):
        await owning.add_book(TITLE, author="Ada Merrow", series="Panes", series_number="2")
    await home.correcting.set_field(str(ref.id), "year", "1999")
    changed = await home.database.book_lists.get(ref.id)
    assert changed is not None
    assert (changed.item.book.year, changed.item.id) == (1999, owned.item.id)


@pytest.mark.parametrize(
    ("state", "download", "after"),
    [
        (WantState.WANTED, None, WantState.OWNED),
        (WantState.REVIEW, None, WantState.OWNED),
        (WantState.DOWNLOADING, "0a", WantState.DOWNLOADING),
        (WantState.DROPPED, None, WantState.DROPPED),
    ],
)
async def test_what_was_wanted_is_wanted_no_longer_when_one_owns_it_elsewhere(
    home: Home, owning: Owning, state: WantState, download: str | None, after: WantState
) -> None:
    add = home.database.wants.add
    book = Book(TITLE, ("Ada Merrow",))
    want, _ = await add(book_key(book), Wish(book), state=state, download=download)
    other, _ = await add("salt", Wish(Book("The Salt Road", ("Jo Quill",))))
    await owning.add_book(TITLE, author="Ada Merrow")
    now = await home.database.wants.get(want.id)
    assert now is not None
    assert (now.state, now.library) == (after, None)
    unconcerned = await home.database.wants.get(other.id)
    assert unconcerned is not None
    assert unconcerned.state is WantState.WANTED


@pytest.mark.parametrize("author", ["Ada Merrow", "Jo Quill"])
@pytest.mark.parametrize("ask", [True, False])
async def test_a_book_by_several_is_owned_for_whoever_knows_only_one_of_them(
    home: Home, owning: Owning, author: str, ask: bool
) -> None:
    await owning.add_book(TITLE, author="Jo Quill; Ada Merrow")
    await owning.add_book("The Salt Road", author="Jo Quill; Ada Merrow")
    found = await in_library(home.world, Wish(Book(TITLE, (author,))), ask=ask)
    assert found is not None
    assert found.book.authors == ("Jo Quill", "Ada Merrow")
    assert await in_library(home.world, Wish(Book(TITLE, ("Somebody Else",))), ask=ask) is None


async def test_an_item_that_no_sync_has_seen_is_taken_in_once(home: Home, owning: Owning) -> None:
    home.shelves.put("two", "The Salt Road", authors=["Jo Quill"])
    outcome = await owning.add_book("Whatever", abs_id="two")
    assert isinstance(outcome.data, dict)
    owned = await home.database.book_lists.get(outcome.data["id"])
    assert owned is not None
    assert (owned.item.book.title, owned.item.library, owned.item.id) == ("The Salt Road", "shelves", "two")
    for item, sentence in (("two", "known already"), ("three", "no item three")):
        with pytest.raises(AudiobookDaemonError, match=sentence):
            await owning.add_book("Whatever", abs_id=item)


async def test_a_rehearsal_writes_nothing(home: Home, owning: Owning) -> None:
    await home.own(TITLE)
    before = home.shelves.frozen(), await home.database.book_lists.statuses()
    await owning.add_book("The Salt Road", dry_run=True)
    assert (await owning.edit_book("one", year=1901, status=BookStatus.DUPLICATE, dry_run=True)).succeeded == 0
    await owning.archive_book("one", dry_run=True)
    assert (home.shelves.frozen(), await home.database.book_lists.statuses()) == before


async def test_incomplete_books_are_looked_after_and_the_gain_is_told(home: Home) -> None:
    await home.own(TITLE)
    await home.own("The Salt Road", "two")
    home.audio.says(TITLE, year=2019)
    outcome = await home.correcting.metadata_incomplete(below=101)
    figures = outcome.data
    assert isinstance(figures, dict)
    assert (figures["processed"], figures["corrected"]) == (2, 1)
    assert figures["after"] > figures["before"]
    assert {line["field"] for line in figures["changes"]} == {"year"}
    assert (await home.correcting.metadata_incomplete(below=0, force=True)).processed == 0
    assert (await home.correcting.metadata_incomplete(below=101)).processed == 0  # a short time ago


async def test_old_corrections_are_forgotten_and_younger_ones_stay(home: Home, owning: Owning) -> None:
    book = await home.own(TITLE)
    await owning.edit_book("one", year=1901)
    home.clock.pass_by(days=40)
    await owning.edit_book("one", year=1902)
    dry = await home.correcting.forget_corrections(days=30, dry_run=True)
    assert isinstance(dry.data, dict)
    assert (dry.data["deleted"], len(await home.database.corrections.history(book.id))) == (1, 2)
    await home.correcting.forget_corrections(days=30)
    (left,) = await home.database.corrections.history(book.id)
    assert left.changes[0].after == 1902
