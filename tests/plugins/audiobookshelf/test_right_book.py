"""What is admitted is this book, whole; what stands in its way is told as a sentence with the path."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook_daemon import Facts, LibraryItem, Refused, Unavailable
from audiobook_daemon.demo.audio import AudioTags
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.audiobookshelf.scan import keep_picture
from audiobook_daemon.demo.faults import Fault
from audiobook_daemon.demo.mp3 import make_mp3
from audiobook_plugins.audiobookshelf import Audiobookshelf

Put = Callable[..., Path]
PluginFor = Callable[..., Audiobookshelf]


async def refused(plugin: Audiobookshelf, folder: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        await plugin.admit(str(folder))
    return caught.value


async def old_book(plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn) -> LibraryItem:
    """A book with everything the library can hold of one; the next new folder will get its inode."""
    old = await plugin.admit(str(put("Old Author/Old Title", seconds=2)))
    await plugin.update(old.id, Facts(source="test", asin="B0ABCDTST1", subtitle="Old", tags=("old",)))
    keep_picture(server.shelf.items[old.id], b"\xff\xd8old", ".jpg")
    server.library.scanner.reuses_inodes = True
    return old


def removed(item: LibraryItem) -> None:
    assert item.path
    shutil.rmtree(item.path)


async def test_a_book_on_the_inode_of_another_does_not_inherit_what_was_said_of_that(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    old = await old_book(plugin, put, server)
    removed(old)
    with caplog.at_level(logging.WARNING):
        item = await plugin.admit(str(put("New Author/New Title", seconds=60)))
    assert item.id == old.id, "the trap was set"
    assert (item.book.title, item.book.authors, item.book.subtitle, item.book.asin) == ("New Title", (), None, None)
    assert (item.tags, item.cover) == ((), False)
    assert item.runtime == pytest.approx(60, abs=0.1)
    assert "took the new book at" in caplog.text
    assert str(old.path) in caplog.text


async def test_a_fault_after_the_scan_does_not_make_it_forget_what_the_item_was(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    old = await old_book(plugin, put, server)
    removed(old)
    folder = put("New Author/New Title", seconds=60)
    server.faults.next(Fault.HTML, match="/api/items/")
    with pytest.raises(Unavailable):
        await plugin.admit(str(folder))
    assert len(server.scans) == 2
    item = await plugin.admit(str(folder))
    assert (item.id, item.book.title, item.book.asin) == (old.id, "New Title", None)


async def test_a_scan_for_another_folder_does_not_hide_what_the_item_was(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    old = await old_book(plugin, put, server)
    removed(old)
    folder = put("New Author/New Title", seconds=60)
    other = await plugin.admit(str(put("Zoe Author/Other", seconds=3)))
    assert server.shelf.items[old.id].rel_path == "New Author/New Title", "the trap was set"
    item = await plugin.admit(str(folder))
    assert (item.id, item.book.title, item.book.asin) == (old.id, "New Title", None)
    assert other.book.title == "Other"
    assert len(server.scans) == 2


async def test_a_book_of_the_same_length_is_another_book_all_the_same(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    old = await old_book(plugin, put, server)
    removed(old)
    item = await plugin.admit(str(put("New Author/New Title", seconds=2, tags=AudioTags(album="Something Else"))))
    assert (item.id, item.book.asin) == (old.id, None)


async def test_an_item_that_was_mistaken_before_anybody_watched_is_told_and_nothing_is_cleared(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    old = await old_book(plugin, put, server)
    server.shelf.items[old.id].added_at -= 3_600_000
    removed(old)
    folder = put("New Author/New Name", seconds=60)
    await server.library.scanner.library(server.shelf)
    with caplog.at_level(logging.WARNING):
        item = await plugin.admit(str(folder))
    assert (item.id, item.book.asin) == (old.id, "B0ABCDTST1")
    assert "calls the book at" in caplog.text
    assert "'Old Title'" in caplog.text


async def test_a_renamed_folder_is_not_mistaken_for_another_book(
    plugin: Audiobookshelf, put: Put, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = await plugin.admit(str(put("A/One", seconds=5)))
    await plugin.update(first.id, Facts(source="test", asin="B0ABCDTST1"))
    (folder / "A" / "One").rename(folder / "A" / "Other Words")
    with caplog.at_level(logging.WARNING):
        moved = await plugin.admit(str(folder / "A" / "Other Words"))
    assert (moved.id, moved.book.asin) == (first.id, "B0ABCDTST1")
    assert "took the new book" not in caplog.text


async def test_other_files_at_a_known_path_are_scanned_before_the_item_counts(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    folder = put("A/One", seconds=2)
    first = await plugin.admit(str(folder))
    (folder / "book.mp3").unlink()
    (folder / "better.mp3").write_bytes(make_mp3(30, AudioTags()))
    again = await plugin.admit(str(folder))
    assert again.id == first.id
    assert again.runtime == pytest.approx(30, abs=0.1)
    assert len(server.scans) == 2


async def test_a_file_the_server_cannot_read_is_named(plugin: Audiobookshelf, put: Put) -> None:
    folder = put("A/One")
    (folder / "damaged.mp3").write_bytes(b"no audio at all")
    error = await refused(plugin, folder)
    assert error.code == "unreadable"
    assert str(error) == f"Audiobookshelf could not read 1 of the 2 audio files in {folder}: damaged.mp3."


async def test_a_book_of_damaged_files_only(plugin: Audiobookshelf, put: Put) -> None:
    folder = put("A/One")
    (folder / "book.mp3").write_bytes(b"no audio at all")
    error = await refused(plugin, folder)
    assert error.code == "unreadable"
    assert f"holds no item at {folder}: it could read none of the 1 audio files" in str(error)


@pytest.mark.parametrize("closed", ["A", "A/One", "A/One/book.mp3"])
async def test_what_is_closed_to_the_server_s_user_is_named(
    plugin: Audiobookshelf, put: Put, folder: Path, server: AudiobookshelfStandIn, closed: str
) -> None:
    server.library.scanner.other_user = True
    book = put("A/One")
    place = folder / closed
    place.chmod(0o700 if place.is_dir() else 0o600)
    error = await refused(plugin, book)
    assert error.code == "unreadable"
    assert f"may not read {place}, which is closed to other users" in str(error)


@pytest.mark.parametrize("loose", ["A/loose.mp3", "A/S/loose.m4b"])
async def test_a_loose_audio_file_further_up_is_named_before_anything_is_asked(
    plugin: Audiobookshelf, put: Put, folder: Path, server: AudiobookshelfStandIn, loose: str
) -> None:
    book = put("A/S/One")
    (folder / loose).write_bytes(make_mp3(1, AudioTags()))
    error = await refused(plugin, book)
    assert error.code == "swallowed"
    assert f"takes {(folder / loose).parent} and everything below it for one book" in str(error)
    assert f"because of {folder / loose}: move that file into a folder of its own" in str(error)
    assert server.scans == []


async def test_an_e_book_further_up_swallows_the_folder_too(plugin: Audiobookshelf, put: Put, folder: Path) -> None:
    book = put("A/One")
    (folder / "A" / "loose.epub").write_bytes(b"words")
    error = await refused(plugin, book)
    assert error.code == "swallowed"
    assert str(folder / "A" / "loose.epub") in str(error)


async def test_a_book_whose_parts_became_books_is_told(plugin: Audiobookshelf, put: Put) -> None:
    first, second = put("A/One/Part 1"), put("A/One/Part 2")
    error = await refused(plugin, first.parent)
    assert error.code == "fallen_apart"
    assert f"takes 2 folders in {second.parent} for books of their own, the first is {first}:" in str(error)


async def test_a_book_whose_discs_are_joined_is_whole(plugin: Audiobookshelf, put: Put) -> None:
    folder = put("A/One/CD 1").parent
    put("A/One/Disc 2")
    item = await plugin.admit(str(folder))
    assert (item.path, item.files) == (str(folder), 2)


async def test_audio_in_the_library_s_own_folder_swallows_nothing(
    plugin: Audiobookshelf, put: Put, folder: Path
) -> None:
    (folder / "loose.mp3").write_bytes(make_mp3(1, AudioTags()))
    assert (await plugin.admit(str(put("A/One")))).book.title == "One"


async def test_a_server_that_sees_other_files_than_we_do(
    plugin_for: PluginFor, folder: Path, tmp_path: Path, server: AudiobookshelfStandIn
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "A" / "One").mkdir(parents=True)
    (elsewhere / "A" / "One" / "book.mp3").write_bytes(make_mp3(1, AudioTags()))
    plugin = plugin_for(paths=[(folder, elsewhere)])
    with pytest.raises(Unavailable, match=r"it sees no such folder there: check `paths` and the mounts"):
        await plugin.admit(str(elsewhere / "A" / "One"))


async def test_a_server_that_does_not_say_what_it_sees(
    plugin: Audiobookshelf, put: Put, server: AudiobookshelfStandIn
) -> None:
    folder = put("A/One")
    (folder / "book.mp3").write_bytes(b"no audio at all")
    server.faults.always(Fault.NOT_FOUND, "/api/filesystem")
    with pytest.raises(Unavailable, match=r"Does it see the same files"):
        await plugin.admit(str(folder))
