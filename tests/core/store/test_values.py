"""Values come back as they went in, whoever wrote the row, and moments keep their meaning."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import StatementError

import audiobook_daemon.store.catalogue_tables
import audiobook_daemon.store.daemon_tables
import audiobook_daemon.store.shelving_tables
import audiobook_daemon.store.web_tables  # noqa: F401 - as does this
from audiobook_daemon.models import (
    Book,
    Download,
    FieldValue,
    LibraryItem,
    Offer,
    Price,
    Proposal,
    Quota,
    Release,
    Replaced,
    Run,
    SeriesPlace,
    Stance,
    TorrentFile,
    Verdict,
    Want,
    WantState,
    Wish,
    Work,
    WorkKind,
)
from audiobook_daemon.store import Candidate, Database, Decision, Stated, WantChanges
from audiobook_daemon.store.tables import metadata
from audiobook_daemon.store.types import Moment, Value, Word

DIALECT = create_engine("sqlite://").dialect

BOOK = Book(
    "Ронья",
    ("Astrid Lindgren", "Å"),
    "дочь разбойника",
    (SeriesPlace("S", "2.5"), SeriesPlace("T")),
    "ru",
    1981,
    "9783789129407",
    "B0000X",
    ("Ronja",),
    ("B0000Y", "3789129402"),
)
WISH = Wish(
    BOOK,
    "top10",
    ("N", "M"),
    ("ru", "de"),
    True,
    True,
    (1.5, 30_000.0),
    Quota("fantasy", 10),
    7,
    "most snatched, rank 7",
)
WORK = Work(BOOK, "hardcover", "12", WorkKind.NOVELLA, "2027-01-31", ("N",), 3.5, False, True, "us", ("T", "U"), 9)
RELEASE = Release(
    "mam",
    "1",
    "T",
    ("A",),
    ("N",),
    (SeriesPlace("S", "1-3"),),
    "en",
    ("m4b", "mp3"),
    2**33,
    3,
    128,
    3.5,
    False,
    True,
    True,
    ("audiobooks",),
    "tag",
    "978",
    "B0",
    5,
    0,
    7,
    Price.FREE,
    True,
    datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
    "https://tracker.example/t/1",
    "c" * 40,
    1.0,
    259_200,
    (Offer("prowlarr", "7"),),
    {"dl": "x"},
)


_OWN = {
    "status",
    "import_source",
    "metadata_source",
    "item_id",
    "match_key",
    "seen",
    "author_key",
    "series_keys",
    "completeness",
    "first_seen",
    "corrected",
    "correction",
}


def through(kind: Any, value: object) -> object:  # noqa: ANN401
    column = Value(kind)
    stored = json.dumps(column.process_bind_param(value, DIALECT))
    return column.process_result_value(json.loads(stored), DIALECT)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Wish, WISH),
        (Wish, Wish(Book("bare"))),
        (Release, RELEASE),
        (Release, Release("s", "k", "t")),
        (tuple[TorrentFile, ...], (TorrentFile("a/b", 2**40), TorrentFile("a/c", 0))),
        (tuple[SeriesPlace, ...], ()),
        (tuple[Book, ...], (BOOK, Book("bare"))),
        (
            tuple[Candidate, ...],
            (Candidate(RELEASE, (Verdict("c", Stance.VETO, "r", "mam", "title", -2.5),), 0.25, "l"),),
        ),
        (tuple[Proposal, ...], (Proposal(2, "T", "mam", "1", "N", "m4b", 2**33, "r"), Proposal(1, "T", "mam", "2"))),
        (tuple[str, ...], ("ein", "zwei")),
        (tuple[int, ...], (3, 1)),
        (Replaced, Replaced("audiobookshelf", "li_1", "/books/A/T")),
        (Work, WORK),
        (tuple[Work, ...], (WORK, Work(Book("bare")))),
        (Stated, Stated()),
        (Stated, Stated(by_hand=True, name="Tides", authors=("Mira Holt",), total=4, ids={"goodreads": "45"})),
        (FieldValue, True),
        (FieldValue, 1815),
        (FieldValue, "1815"),
        (FieldValue, ("Jane Austen",)),
        (FieldValue, (SeriesPlace("Novels", "2.5"), SeriesPlace("Side"))),
    ],
)
def test_every_value_comes_back_equal_and_of_the_same_type(kind: object, value: object) -> None:
    back = through(kind, value)
    assert back == value
    # Equality alone would let a text pass for a word of an enum. Pydantic has its own class for the zone.
    assert repr(back).replace("TzInfo(0)", "datetime.timezone.utc") == repr(value)


def test_every_value_column_is_among_those_tried() -> None:
    kinds = {
        column.type.kind for table in metadata.tables.values() for column in table.c if isinstance(column.type, Value)
    }
    tried = {
        *(Wish, Release, tuple[TorrentFile, ...], tuple[SeriesPlace, ...], tuple[Candidate, ...], tuple[str, ...]),
        *(tuple[Book, ...], tuple[Proposal, ...], Work, tuple[Work, ...], tuple[int, ...], FieldValue),
        *(Replaced, Stated),
    }
    assert kinds == tried


def test_no_field_of_a_value_is_without_a_column() -> None:
    def columns(table: str) -> set[str]:
        return {column.name for column in metadata.tables[table].c}

    def names(*kinds: type[Any]) -> set[str]:
        return {field.name for kind in kinds for field in fields(kind)}

    of_wishes = {"aliases", "other_ids"}  # no library knows them

    assert columns("wants") == names(Want) | {"title", "author", "rank", "ids"}
    assert names(Want) - WantChanges.__annotations__.keys() == {"id", "key", "version", "created", "changed"}
    assert columns("runs") == names(Run)
    of_the_moment = {"seeding", "seeding_time"}
    assert columns("downloads") == names(Download) - of_the_moment | {
        "want_id",
        "added",
        "changed",
        "progressed",
        "finished",
    }
    assert columns("books") - _OWN == names(LibraryItem, Book) - {"book"} - of_wishes
    assert columns("decisions") == names(Decision)


@dataclass(frozen=True, slots=True)
class Older:
    name: str


@dataclass(frozen=True, slots=True)
class Newer:
    name: str
    colours: tuple[str, ...] = ("red",)
    note: str | None = None


def test_rows_of_an_older_program_get_the_defaults() -> None:
    stored = Value(Older).process_bind_param(Older("a"), DIALECT)
    assert Value(Newer).process_result_value(stored, DIALECT) == Newer("a", ("red",), None)


def test_what_a_newer_program_added_is_ignored() -> None:
    stored = Value(Newer).process_bind_param(Newer("a", (), "n"), DIALECT)
    assert Value(Older).process_result_value(stored, DIALECT) == Older("a")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 7, 1, 12, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
async def test_moments_come_back_the_same_and_in_utc(database: Database, moment: datetime) -> None:
    # As values: two moments in one zone compare by their clock faces, and hide the hour that comes twice.
    want, _ = await database.wants.add("k", WISH, next_try=moment)
    read = await database.wants.get(want.id)
    assert read is not None
    assert read.next_try is not None
    assert read.next_try.tzinfo is UTC
    assert read.next_try.timestamp() == moment.timestamp()


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        await database.wants.add("k", WISH, next_try=datetime(2026, 1, 1))  # noqa: DTZ001
    assert await database.wants.by_key("k") is None


def test_nothing_stays_nothing() -> None:
    for column in (Moment(), Value(Wish), Word(WantState)):
        assert column.process_bind_param(None, DIALECT) is None
        assert column.process_result_value(None, DIALECT) is None


def test_a_word_is_stored_as_people_read_it() -> None:
    assert Word(WantState).process_bind_param(WantState.GIVEN_UP, DIALECT) == "given_up"
    assert Word(WantState).process_result_value("given_up", DIALECT) is WantState.GIVEN_UP
