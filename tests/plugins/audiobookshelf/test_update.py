"""Metadata is written exactly, and nothing else is touched."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon import AuthFailed, Facts, LibraryItem, Refused, SeriesPlace
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_plugins.audiobookshelf import Audiobookshelf

PluginFor = Callable[..., Audiobookshelf]


@pytest.fixture
async def item(plugin: Audiobookshelf, put: Callable[..., Path]) -> LibraryItem:
    return await plugin.admit(str(put("Ada Lovett/The Iron Bough")))


def _writes(server: AudiobookshelfStandIn) -> int:
    return sum(request.method == "PATCH" for request in server.requests)


async def test_stated_fields_are_written_and_read_back(
    plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn
) -> None:
    facts = Facts(
        source="audnexus",
        title="The Iron Bough (Corrected)",
        subtitle="New Sub",
        authors=("Ada Lovett", "Ben Harrow"),
        narrators=("Tom Sedge",),
        series=(SeriesPlace("The Orchard Cycle", "2"), SeriesPlace("Side", "0.5")),
        publisher="Quay",
        year=2012,
        description="<p>Fine &amp; good.</p><script>bad()</script>",
        language="de",
        asin="B0ABCDTST1",
        genres=("Fantasy", "Epic"),
        tags=("fixed",),
        abridged=True,
    )
    changed = await plugin.update(item.id, facts)
    assert changed.book.title == "The Iron Bough (Corrected)"
    assert changed.book.authors == ("Ada Lovett", "Ben Harrow")
    assert changed.book.series == (SeriesPlace("The Orchard Cycle", "2"), SeriesPlace("Side", "0.5"))
    assert (changed.book.year, changed.book.language, changed.book.asin) == (2012, "de", "B0ABCDTST1")
    assert changed.narrators == ("Tom Sedge",)
    assert (changed.id, changed.path, changed.runtime) == (item.id, item.path, item.runtime)
    record = server.shelf.items[item.id]
    assert record.texts["description"] == "<p>Fine &amp; good.</p>"
    assert record.texts["language"] == "German"
    assert (record.genres, record.tags, record.abridged) == (["Fantasy", "Epic"], ["fixed"], True)


async def test_unstated_fields_stay(plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn) -> None:
    await plugin.update(item.id, Facts(source="a", subtitle="Sub", genres=("Fantasy",), authors=("Ben Harrow",)))
    changed = await plugin.update(item.id, Facts(source="b", asin="B0ABCDTST1"))
    assert (changed.book.subtitle, changed.book.asin, changed.book.authors) == ("Sub", "B0ABCDTST1", ("Ben Harrow",))
    assert server.shelf.items[item.id].genres == ["Fantasy"]


async def test_nothing_to_change_writes_nothing(
    plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn
) -> None:
    facts = Facts(source="a", title="The Iron Bough", subtitle="Sub", authors=("Ada Lovett",))
    await plugin.update(item.id, facts)
    assert _writes(server) == 1
    assert (await plugin.update(item.id, facts)).book.subtitle == "Sub"
    assert (await plugin.update(item.id, Facts(source="a"))).book.subtitle == "Sub"
    assert _writes(server) == 1


@pytest.mark.parametrize(
    ("present", "wanted"),
    [
        (("A A", "C C", "B B"), ("A A", "B B", "C C")),
        (("B B", "A A"), ("A A", "B B")),
        (("B B", "C C"), ("A A", "B B", "C C")),
        (("A A", "B B", "D D"), ("D D", "C C", "B B", "A A")),
        (("A A", "B B"), ("B B",)),
    ],
)
async def test_authors_get_the_wanted_order(
    plugin: Audiobookshelf,
    item: LibraryItem,
    server: AudiobookshelfStandIn,
    present: tuple[str, ...],
    wanted: tuple[str, ...],
) -> None:
    record = server.shelf.items[item.id]
    record.authors = [server.shelf.author_named(name).id for name in present]
    changed = await plugin.update(item.id, Facts(source="a", authors=wanted))
    assert changed.book.authors == wanted
    assert server.shelf.author_names(record) == list(wanted)


async def test_the_case_of_a_known_author_stays_without_complaint(
    plugin: Audiobookshelf, item: LibraryItem, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        changed = await plugin.update(item.id, Facts(source="a", authors=("ADA LOVETT", "Ben Harrow")))
    assert changed.book.authors == ("Ada Lovett", "Ben Harrow")
    assert caplog.records == []


async def test_fields_the_server_drops_are_named_in_the_log(
    plugin: Audiobookshelf,
    item: LibraryItem,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("audiobook_daemon.demo.audiobookshelf.edit._text", lambda _value, present: present)
    with caplog.at_level(logging.WARNING):
        changed = await plugin.update(item.id, Facts(source="a", asin="B0ABCDTST1", isbn="9780000000019"))
    assert changed.book.asin is None
    assert f"did not keep isbn, asin of item {item.id}" in caplog.text


async def test_an_item_that_is_gone_is_refused(plugin: Audiobookshelf) -> None:
    for gone in ("00000000-0000-0000-0000-000000000000", "../../users", "..", ""):
        with pytest.raises(Refused) as caught:
            await plugin.update(gone, Facts(source="a", title="X"))
        assert caught.value.code == "no_item"


async def test_a_plain_user_may_not_write(
    plugin_for: PluginFor, item: LibraryItem, server: AudiobookshelfStandIn
) -> None:
    reader = plugin_for(token="secret-key-of-a-plain-user")
    with pytest.raises(AuthFailed, match="must be an admin's"):
        await reader.update(item.id, Facts(source="a", title="X"))
    assert server.shelf.items[item.id].texts["title"] == "The Iron Bough"


async def test_a_cover_that_cannot_be_fetched_is_only_a_warning(
    plugin: Audiobookshelf, item: LibraryItem, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        changed = await plugin.update(item.id, Facts(source="a", asin="B0ABCDTST1", cover="http://127.0.0.1:9/x.jpg"))
    assert changed.book.asin == "B0ABCDTST1"
    assert "nor we could fetch a cover" in caplog.text
