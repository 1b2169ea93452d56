"""`series`, `authors`, `missing`, `upcoming`, `follow`: what is missing and followed, for people and for programs."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audiobook_daemon.matching import book_key
from audiobook_daemon.models import Book, LibraryItem, SeriesPlace, Work, WorkKind
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import (
    AuthorStanding,
    Completion,
    Database,
    Follow,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    SeriesStanding,
)

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

HOLT = "Mira Holt"
TIDES = "tidewardens|holt mira"


def work(title: str, position: str, released: str = "2020-05-01", series: str = "The Tide Wardens") -> Work:
    book = Book(title, (HOLT,), series=(SeriesPlace(series, position),), language="en")
    return Work(book, "hardcover", position, WorkKind.NOVEL, released, audiobook=True)


WORKS = (work("Ebb", "1"), work("Flood", "2"), work("Slack Water", "3"), work("Undertow", "4", "2999-01-01"))


def gap(found: Work, state: GapState, **more: Any) -> Gap:  # noqa: ANN401
    position = found.book.series[0].position
    known = Gap(GapKind.SERIES, TIDES, book_key(found.book), found, state, position, found.released)
    return replace(known, **more)


async def _fill(path: Path, hostile: str) -> None:
    async with Database.open(f"sqlite://{path}") as database:
        item = LibraryItem("shelves", "1", WORKS[0].book, path="/books/Ebb")
        await database.books.upsert([keyed(item)])
        tides = SeriesStanding(
            TIDES, "The Tide Wardens", {"hardcover": "9"}, WORKS, 3, 1, 2, 33.3, Completion.INCOMPLETE,
            reason="audnexus could not answer.", authors=(HOLT,),
        )  # fmt: skip
        unknown = SeriesStanding("lamps|", hostile, owned=2)
        ids = await database.series.save([tides, unknown])
        author = AuthorStanding("holt mira", HOLT, owned=3, total=4, missing=1, percent=75.0, status=Completion.PARTIAL)
        await database.authors.save([author, AuthorStanding("brand otto", "Otto Brand", owned=1)])
        gaps = [
            gap(WORKS[1], GapState.FOUND),
            gap(WORKS[2], GapState.IGNORED, reason="A person does not want it."),
            gap(WORKS[3], GapState.UNRELEASED),
        ]
        await database.gaps.save([(one, ids[TIDES]) for one in gaps])
        await database.merges.propose([MergeProposal("series", TIDES, "lamps|", "The Tide Wardens", "they are alike")])
        rule = {"author": HOLT, "pace": 2, "back": False, "languages": ["en", "de"]}
        await database.follows.add(Follow("author", "holt mira", HOLT, rule=rule))


@pytest.fixture
def known(config: Path, hostile: str) -> Path:
    asyncio.run(_fill(config.with_name("state.db"), hostile))
    return config


def change(config: Path, work: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
    async def inside() -> None:
        async with Database.open(f"sqlite://{config.with_name('state.db')}") as database:
            await work(database)

    asyncio.run(inside())


def lines(text: str) -> list[str]:
    return [re.sub(r" {2,}", "|", line.strip()) for line in text.splitlines()]


@pytest.mark.usefixtures("known")
def test_series_with_what_is_owned_and_what_may_be_one(invoke: Invoke) -> None:
    told = invoke("series")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "The Tide Wardens|Mira Holt|1/3|███░░░░░░░|incomplete" in lines(told.stdout)
    assert "`do accept_merge 1` makes them one" in told.stdout
    complete = invoke("series", "--status", "complete")
    assert "Tide Wardens|" not in complete.stdout
    found = json.loads(invoke("series", "--json").stdout)
    assert [one["percent"] for one in found["series"]] == [33.3, None]
    assert [one["reason"] for one in found["proposals"]] == ["they are alike"]


@pytest.mark.usefixtures("known")
def test_a_series_volume_by_volume(invoke: Invoke) -> None:
    told = invoke("series", "tide wardens")
    assert told.exit_code == 0
    shown = lines(told.stdout)
    assert shown[0] == "The Tide Wardens by Mira Holt: 1/3 ███░░░░░░░ incomplete"
    assert shown[1] == "audnexus could not answer."
    assert shown[4:8] == [
        "1|Ebb|owned|2020-05-01|/books/Ebb",
        "2|Flood|missing|2020-05-01|gap 1",
        "3|Slack Water|ignored|2020-05-01|A person does not want it.",
        "4|Undertow|not out yet|2999-01-01|gap 3",
    ]
    found = json.loads(invoke("series", "tide wardens", "--json").stdout)
    assert [one["state"] for one in found["volumes"]] == ["owned", "found", "ignored", "unreleased"]
    assert found["series"]["works"] == []


@pytest.mark.usefixtures("known")
def test_an_unknown_series_is_told(invoke: Invoke) -> None:
    told = invoke("series", "nothing")
    assert told.exit_code == 1
    assert told.stderr == "No series is called 'nothing'; `audiobook-daemon series` lists them.\n"


@pytest.mark.usefixtures("known")
def test_authors(invoke: Invoke) -> None:
    shown = lines(invoke("authors").stdout)
    assert "Mira Holt|3/4|███████░░░|partial" in shown
    assert "Otto Brand|1|unknown" in shown
    assert [one["name"] for one in json.loads(invoke("authors", "--favourites", "--json").stdout)] == [HOLT]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ([], ["Flood", "Undertow"]),
        (["--state", "ignored"], ["Slack Water"]),
        (["--of", "tide"], ["Flood", "Undertow"]),
        (["--of", "otto"], []),
        (["--limit", "1"], ["Flood"]),
    ],
)
def test_what_is_missing(invoke: Invoke, words: list[str], titles: list[str]) -> None:
    found = json.loads(invoke("missing", *words, "--json").stdout)
    assert [one["work"]["book"]["title"] for one in found] == titles
    if titles:
        assert f"{titles[0]}|The Tide Wardens" in "\n".join(lines(invoke("missing", *words).stdout))


def test_a_book_that_a_series_and_its_author_lack_is_listed_once(known: Path, invoke: Invoke) -> None:
    async def fill(database: Database) -> None:
        lone = work("Tern Island", "1", series="Coast Walks")
        (author,) = await database.authors.named(HOLT)
        mine = [replace(gap(one, GapState.FOUND), kind=GapKind.AUTHOR, owner=author.key) for one in (WORKS[1], lone)]
        assert author.id is not None
        await database.gaps.save([(one, author.id) for one in mine])

    change(known, fill)
    shown = lines(invoke("missing").stdout)
    assert sorted(line.split("|")[1:3] for line in shown[2:]) == [
        ["Flood", "The Tide Wardens 2"],
        ["Tern Island", "Mira Holt, Coast Walks 1"],
        ["Undertow", "The Tide Wardens 4"],
    ]
    assert len(json.loads(invoke("missing", "--json").stdout)) == 4


@pytest.mark.usefixtures("known")
def test_a_state_nobody_knows_is_told(invoke: Invoke) -> None:
    told = invoke("missing", "--state", "lost")
    assert told.exit_code == 1
    assert told.stderr.startswith("There is no state 'lost'; states are found, unreleased,")


@pytest.mark.usefixtures("known")
def test_what_is_to_come(invoke: Invoke) -> None:
    assert "2999-01-01|Undertow|The Tide Wardens 4|Mira Holt" in lines(invoke("upcoming").stdout)


def test_following_and_unfollowing(known: Path, invoke: Invoke) -> None:
    assert "author|Mira Holt|person|pace: 2, back: no, languages: en, de" in lines(invoke("follow").stdout)
    told = invoke("follow", "--series", "--odd-- Lamps", "--author", HOLT, "--pace", "1", "--only-new",
                  "--narrator", "Ada Finch", "--narrator", "Nora Reed", "--language", "de")  # fmt: skip
    assert (told.exit_code, told.stdout) == (0, "'--odd-- Lamps' by Mira Holt is followed from now on.\n")
    found = json.loads(invoke("follow", "--json").stdout)
    assert found[0]["rule"] == {
        "series": "--odd-- Lamps", "author": HOLT, "narrators": ["Ada Finch", "Nora Reed"], "languages": ["de"],
        "pace": 1, "back": False,
    }  # fmt: skip
    assert invoke("unfollow", "holt, mira").stdout == "'Mira Holt' is followed no longer.\n"
    assert len(json.loads(invoke("follow", "--json").stdout)) == 1
    told = invoke("unfollow", "holt, mira")
    assert told.exit_code == 1
    assert "`audiobook-daemon follow` lists what is" in told.stderr


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("series", "No series are known yet"),
        ("authors", "No authors are known yet"),
        ("missing", "Nothing is known to be missing."),
        ("upcoming", "Nothing is announced."),
        ("follow", "Nothing is followed."),
    ],
)
def test_where_nothing_is_known_that_is_said(config: Path, invoke: Invoke, command: str, sentence: str) -> None:
    async def nothing(_: Database) -> None: ...

    change(config, nothing)
    assert invoke(command).stdout.startswith(sentence)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("words", [["series"], ["authors"], ["missing"], ["upcoming"], ["follow"], ["series", "Emma"]])
def test_names_cannot_harm_the_terminal(
    invoke: Invoke, words: list[str], check_harmless: Callable[[str], None]
) -> None:
    told = invoke(*words)
    assert told.exit_code == 0
    check_harmless(told.stdout)
