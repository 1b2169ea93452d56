"""A folder that left the library no longer counts as there; its item stays, and is the same when the folder is back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon import Unavailable
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_plugins.audiobookshelf import Audiobookshelf

Put = Callable[..., Path]


async def test_an_item_whose_folder_went_into_the_trash_is_missing_and_comes_back_the_same(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, folder: Path
) -> None:
    other, book = put("A/Other"), put("A/One")
    item, neighbour = await plugin.admit(str(book)), await plugin.admit(str(other))
    trash = folder / ".audiobook-daemon-trash" / "One"
    trash.parent.mkdir()
    book.rename(trash)
    await plugin.dismiss(str(book))
    assert {one.id: one.missing for one in await plugin.read([item.id, neighbour.id])} == {
        item.id: True, neighbour.id: False,
    }  # fmt: skip
    assert set(server.shelf.items) == {item.id, neighbour.id}, "what lies in the trash is no book of the library"
    trash.rename(book)
    assert (await plugin.admit(str(book))).id == item.id
    assert [one.missing for one in await plugin.read([item.id])] == [False]


async def test_an_item_that_is_missing_already_costs_no_scan(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, folder: Path
) -> None:
    book = put("A/One")
    await plugin.admit(str(book))
    book.rename(folder / ".gone")
    await plugin.dismiss(str(book))
    scans = len(server.scans)
    await plugin.dismiss(str(book))
    await plugin.dismiss(str(folder / "A" / "Never Known"))
    await plugin.dismiss("/somewhere/else")
    assert len(server.scans) == scans


async def test_a_folder_that_is_still_there_is_said_to_be(plugin: Audiobookshelf, put: Put) -> None:
    book = put("A/One")
    await plugin.admit(str(book))
    with pytest.raises(Unavailable, match="still finds a book at"):
        await plugin.dismiss(str(book))
