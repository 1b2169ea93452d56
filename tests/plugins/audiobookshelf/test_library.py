"""Listing, searching, the root folder and the doctor's look, against the stand-in."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.audiobookshelf.pages import every

from audiobook_daemon import AuthFailed, Book, Facts, Level, Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_plugins.audiobookshelf import Audiobookshelf, listing
from audiobook_plugins.audiobookshelf.client import Client

Put = Callable[..., Path]
PluginFor = Callable[..., Audiobookshelf]


async def _shelve(plugin: Audiobookshelf, *folders: Path) -> None:
    for folder in folders:
        await plugin.admit(str(folder))


async def test_all_pages_are_read_in_order_of_arrival(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    titles = [f"Title {number}" for number in range(7)]
    for title in titles:
        await _shelve(plugin, put(f"Ada Lovett/{title}"))
    server.requests.clear()
    items = await every(plugin)
    assert [item.book.title for item in items] == titles
    assert {item.library for item in items} == {"shelf"}
    pages = [request for request in server.requests if request.path.endswith("/items")]
    assert len(pages) == 3


async def test_pages_are_bounded_and_sorted(plugin_for: PluginFor, spy: Any) -> None:  # noqa: ANN401
    """Without a limit the server sends everything, without a sort in no order at all."""
    await every(plugin_for(http=spy))
    (sent,) = spy.to("/items")
    assert sent["params"] == {"limit": "500", "page": "0", "sort": "addedAt", "minified": "1"}


async def test_an_empty_library_has_no_items(plugin: Audiobookshelf) -> None:
    assert await every(plugin) == []


async def test_a_damaged_row_is_left_out_and_counted_once(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    await _shelve(plugin, put("A/One"), put("A/Two"), put("A/Three"))
    for item in server.shelf.items.values():
        item.texts["publisher"] = None if item.texts["title"] == "Three" else 7  # type: ignore[assignment]
    with caplog.at_level(logging.WARNING):
        items = await every(plugin)
    assert [item.book.title for item in items] == ["Three"]
    assert [record.getMessage() for record in caplog.records] == [
        "shelf: 2 of 3 library items are damaged and left out."
    ]


async def test_a_server_that_repeats_a_page_is_not_believed(
    plugin: Audiobookshelf, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _shelve(plugin, put("A/One"), put("A/Two"), put("A/Three"))
    monkeypatch.setattr(listing, "PAGE", 2)
    original = Client.page

    async def first_page(self: Client, library: str, _number: int, **named: Any) -> listing.PageBody:  # noqa: ANN401
        body = await original(self, library, 0, **named)
        return replace(body, number=_number)

    monkeypatch.setattr(Client, "page", first_page)
    with pytest.raises(Unavailable, match="same page"):
        await every(plugin)


async def test_find_asks_for_asin_isbn_and_title(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    await _shelve(plugin, put("A/Salt and Signal"), put("A/Low Tide"), put("A/Lanterns"), put("A/Other"))
    ids = {item.book.title: item.id for item in await every(plugin)}
    await plugin.update(ids["Low Tide"], Facts(source="test", asin="B0ABCDTST3"))
    await plugin.update(ids["Lanterns"], Facts(source="test", isbn="9780000000026"))
    book = Book(title="Salt and Signal", asin="B0ABCDTST3", isbn="9780000000026")
    found = await plugin.find(book)
    assert [item.book.title for item in found] == ["Low Tide", "Lanterns", "Salt and Signal"]
    assert await plugin.find(Book(title="Nowhere")) == []


async def test_find_without_any_words_asks_nothing(plugin: Audiobookshelf, server: AudiobookshelfStandIn) -> None:
    assert await plugin.find(Book(title=" ")) == []
    assert not [request for request in server.requests if request.path.endswith("/search")]


async def test_find_survives_titles_no_address_can_hold(plugin: Audiobookshelf) -> None:
    assert await plugin.find(Book(title="A\ud800 & B? #1")) == []


async def test_a_missing_item_is_said_to_be_missing(plugin: Audiobookshelf, put: Put, tmp_path: Path) -> None:
    gone = put("A/Gone")
    await _shelve(plugin, gone, put("A/Here"))
    gone.rename(tmp_path / "elsewhere")
    await _shelve(plugin, put("A/Later", seconds=3))
    assert {item.book.title: item.missing for item in await every(plugin)}["Gone"]


async def test_the_root_is_the_librarys_folder_here(
    plugin: Audiobookshelf, plugin_for: PluginFor, folder: Path, tmp_path: Path, put: Put
) -> None:
    assert await plugin.root() == str(folder)
    await _shelve(plugin, put("A/One"))
    here = tmp_path / "here"
    here.symlink_to(folder)
    mapped = plugin_for(paths=[(folder, here)])
    assert await mapped.root() == str(here)
    assert [item.path for item in await every(mapped)] == [str(here / "A" / "One")]


async def test_a_root_that_is_not_here_is_explained(plugin_for: PluginFor, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"no such folder on this machine\. Mount it, or tell with `paths`"):
        await plugin_for(paths=[(folder, tmp_path / "nowhere")]).root()


async def test_an_empty_root_with_known_books_looks_like_a_lost_mount(
    plugin: Audiobookshelf, plugin_for: PluginFor, put: Put, folder: Path, tmp_path: Path
) -> None:
    await _shelve(plugin, put("A/One"))
    (tmp_path / "mountpoint").mkdir()
    with pytest.raises(Unavailable, match="Is it mounted here"):
        await plugin_for(paths=[(folder, tmp_path / "mountpoint")]).root()


@pytest.mark.parametrize("name", ["Audiobooks", "audiobooks ", None])
async def test_the_library_is_found_by_name(plugin_for: PluginFor, name: str | None, folder: Path) -> None:
    assert await plugin_for(library=name).root() == str(folder)


async def test_the_library_is_found_by_id(plugin_for: PluginFor, server: AudiobookshelfStandIn, folder: Path) -> None:
    assert await plugin_for(library=server.shelf.library_id).root() == str(folder)


async def test_an_unknown_library_is_named_with_those_there_are(plugin_for: PluginFor) -> None:
    with pytest.raises(Unavailable, match="no book library 'Podcasts'; there are: 'Audiobooks'"):
        await plugin_for(library="Podcasts").start()


async def test_start_learns_the_version(plugin: Audiobookshelf) -> None:
    await plugin.start()
    assert plugin.service_version == "2.36.0"


async def test_a_prefix_in_the_address_is_kept(
    plugin_for: PluginFor, server: AudiobookshelfStandIn, folder: Path
) -> None:
    assert await plugin_for(url=f"{server.url}/audiobookshelf/").root() == str(folder)
    assert {request.path.split("/")[1] for request in server.requests} == {"audiobookshelf"}


async def test_a_wrong_key_is_the_users_business(plugin_for: PluginFor) -> None:
    plugin = plugin_for(token="wrong-secret")
    with pytest.raises(AuthFailed, match="refused the API key") as caught:
        await every(plugin)
    assert "wrong-secret" not in str(caught.value)


async def test_a_plain_users_key_may_not_scan(plugin_for: PluginFor, put: Put) -> None:
    plugin = plugin_for(token="secret-key-of-a-plain-user")
    with pytest.raises(AuthFailed, match="must be an admin's"):
        await plugin.admit(str(put("A/One")))


async def test_the_doctor_finds_a_good_set_up_good(plugin: Audiobookshelf) -> None:
    findings = await plugin.check()
    assert [finding.level for finding in findings] == [Level.OK] * 3
    assert "2.36.0" in findings[0].text
    assert plugin.service_version == "2.36.0"


async def test_a_disk_that_fails_is_no_mistake_of_the_program(
    plugin: Audiobookshelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    place = folder / "A"
    place.mkdir()
    monkeypatch.setattr(Path, "is_dir", fail)
    with pytest.raises(Unavailable, match="cannot be looked at: Input/output error"):
        await plugin.admit(str(place))
    monkeypatch.setattr(os, "scandir", fail)
    with pytest.raises(Unavailable, match="cannot be read: Input/output error"):
        await plugin.root()


async def test_the_doctor_sees_what_is_wrong(
    plugin_for: PluginFor, server: AudiobookshelfStandIn, folder: Path, tmp_path: Path
) -> None:
    server.server_settings["storeMetadataWithItem"] = True
    plugin = plugin_for(token="secret-key-of-a-plain-user", paths=[(folder, tmp_path / "nowhere")])
    findings = await plugin.check()
    assert [finding.level for finding in findings] == [Level.OK, Level.FAILURE, Level.WARNING, Level.FAILURE]
    assert "metadata.json" in findings[2].text
    assert "no such folder" in findings[3].text


async def test_tags_of_the_files_are_told(plugin: Audiobookshelf, put: Put) -> None:
    tags = AudioTags(album="The Glass Orchard", artist="Ada Lovett", composer="Nora Quill, Tom Sedge", year=2011)
    item = await plugin.admit(str(put("X/Y", seconds=4, tags=tags)))
    assert (item.book.title, item.book.authors, item.book.year) == ("The Glass Orchard", ("Ada Lovett",), 2011)
    assert item.narrators == ("Nora Quill", "Tom Sedge")
    assert item.runtime == pytest.approx(4, abs=0.1)
