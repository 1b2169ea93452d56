"""Keys and logins: nothing that is kept opens anything by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from audiobook_daemon.store import BEGINNING, Database, KeyTaken, fits, hashed, key_hashes, new_key, sessions

DAY = timedelta(days=1)
Pass = Callable[[timedelta], datetime]
KEPT = "scrypt$16384$8$1$c2l4dGVlbiBieXRlcy4uIQ==$9irdmZMIPvQhU39S/jjwP5vRjrh3RE3JSmC/pY6hXUA="
"""Of `correct horse battery`; it has to fit for ever, for such hashes stand in databases and configurations."""


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of which a test can make many."""
    monkeypatch.setattr(key_hashes, "_COST", 2)


def test_a_key_is_new_each_time_and_known_by_its_beginning() -> None:
    keys = {new_key() for _ in range(50)}
    assert len({key[:BEGINNING] for key in keys}) == 50
    assert all(key.startswith("abd_") and len(key) >= 40 for key in keys)


def test_a_hash_fits_its_key_only_and_is_never_the_same_twice() -> None:
    assert fits("correct horse battery", KEPT)
    assert not fits("correct horse batterz", KEPT)
    assert "correct" not in KEPT
    again = hashed("correct horse battery")
    assert again != KEPT
    assert fits("correct horse battery", again)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "correct horse battery",
        "scrypt$16384$8$1$c2FsdA==$",
        "bcrypt" + KEPT.removeprefix("scrypt"),
        KEPT.replace("$16384$", "$1073741824$"),
        KEPT.replace("$8$", "$999$"),
        KEPT.replace("$1$", "$x$"),
        KEPT.replace("$16384$", "$-2$"),
        KEPT[:-5],
    ],
)
def test_what_is_no_hash_of_ours_fits_nothing(kept: str) -> None:
    assert not fits("correct horse battery", kept)


@pytest.mark.usefixtures("cheap")
async def test_a_key_is_found_by_its_name_and_its_beginning_and_not_kept(database: Database, now: datetime) -> None:
    key = new_key()
    row = await database.keys.add("tablet", key, "act", now + DAY)
    assert (row.name, row.scope, row.created, row.expires) == ("tablet", "act", now, now + DAY)
    assert key[BEGINNING:] not in repr([str(value) for value in dataclasses.astuple(row)])
    assert row.hash not in repr(row)
    assert await database.keys.get("tablet") == row
    assert await database.keys.beginning(key[:BEGINNING]) == (row,)
    assert await database.keys.beginning("abd_nothing_") == ()
    await database.keys.used(row.id)
    assert (await database.keys.all())[0].last_used == now


@pytest.mark.usefixtures("cheap")
async def test_a_name_stands_for_one_key(database: Database) -> None:
    first = await database.keys.add("tablet", new_key(), "act")
    with pytest.raises(KeyTaken, match="'tablet' already"):
        await database.keys.add("tablet", new_key(), "admin")
    assert await database.keys.all() == (first,)


@pytest.mark.usefixtures("cheap")
async def test_there_is_an_end_to_keys(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook_daemon.store.keys.MOST", 3)
    for number in range(3):
        await database.keys.add(f"key of {number}", new_key(), "read")
    with pytest.raises(KeyTaken, match="3 keys already"):
        await database.keys.add("one more", new_key(), "read")
    assert len(await database.keys.all()) == 3


@pytest.mark.usefixtures("cheap")
async def test_the_key_before_a_rotation_is_kept_for_its_time(database: Database, now: datetime) -> None:
    old, new = new_key(), new_key()
    before = await database.keys.add("tablet", old, "act")
    after = await database.keys.rotate("tablet", new, now + DAY, None)
    assert after is not None
    assert (after.previous_hash, after.previous_until) == (before.hash, now + DAY)
    assert await database.keys.beginning(old[:BEGINNING]) == await database.keys.beginning(new[:BEGINNING]) == (after,)
    assert await database.keys.rotate("phone", new_key(), now, None) is None


@pytest.mark.usefixtures("cheap")
async def test_every_change_gives_another_version_and_using_a_key_gives_none(database: Database, now: datetime) -> None:
    versions = [database.keys.version]
    row = await database.keys.add("tablet", new_key(), "act")
    versions.append(database.keys.version)
    await database.keys.rotate("tablet", new_key(), now, None)
    versions.append(database.keys.version)
    await database.keys.used(row.id)
    assert database.keys.version == versions[-1]
    assert await database.keys.remove("tablet")
    versions.append(database.keys.version)
    assert len(set(versions)) == 4
    assert not await database.keys.remove("tablet")
    assert await database.keys.all() == ()


async def test_a_session_ends_with_its_time(database: Database, now: datetime, pass_time: Pass) -> None:
    kept = await database.sessions.add("a digest", "tablet", "a proof", now + DAY)
    assert await database.sessions.get("a digest") == kept
    pass_time(DAY)
    assert await database.sessions.get("a digest") is None
    await database.sessions.add("another", "tablet", "a proof", now + 2 * DAY)
    pass_time(-DAY)
    assert await database.sessions.get("a digest") is None, "it was forgotten for good"


async def test_a_session_is_ended_and_no_other(database: Database, now: datetime) -> None:
    for digest in ("one", "other"):
        await database.sessions.add(digest, "tablet", "a proof", now + DAY)
    version = database.sessions.version
    await database.sessions.end("one")
    assert await database.sessions.get("one") is None
    assert await database.sessions.get("other")
    assert database.sessions.version != version


async def test_the_oldest_sessions_make_room(
    database: Database, now: datetime, pass_time: Pass, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST", 3)
    for digest in "abcde":
        await database.sessions.add(digest, "tablet", "a proof", now + DAY)
        pass_time(timedelta(seconds=1))
    found = [digest for digest in "abcde" if await database.sessions.get(digest)]
    assert found == ["c", "d", "e"]
