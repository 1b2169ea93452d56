"""What a snapshot said of an item can be brought back, to the letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from audiobook_daemon import Facts, LibraryItem, Refused, SeriesPlace
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audiobookshelf.records import SeriesPlace as Place
from audiobook_daemon.demo.audiobookshelf.scan import keep_picture
from audiobook_plugins.audiobookshelf import Audiobookshelf

JPEG = b"\xff\xd8\xff the old picture"
PNG = b"\x89PNG\r\n\x1a\n another picture"


@pytest.fixture
async def item(plugin: Audiobookshelf, put: Callable[..., Path]) -> LibraryItem:
    return await plugin.admit(str(put("Ada Lovett/The Iron Bough")))


@pytest.fixture
async def awkward(item: LibraryItem, server: AudiobookshelfStandIn) -> str:
    """An item with everything that is easily lost."""
    record, shelf = server.shelf.items[item.id], server.shelf
    record.texts |= {"title": "The Iron Bough", "publishedYear": "c 1999", "language": "english (uk)", "isbn": None}
    record.texts |= {"description": "<p>Fine &amp; good.</p>", "publishedDate": "1999-02-30", "subtitle": None}
    record.authors = [shelf.author_named(name).id for name in ("Cora Vane", "Ada Lovett", "Ben Harrow")]
    places = (("Side", None), ("Orchard", "2.5"), ("Omnibus", "1-3"))
    record.series = [Place(shelf.series_named(name).id, sequence) for name, sequence in places]
    record.narrators, record.genres, record.tags = ["B", "A", "B"], ["x", "", "Fantasy"], ["z", "a"]
    record.abridged = record.explicit = True
    keep_picture(record, JPEG, ".jpg")
    return item.id


def _remembered(server: AudiobookshelfStandIn, item: str) -> dict[str, Any]:
    """Everything the server holds of an item but its times; people and series by their names, for their ids change."""
    shelf, record = server.shelf, server.shelf.items[item]
    series = [(shelf.series[place.id].name, place.sequence) for place in record.series]
    known = asdict(record) | {"authors": shelf.author_names(record), "series": series}
    return {name: value for name, value in known.items() if name != "updated_at"}


EVERYTHING = Facts(
    source="test", title="Other", subtitle="Sub", authors=("Ben Harrow", "Dev Ismay", "Cora Vane"), narrators=("N",),
    series=(SeriesPlace("Omnibus", "7"), SeriesPlace("New", "1")), publisher="Quay", year=2012,
    published="2012-05-01", description="<b>x</b>", language="de", isbn="9780000000019", asin="B0ABCDTST1",
    genres=("Horror",), tags=("t",), abridged=False,
)  # fmt: skip


async def test_a_changed_item_becomes_exactly_what_it_was(
    plugin: Audiobookshelf, awkward: str, server: AudiobookshelfStandIn
) -> None:
    before = _remembered(server, awkward)
    snapshot = json.loads(json.dumps(await plugin.snapshot(awkward, cover=True)))
    await plugin.update(awkward, EVERYTHING)
    keep_picture(server.shelf.items[awkward], PNG, ".jpg")
    assert _remembered(server, awkward) != before
    await plugin.restore(awkward, snapshot)
    assert _remembered(server, awkward) == before


async def test_blanks_are_blank_again(plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn) -> None:
    before = _remembered(server, item.id)
    snapshot = await plugin.snapshot(item.id, cover=True)
    assert (snapshot["cover"], snapshot["asin"], snapshot["series"], snapshot["tags"]) == (None, None, [], [])
    await plugin.update(item.id, EVERYTHING)
    keep_picture(server.shelf.items[item.id], PNG, ".png")
    restored = await plugin.restore(item.id, snapshot)
    assert _remembered(server, item.id) == before
    assert (restored.book.asin, restored.cover, restored.publisher) == (None, False, None)


async def test_only_the_named_fields_are_brought_back(
    plugin: Audiobookshelf, awkward: str, server: AudiobookshelfStandIn
) -> None:
    snapshot = await plugin.snapshot(awkward)
    assert "cover" not in snapshot
    await plugin.update(awkward, EVERYTHING)
    changed = _remembered(server, awkward)
    restored = await plugin.restore(awkward, {name: snapshot[name] for name in ("year", "language")})
    back = {"publishedYear": "c 1999", "language": "english (uk)"}
    assert _remembered(server, awkward) == changed | {"texts": changed["texts"] | back}
    assert (restored.book.year, restored.book.language) == (1999, None)


async def test_what_is_as_it_was_is_not_written(
    plugin: Audiobookshelf, awkward: str, server: AudiobookshelfStandIn
) -> None:
    snapshot = await plugin.snapshot(awkward, cover=True)
    server.requests.clear()
    await plugin.restore(awkward, snapshot)
    assert {request.method for request in server.requests} == {"GET"}


async def test_a_field_of_no_snapshot_is_refused(plugin: Audiobookshelf, item: LibraryItem) -> None:
    with pytest.raises(Refused) as caught:
        await plugin.restore(item.id, {"title": "X", "runtime": 7.0})
    assert caught.value.code == "unknown_field"
    assert (await plugin.snapshot(item.id))["title"] == "The Iron Bough"


@pytest.mark.parametrize("junk", ["no base64!", 7, "ä"])
async def test_a_damaged_picture_is_refused_and_the_present_one_stays(
    plugin: Audiobookshelf, awkward: str, server: AudiobookshelfStandIn, junk: object
) -> None:
    before = _remembered(server, awkward)
    with pytest.raises(Refused):
        await plugin.restore(awkward, {"cover": junk})
    assert _remembered(server, awkward) == before


@pytest.mark.parametrize("call", ["snapshot", "restore"])
async def test_an_item_that_is_gone_is_refused(plugin: Audiobookshelf, call: str) -> None:
    for gone in ("00000000-0000-0000-0000-000000000000", "../../users", ""):
        with pytest.raises(Refused) as caught:
            await (plugin.snapshot(gone, cover=True) if call == "snapshot" else plugin.restore(gone, {"title": "X"}))
        assert caught.value.code == "no_item"
