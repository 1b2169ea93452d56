"""One state of everything, and a database made anew from it, of either kind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Float, Integer, LargeBinary, MetaData, Table, Text, create_engine
from tests.core.store.filling import ROWS, fill
from tests.postgresql.databases import Databases

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Book, BookStatus, LibraryItem, Wish
from audiobook_daemon.store import BookKeys, BookQuery, Database, PlainRow, migrations, open_part, rebuilt
from audiobook_daemon.store.address import read_address
from audiobook_daemon.store.migrations.upgrade import upgrade
from audiobook_daemon.store.plain_rows import PASSING, bound, plain, portable, portable_tables
from audiobook_daemon.store.snapshot import taken
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment, PortableJson

NOW = datetime(2026, 11, 26, 18, 30, tzinfo=UTC)
Held = dict[str, list[PlainRow]]


@pytest.fixture
async def other(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database of the other kind, which is not there yet."""
    if kind == "postgresql":
        yield f"sqlite://{tmp_path / 'elsewhere' / 'state.db'}"
        return
    databases: Databases = request.getfixturevalue("postgresql")
    async with databases.blank() as lent:
        yield lent


async def held(url: str) -> tuple[Held, dict[str, int]]:
    async with Database.open(url, exclusive=False) as database, database.snapshot() as snapshot:
        rows = {name: [row async for chunk in snapshot.rows(name) for row in chunk] for name in snapshot.tables}
        return json.loads(json.dumps(rows)), dict(snapshot.sequences)


async def rebuild(url: str, held_before: Held, sequences: dict[str, int], *, aside: bool = False) -> str | None:
    async with rebuilt(url, migrations.REVISIONS[-1], aside=aside, now=NOW) as filling:
        for name, rows in held_before.items():
            await filling.load(name, rows)
        await filling.number_on(sequences)
    return filling.aside


async def test_every_table_goes_whole_to_a_database_of_the_other_kind_and_numbers_go_on(
    address: str, database: Database, other: str, wish: Wish
) -> None:
    for _ in range(9):
        await database.events.add("test", "text")
    newest = (await database.events.newest(1))[0].id
    await database.retention.forget("events", NOW)
    await fill(address)
    before, sequences = await held(address)
    assert before.keys() == metadata.tables.keys() - PASSING
    assert {name: len(rows) for name, rows in before.items()} == dict.fromkeys(before, ROWS)
    await rebuild(other, before, sequences)
    assert (await held(other))[0] == before
    async with Database.open(other) as copy:
        await copy.events.add("test", "text")
        assert [event.id for event in await copy.events.after(ROWS, 9)] == [newest + 1]
        want, is_new = await copy.wants.add("another", wish)
        assert (want.id, is_new) == (ROWS + 1, True)


async def test_books_are_found_by_their_words_in_a_database_that_was_made_anew(
    address: str, database: Database, other: str
) -> None:
    for number, title in enumerate(("Emma", "Élégie"), start=1):
        item = LibraryItem("shelf", f"item-{number}", Book(title, ("Jo Quill",)))
        await database.books.upsert([(item, BookKeys(title.lower()))])
    await database.book_notes.put(2, status=BookStatus.ARCHIVED)
    await rebuild(other, *await held(address))
    async with Database.open(other) as copy:
        found, _ = await copy.book_lists.page(BookQuery(words="quill"))
        assert [one.item.book.title for one in found] == ["Emma"]
        await copy.book_notes.put(2, status=BookStatus.ACTIVE)
        assert (await copy.book_lists.page(BookQuery(words="eleg quill")))[1] == 1


async def test_what_is_written_meanwhile_is_not_seen_and_not_held_up(
    address: str, database: Database, wish: Wish
) -> None:
    await database.wants.add("before", wish)
    async with database.snapshot() as snapshot:
        assert await snapshot.count("wants") == 1
        await database.wants.add("meanwhile", wish)
        await database.memory("site").put("cookie", "new")
        assert [row["key"] async for chunk in snapshot.rows("wants") for row in chunk] == ["before"]
        assert [chunk async for chunk in snapshot.rows("memory")] == []
    assert await database.wants.by_key("meanwhile") is not None


@pytest.mark.usefixtures("empty_at_first")
@pytest.mark.parametrize(("revision", "kind"), [("0001", "postgresql"), ("0004", "postgresql"), ("0004", "sqlite")])
async def test_rows_of_an_older_revision_become_rows_of_this_one(file: Path, other: str, revision: str) -> None:
    file.parent.mkdir()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, revision, views=False)
        tables = portable_tables(connection)
    engine.dispose()
    await fill(f"sqlite://{file}")
    with closing(sqlite3.connect(file)) as old:
        old.execute("UPDATE wants SET torrent_files = '[]'")
        old.commit()
    async with taken(read_address(str(file))) as snapshot:
        assert snapshot.revision == revision
        before = {name: [row async for chunk in snapshot.rows(name) for row in chunk] for name in snapshot.tables}
    async with rebuilt(other, revision, aside=False, now=NOW) as filling:
        for name in filling.tables:
            await filling.load(name, before[name])
        await filling.number_on({})
    after, _ = await held(other)
    assert after.keys() == metadata.tables.keys() - PASSING
    for table in tables:
        assert len(after[table.name]) == ROWS


async def test_a_newer_revision_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"newer version of audiobook-daemon \(its revision 0815 is unknown"):
        async with rebuilt(str(tmp_path / "new" / "state.db"), "0815", aside=True, now=NOW):
            pass
    assert list(tmp_path.iterdir()) == []


async def test_what_is_there_is_refused_or_kept_aside(address: str, wish: Wish, kind: str) -> None:
    async with Database.open(address) as database:
        await database.wants.add("mine", wish)
    before, sequences = await held(address)
    with pytest.raises(DatabaseError, match=r"already\. With --set-aside"):
        await rebuild(address, before, sequences)
    assert (await held(address))[0] == before
    aside = await rebuild(address, {name: [] for name in before}, {}, aside=True)
    assert all(rows == [] for rows in (await held(address))[0].values())
    assert aside is not None
    if kind == "sqlite":
        assert aside.endswith("state.db.set-aside-20261126T183000Z")
        assert (await held(f"sqlite://{aside}"))[0] == before
    else:
        assert aside == "the schema set_aside_20261126t183000z"


async def test_a_daemon_that_runs_is_not_touched(address: str, database: Database, wish: Wish) -> None:
    await database.wants.add("mine", wish)
    with pytest.raises(DatabaseError, match="audiobook-daemon"):
        await rebuild(address, {}, {}, aside=True)
    assert await database.wants.by_key("mine") is not None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def values_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    strategies: list[tuple[type[Any], st.SearchStrategy[Any]]] = [
        (JSON, json_values),
        (Moment, st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(fold=0))),
        (LargeBinary, st.binary()),
        (Boolean, st.booleans()),
        (Integer, st.integers(-(2**63), 2**63 - 1)),
        (Float, st.floats()),
    ]
    found = next((strategy for kind, strategy in strategies if isinstance(column.type, kind)), st.text())
    return st.none() | found


TYPES = (PortableJson, Moment(), LargeBinary(), Boolean(), Integer(), Float(), Text())

MIXED = Table("mixed", MetaData(), *(Column(type(one).__name__.lower(), one) for one in TYPES))


@given(st.tuples(*map(values_of, MIXED.c)))
def test_every_value_survives_as_a_line_of_json(row: tuple[object, ...]) -> None:
    line = json.dumps(plain(row, MIXED))
    assert repr(tuple(bound(json.loads(line), MIXED).values())) == repr(row)


WANTS = Table("wants", MetaData(), *(Column(one.name, portable(one.type)) for one in metadata.tables["wants"].c))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "1"}, "id"),
        ({"id": True}, "id"),
        ({"approved": 1}, "approved"),
        ({"created": "yesterday"}, "created"),
        ({"title": 7}, "title"),
        ({"mood": "calm"}, "mood"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_by_name(change: PlainRow, says: str) -> None:
    row: PlainRow = dict.fromkeys(metadata.tables["wants"].c.keys()) | change
    with pytest.raises(DatabaseError, match=rf"A row of wants does not fit its table: {says}\."):
        bound(row, WANTS)


def test_only_what_is_no_secret_is_open() -> None:
    assert open_part("wants", {"id": 1}) == {"id": 1}
    assert open_part("memory", {"key": "cache:1", "value": 1, "secret": False}) is not None
    assert open_part("memory", {"key": "session", "value": "cookie", "secret": True}) is None
    assert open_part("memory", {"key": "session", "value": "cookie"}) is None
    assert open_part("memory", {"key": "cache:1", "value": "of a revision that does not say"}) is not None
    torrent: PlainRow = {"info_hash": "a", "content": "ZDg6YW5ub3VuY2U=", "magnet": "magnet:?tr=passkey"}
    assert open_part("torrents", torrent) == {"info_hash": "a", "content": None, "magnet": None}
