"""Files truly arrive, and what is known survives the end of the program."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from audiobook_daemon.demo.torrent_maker import make_torrent

Call: TypeAlias = Callable[..., Awaitable[Any]]


async def test_an_added_torrent_is_not_listed_at_once(start: Call, login: Call, add: Call, wait_for: Call) -> None:
    stand_in = await start("4.5.2")
    stand_in.downloads.appears_after = 60
    session = await login(stand_in)

    await add(session)

    async with session.get("torrents/info") as answer:
        assert await answer.json() == []
    stand_in.downloads.appears_after = 0
    await wait_for(session, "stalledUP")


async def test_the_bytes_arrive_piece_by_piece(
    start: Call, login: Call, add: Call, wait_for: Call, content: Path, save_path: Path
) -> None:
    stand_in = await start("5.1.0", speed=10_000)
    session = await login(stand_in)
    await add(session)

    row = await wait_for(session, "downloading")
    while row["progress"] == 0:
        row = await wait_for(session, "downloading")
    assert 0 < row["progress"] < 1
    assert row["amount_left"] == 80_000 - row["completed"]
    stand_in.downloads.speed = 10_000_000
    row = await wait_for(session, "stalledUP")

    assert (row["progress"], row["amount_left"]) == (1, 0)
    for name in ("1.mp3", "2.mp3"):
        assert (save_path / "Book" / name).read_bytes() == (content / "Book" / name).read_bytes()


async def test_without_its_content_a_torrent_stalls_until_it_is_there(
    start: Call, login: Call, add: Call, wait_for: Call, content: Path
) -> None:
    (content / "Book").rename(content / "away")
    session = await login(await start("5.1.0"))
    await add(session)

    assert (await wait_for(session, "stalledDL"))["num_seeds"] == 0
    (content / "away").rename(content / "Book")

    await wait_for(session, "stalledUP")


async def test_a_single_file_lands_in_the_save_path(
    start: Call, login: Call, add: Call, wait_for: Call, content: Path, tmp_path: Path
) -> None:
    (content / "Single.m4b").write_bytes(b"x" * 1000)
    session = await login(await start("5.1.0"))
    await add(
        session,
        make_torrent(content / "Single.m4b", "http://127.0.0.1:9/announce"),
        savepath=str(tmp_path / "Übung"),
        category="Hörbücher",
        tags="a,ü",
    )

    row = await wait_for(session, "stalledUP")

    assert row["content_path"] == str(tmp_path / "Übung" / "Single.m4b")
    assert (row["category"], row["tags"]) == ("Hörbücher", "a, ü")
    assert (tmp_path / "Übung" / "Single.m4b").read_bytes() == b"x" * 1000


@pytest.mark.parametrize(
    ("fields", "below"),
    [
        ({}, ""),
        ({"savepath": "relative"}, "relative"),
        ({"category": "audio"}, ""),
        ({"category": "audio", "autoTMM": "true", "savepath": "/ignored"}, "books"),
        ({"category": "new", "autoTMM": "true"}, "new"),
    ],
)
async def test_where_a_torrent_goes(
    start: Call, login: Call, add: Call, wait_for: Call, save_path: Path, fields: dict[str, str], below: str
) -> None:
    session = await login(await start("5.1.0"))
    async with session.post("torrents/createCategory", data={"category": "audio", "savePath": "books"}) as answer:
        assert answer.status == 200

    await add(session, **fields)

    assert (await wait_for(session, "stalledUP"))["save_path"] == str(save_path / below)


async def test_data_in_place_is_found_by_a_running_torrent_only(
    start: Call, login: Call, add: Call, wait_for: Call, content: Path, save_path: Path, info_hash: str
) -> None:
    shutil.copytree(content / "Book", save_path / "Book")
    shutil.rmtree(content / "Book")
    session = await login(await start("5.1.0"))
    await add(session, stopped="true")

    assert (await wait_for(session, "stoppedDL"))["progress"] == 0
    async with session.post("torrents/recheck", data={"hashes": info_hash.upper()}):
        assert (await wait_for(session, "stoppedUP"))["progress"] == 1


async def test_deleting_spares_foreign_files_and_other_links(
    start: Call, login: Call, add: Call, wait_for: Call, save_path: Path, tmp_path: Path, info_hash: str
) -> None:
    session = await login(await start("5.1.0"))
    await add(session)
    await wait_for(session, "stalledUP")
    (tmp_path / "library.mp3").hardlink_to(save_path / "Book" / "1.mp3")
    (save_path / "Book" / "foreign.txt").write_text("mine")

    async with session.post("torrents/delete", data={"hashes": info_hash, "deleteFiles": "true"}) as answer:
        assert answer.status == 200

    assert [path.name for path in (save_path / "Book").iterdir()] == ["foreign.txt"]
    assert (tmp_path / "library.mp3").stat().st_size == 50_000


async def test_deleting_with_the_last_file_takes_the_top_folder_along(
    start: Call, login: Call, add: Call, wait_for: Call, save_path: Path, info_hash: str
) -> None:
    session = await login(await start("4.5.2"))
    await add(session)
    await wait_for(session, "stalledUP")

    async with session.post("torrents/delete", data={"hashes": info_hash, "deleteFiles": "true"}):
        assert list(save_path.iterdir()) == []
    async with session.get("torrents/properties", params={"hash": info_hash}) as answer:
        assert answer.status == 404


async def test_a_limit_ends_the_seeding(start: Call, login: Call, add: Call, wait_for: Call, info_hash: str) -> None:
    stand_in = await start("5.1.0")
    session = await login(stand_in)
    await add(session, ratioLimit="1.5")
    await wait_for(session, "stalledUP")

    stand_in.transfers[info_hash].upload_speed = 1_000_000

    assert (await wait_for(session, "stoppedUP"))["ratio"] >= 1.5


async def test_preferences_cannot_be_changed_and_every_try_is_remembered(start: Call, login: Call) -> None:
    stand_in = await start("5.1.0")
    session = await login(stand_in)
    async with session.get("app/preferences") as answer:
        before = await answer.json()

    async with session.post("app/setPreferences", data={"json": '{"dht": true}'}) as answer:
        assert answer.status == 403
    async with session.post("app/shutdown") as answer:
        assert answer.status == 403

    assert stand_in.refused == ['setPreferences {"dht": true}', "shutdown"]
    async with session.get("app/preferences") as answer:
        assert await answer.json() == before


async def test_another_life_goes_on_where_this_one_ended(
    start: Call, login: Call, add: Call, wait_for: Call, content: Path, save_path: Path, tmp_path: Path, info_hash: str
) -> None:
    state = tmp_path / "state.json"
    first = await start("4.5.2", speed=10_000, state=state)
    session = await login(first)
    await add(session, category="audio", tags="a")
    row = await wait_for(session, "downloading")
    while not row["completed"]:
        row = await wait_for(session, "downloading")
    await first.stop()

    second = await start("4.5.2", state=state)
    session = await login(second)
    assert second.added[info_hash] == 1
    row = await wait_for(session, "stalledUP")

    assert (row["category"], row["tags"]) == ("audio", "a")
    for name in ("1.mp3", "2.mp3"):
        assert (save_path / "Book" / name).read_bytes() == (content / "Book" / name).read_bytes()


async def test_vanished_files_are_noticed_at_the_next_start(
    start: Call, login: Call, add: Call, wait_for: Call, save_path: Path
) -> None:
    stand_in = await start("5.3.0")
    session = await login(stand_in)
    await add(session)
    await wait_for(session, "stalledUP")
    (save_path / "Book" / "2.mp3").unlink()

    await stand_in.stop()
    await stand_in.start()

    await wait_for(await login(stand_in), "missingFiles")


async def test_files_that_cannot_be_written_are_an_error(
    start: Call, login: Call, add: Call, wait_for: Call, save_path: Path, info_hash: str
) -> None:
    (save_path / "Book").write_text("a file where the folder should be")
    stand_in = await start("5.1.0")
    session = await login(stand_in)
    await add(session)
    await wait_for(session, "error")

    (save_path / "Book").unlink()
    async with session.post("torrents/start", data={"hashes": info_hash}):
        await wait_for(session, "stalledUP")


@pytest.mark.parametrize("state", ["moving", "unknown"])
async def test_a_state_can_be_pretended(
    start: Call, login: Call, add: Call, wait_for: Call, info_hash: str, state: str
) -> None:
    stand_in = await start("5.1.0")
    session = await login(stand_in)
    await add(session)
    await wait_for(session, "stalledUP")

    stand_in.transfers[info_hash].pretended_state = state

    assert (await wait_for(session, state))["progress"] == 1
