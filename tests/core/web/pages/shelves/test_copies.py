"""The pages of what is owned twice and of what lies in the trash, and what people answer there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.core.web.conftest import Served
from tests.core.web.openapi.world import furnish
from tests.core.web.pages.shelves.looking import Seen, look, send

from audiobook_daemon.events import RunFinished
from audiobook_daemon.models import Book, BookStatus, LibraryItem
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import DuplicateRecord, FoundDuplicate, OwnedBook
from audiobook_daemon.web.pages.library.copies import group_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "/library/duplicates"


@pytest.fixture
async def furnished(served: Served) -> Served:
    """A served daemon whose books 1 and 2 are copies, and whose book 4 lies in the trash."""
    await furnish(served.daemon.database)
    return served


def flat(page: Seen) -> str:
    return " ".join(page.words.split())


async def statuses(served: Served) -> dict[int, BookStatus]:
    return {one.id: one.status for one in await served.daemon.database.book_lists.some([1, 2, 3])}


def owned(number: int, **more: object) -> OwnedBook:
    item = LibraryItem("shelf", str(number), Book("Ebb", ("Mira Holt",), asin="B00EBB0001"), ("Otto Reader",), 36_000.0)
    whole = replace(item, **more)  # type: ignore[arg-type]
    return OwnedBook(number, whole, BookStatus.ACTIVE, 80, NOW, None, None, None, None)


def test_copies_stand_side_by_side_with_what_differs_and_the_keeper_first() -> None:
    record = DuplicateRecord(1, "exact", (1, 2, 9), 2, "One recording.", "open", NOW, NOW)
    books = {1: owned(1, format="mp3", size=400_000_000), 2: owned(2, format="m4b", size=400_000_000, chapters=12)}
    group = group_of(record, books)
    assert [(copy.id, copy.keep, copy.different) for copy in group.copies] == [
        (2, True, (("Format", "m4b"), ("Chapters", "12"))),
        (1, False, (("Format", "mp3"), ("Chapters", None))),
    ]
    assert ("Read by", "Otto Reader") in group.same
    assert ("Bitrate", "89 kbit/s") in group.same
    assert (group.gone, group.choosable) == (1, True)


@pytest.mark.parametrize(
    ("likeness", "keeper", "state", "there"),
    [("contained", None, "open", 2), ("exact", 1, "ignored", 2), ("exact", 1, "open", 1), ("exact", 1, "open", 0)],
)
def test_where_nothing_is_to_be_chosen_nothing_can_be(
    likeness: str, keeper: int | None, state: str, there: int
) -> None:
    record = DuplicateRecord(1, likeness, (1, 2), keeper, "So it is.", state, NOW, NOW)
    group = group_of(record, {number: owned(number) for number in (1, 2)[:there]})
    assert not group.choosable
    assert group.gone == 2 - there


async def test_one_copy_is_kept_and_the_other_is_a_second_copy_until_it_is_put_back(furnished: Served) -> None:
    page = await look(furnished, PAGE)
    assert (page.books(), page.forms(f"{PAGE}/1/")) == (
        ["/library/1", "/library/2"],
        [f"{PAGE}/1/keep", f"{PAGE}/1/keep", f"{PAGE}/1/ignore"],
    )
    assert "should stay" in page.words
    assert "Both are the same recording." in page.words
    assert "To decide 1 Put aside 0" in flat(page)
    assert "Owned twice 1" in flat(await look(furnished, "/library"))
    _, said = await send(furnished, f"{PAGE}/1/keep", book="2", back=PAGE)
    assert said == "Book 2 of Ebb is kept; 1 other is a second copy."
    assert await statuses(furnished) == {1: BookStatus.DUPLICATE, 2: BookStatus.ACTIVE, 3: BookStatus.ACTIVE}
    assert (await look(furnished, PAGE)).books() == []
    assert (await look(furnished, "/library?show=duplicate")).books() == ["/library/1"]
    _, said = await send(furnished, f"{PAGE}/1/keep", book="1", back=PAGE)
    assert "nothing to decide" in said
    await send(furnished, "/library/1/restore", back="/library/1")
    assert (await statuses(furnished))[1] is BookStatus.ACTIVE


async def test_a_group_is_put_aside_and_counts_again(furnished: Served) -> None:
    await send(furnished, f"{PAGE}/1/ignore", back=PAGE)
    assert (await look(furnished, PAGE)).books() == []
    aside = await look(furnished, f"{PAGE}?show=ignored")
    assert (aside.books(), aside.forms(f"{PAGE}/1/")) == (["/library/1", "/library/2"], [f"{PAGE}/1/count"])
    await send(furnished, f"{PAGE}/1/count", back=PAGE)
    assert (await look(furnished, PAGE)).books() == ["/library/1", "/library/2"]


@pytest.mark.parametrize(("path", "sentence"), [("9/keep", "no duplicate 9"), ("1/keep", "not among its copies")])
async def test_what_cannot_be_kept_is_said_and_changes_nothing(furnished: Served, path: str, sentence: str) -> None:
    before = await statuses(furnished)
    _, said = await send(furnished, f"{PAGE}/{path}", book="3", back=PAGE)
    assert sentence in said
    assert await statuses(furnished) == before


async def test_the_groups_are_shown_part_by_part_with_none_lost_or_doubled(served: Served) -> None:
    database = served.daemon.database
    books = [LibraryItem("shelf", f"{number:03}", Book(f"Volume {number // 2}")) for number in range(60)]
    await database.books.upsert([keyed(book) for book in books])
    pairs = [FoundDuplicate("likely", (number, number + 1), number, "Alike.") for number in range(1, 60, 2)]
    await database.duplicates.record(pairs)
    first = await look(served, PAGE)
    (further,) = [one.get("href") or "" for tag, one in first.tags if one.get("rel") == "next"]
    shown = first.books(), (await look(served, further)).books()
    assert [len(part) // 2 for part in shown] == [20, 10]
    assert len({path for part in shown for path in part}) == 60


async def test_looking_for_more_is_a_run(served: Served) -> None:
    ended = asyncio.Event()
    with served.daemon.bus.listening(lambda event: ended.set() if isinstance(event, RunFinished) else None):
        _, said = await send(served, f"{PAGE}/look", back=PAGE)
        await ended.wait()
    (run,) = await served.daemon.database.runs.latest("find_duplicates")
    assert said == f"The library is looked through now, as run {run.id}."


async def test_the_trash_tells_what_was_taken_out_and_until_when_it_can_come_back(furnished: Served) -> None:
    page = await look(furnished, "/library/trash")
    told = flat(page)
    assert "Lost shelf" in told
    assert "A better edition stands in its place." in told
    (entry,) = await furnished.daemon.database.trash.lying()
    assert f"until {entry.due:%Y-%m-%d}" in told
    assert "400 MB" in told
    assert "/books/.trash/d" in told
    assert page.forms("/library/trash") == ["/library/trash/1/restore"]
    assert page.links("/actions/") == ["/actions/cleanup"]
    assert "Trash 1" in flat(await look(furnished, "/library"))
    _, said = await send(furnished, "/library/trash/1/restore", back="/library/trash")
    assert said  # there is no such folder, and nothing is lost over that
    assert len(await furnished.daemon.database.trash.lying()) == 1


async def test_what_lies_past_its_day_says_so_and_what_is_gone_is_not_shown(served: Served, tmp_path: Path) -> None:
    trash = served.daemon.database.trash
    for title, days in (("Old", -1), ("New", 1), ("Back", 1)):
        entry = await trash.add(
            None,
            library="shelf",
            item=title,
            title=title,
            origin=str(tmp_path / title),
            place=str(tmp_path / ".trash" / title),
            size=None,
            reason="Undone.",
            due=datetime.now(UTC) + timedelta(days=days),
        )
    await trash.restored(entry.id)
    told = flat(await look(served, "/library/trash"))
    assert told.index("New") < told.index("Old")
    assert told.count("its day is over") == 1
    assert "Back" not in told
