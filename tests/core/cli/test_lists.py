"""The lists of books, downloads, decisions, runs, events and the like, for people and for programs."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from audiobook_daemon.cli import history_commands, people_commands, queue_commands, shelf_commands
from audiobook_daemon.models import (
    Book,
    BookStatus,
    Download,
    DownloadState,
    FieldChange,
    LibraryItem,
    Proposal,
    Release,
    RunOutcome,
    SeriesPlace,
    Standing,
    WantState,
    Wish,
)
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import (
    AuthorStanding,
    BookOrder,
    CallsOfDay,
    Completion,
    Database,
    Follow,
    MergeProposal,
    ProposalState,
    QueueState,
)

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

EBB = Book("Ebb", ("Mira Holt",), series=(SeriesPlace("The Tide Wardens", "2"),), year=2011)
FLOOD = Book("Flood", ("Mira Holt",), series=(SeriesPlace("The Tide Wardens", "10"),))
LAMP = Book("The Lamp", ("Otto Brand",))
HASH = "0123456789" * 4


def last_week() -> datetime:
    return datetime.now(UTC) - timedelta(days=7)


@pytest.fixture
def known(filled: Path, hostile: str) -> Path:
    """The database of the wants 1 to 4, with books, a download and what else there are lists of; want 5 downloads."""

    async def fill() -> None:
        async with Database.open(f"sqlite://{filled.with_name('state.db')}") as database:
            items = [
                LibraryItem("shelf", "1", FLOOD, ("Tom Bexley",), 36_000.0, 2_000_000_000, "/books/Flood"),
                LibraryItem("shelf", "2", EBB),
                LibraryItem("shelf", "3", LAMP, missing=True),
                LibraryItem("shelf", "4", Book(hostile, (hostile,))),
            ]
            await database.books.upsert([keyed(item) for item in items])
            change = FieldChange("title", "Eb", "Ebb", "audio", "because")
            made = await database.corrections.plan(2, "full", "0a1b2c3d", {"title": "Eb"}, [change])
            await database.corrections.applied(made, {"title": "Ebb"})
            want, _ = await database.wants.add(
                "cranford",
                Wish(Book("Cranford")),
                state=WantState.DOWNLOADING,
                release=Release("mam", "1", "Cranford"),
                client="qbittorrent",
                download=HASH,
            )
            seen = Download("qbittorrent", HASH, DownloadState.DOWNLOADING, "C", 0.425, 1000, 10, 60)
            await database.downloads.record(seen, want_id=want.id)
            review = await database.wants.get(1)
            assert review
            offers = tuple(Proposal(one, f"Offer {one}", "mam", str(one), why="It fits.") for one in range(1, 5))
            await database.wants.change(review, proposals=offers)
            await database.usage.add([CallsOfDay("service", "mam", 30, 2), CallsOfDay("key", hostile, 4, 0)])
            await database.accounts.note("mam", Standing(last_week(), ratio=1.25, points=500, slots=20, unsatisfied=3))
            rule = {"author": "Mira Holt", "pace": 2}
            await database.follows.add(Follow("author", "holt mira", "Mira Holt", rule=rule))
            await database.follows.add(Follow("series", "tides", hostile))
            await database.merges.propose([MergeProposal("series", "a|", "b|", hostile, "they are alike")])
            await database.authors.save([AuthorStanding("holt mira", "Mira Holt", owned=2, total=4, percent=50.0)])

    asyncio.run(fill())
    return filled


def told(invoke: Invoke, *words: str) -> list[str]:
    """What is printed, with one bar where columns part."""
    ended = invoke(*words)
    assert (ended.exit_code, ended.stderr) == (0, "")
    return [re.sub(r" {2,}", "|", line.strip()) for line in ended.stdout.splitlines()]


def data(invoke: Invoke, *words: str) -> Any:  # noqa: ANN401
    ended = invoke(*words, "--json")
    assert (ended.exit_code, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


@pytest.mark.usefixtures("known")
def test_books(invoke: Invoke, hostile: str) -> None:
    def titles(*words: str) -> list[str]:
        return [one["item"]["book"]["title"] for one in data(invoke, *words)]

    assert sorted(titles("books")) == sorted(["Flood", "Ebb", "The Lamp", hostile])
    assert titles("books", "--search", "holt") == ["Ebb", "Flood"]
    assert titles("search", "hol", "flo") == ["Flood"]
    assert titles("books", "--series", "tide wardens") == ["Ebb", "Flood"], "by their places, not by their names"
    assert titles("books", "--status", "archived") == []
    assert titles("books", "--order", "title", "--limit", "1") == ["Ebb"]
    assert "2|Ebb|Mira Holt|The Tide Wardens 2|" in "\n".join(told(invoke, "books"))
    assert told(invoke, "search", "nowhere") == ["There is no such book in the library."]


@pytest.mark.usefixtures("known")
def test_a_book_with_what_is_wrong_with_it(invoke: Invoke) -> None:
    shown = told(invoke, "book", "Flood")
    assert shown[0] == "Flood"
    assert {"by|Mira Holt", "read by|Tom Bexley", "hours|10.0", "size|2 GB", "in|/books/Flood"} <= set(shown)
    found = data(invoke, "book", "The Lamp")
    assert found["book"]["item"]["missing"] is True
    assert found["findings"][0]["code"] == "missing_files"
    assert "narrators" in found["missing_fields"]
    assert any(line.startswith("wrong: Files are missing") for line in told(invoke, "book", "3"))
    assert "There is no book 'Fl' in the library." in invoke("book", "Fl").stderr


@pytest.mark.usefixtures("known")
def test_corrections(invoke: Invoke) -> None:
    (found,) = data(invoke, "corrections")
    assert (found["book_id"], found["run"], found["state"]) == (2, "0a1b2c3d", "applied")
    assert data(invoke, "corrections", "1") == [found]
    assert "|2|applied|title: Eb → Ebb (audio)|0a1b2c3d" in told(invoke, "corrections")[-1]
    assert "There is no correction 2; `audiobook-daemon corrections` lists them." in invoke("corrections", "2").stderr


@pytest.mark.usefixtures("known")
def test_downloads(invoke: Invoke) -> None:
    (found,) = [one for one in data(invoke, "downloads") if one["state"] == "downloading"]
    assert [one["want"]["id"] for one in data(invoke, "downloads", "-s", "completed")] == [4]
    assert (found["want"]["id"], found["state"], found["seen"]["download"]["progress"]) == (5, "downloading", 0.425)
    assert data(invoke, "downloads", "5") == [found]
    assert data(invoke, "downloads", "-s", "queued") == data(invoke, "downloads", "--due") == []
    assert "5|downloading|42 %|Cranford|mam" in told(invoke, "downloads", "-s", "downloading")[-1]
    assert invoke("downloads", "3").stderr == "There is no download 3; `audiobook-daemon downloads` lists them.\n"


@pytest.mark.usefixtures("known")
def test_what_waits_for_a_person_and_the_evidence(invoke: Invoke) -> None:
    (found,) = data(invoke, "review")
    assert (found["id"], len(found["proposals"])) == (1, 4)
    shown = "\n".join(told(invoke, "review"))
    assert "1. Offer 1 (mam): It fits." in shown
    assert "and 1 more" in shown
    assert "Offer 4" not in shown
    whole = data(invoke, "review", "1")
    assert [one["release"]["key"] for one in whole["decision"]["candidates"]] == ["4711", "13"]
    evidence = "\n".join(told(invoke, "review", "1"))
    assert "+ the title is the same" in evidence
    assert "- another volume" in evidence
    assert "audiobook-daemon accept 1 --candidate N" in evidence
    assert "Want 4 waits for nobody: it is shelved." in invoke("review", "4").stderr
    assert "Want 99 waits for nobody: there is none with this number." in invoke("review", "99").stderr


@pytest.mark.usefixtures("known")
def test_decisions_and_the_blocklist(invoke: Invoke, hostile: str) -> None:
    assert [one["outcome"] for one in data(invoke, "decisions")] == ["none", "ambiguous"]
    (line,) = data(invoke, "decisions", "--want", "1", "--outcome", "ambiguous")
    assert told(invoke, "decisions", "--want", "1")[-1].endswith("|1|Abaddon's Gate|ambiguous|Two are alike.")
    assert len(data(invoke, "decisions", str(line["id"]))["candidates"]) == 2
    assert "+ the title is the same" in "\n".join(told(invoke, "decisions", str(line["id"])))
    assert "There is no decision 99" in invoke("decisions", "99").stderr
    assert [one["key"] for one in data(invoke, "blocklist", "--want", "1")] == ["12"]
    assert [one["key"] for one in data(invoke, "blocklist", "-n", "1")] == [hostile]
    assert data(invoke, "blocklist", "--source", "other") == []


@pytest.mark.usefixtures("known")
def test_runs(invoke: Invoke) -> None:
    assert [one["id"] for one in data(invoke, "runs")] == ["r1", "r0"]
    assert [one["id"] for one in data(invoke, "runs", "--of", "hunt", "--outcome", "failed")] == ["r1"]
    assert data(invoke, "runs", "--of", "weekly") == []
    assert data(invoke, "runs", "r0")["error"] == "It broke."
    assert told(invoke, "runs", "r1")[-1].endswith("|0.0 s|schedule|failed|It broke.")
    assert "There is no run 'r9'; `audiobook-daemon runs` lists them." in invoke("runs", "r9").stderr


@pytest.mark.usefixtures("known")
def test_events(invoke: Invoke) -> None:
    newest = [one["id"] for one in data(invoke, "events")]
    assert newest == sorted(newest, reverse=True)
    of_one = data(invoke, "events", "--want", "1")
    assert {one["want_id"] for one in of_one} == {1}
    since = [one["id"] for one in data(invoke, "events", "--after", str(newest[-1]))]
    assert since == sorted(newest)[1:]
    assert [one["id"] for one in data(invoke, "events", "--after", "0", "--want", "1", "-n", "1")] == [of_one[-1]["id"]]
    assert data(invoke, "events", "--after", str(newest[0])) == []


@pytest.mark.usefixtures("known")
def test_statistics_usage_and_trackers(invoke: Invoke) -> None:
    found = data(invoke, "statistics")
    assert (found["library"]["books"], found["library"]["missing"], found["books"]["active"]) == (3, 1, 4)
    assert (found["wants"]["review"], found["downloads"]["downloading"], found["authors"]["owned_books"]) == (1, 1, 2)
    shown = told(invoke, "statistics")
    assert {"library|books 3", "hours 10", "size 2 GB", "downloading 1"} <= set(shown)
    assert "given up 0" not in shown
    assert [(one["name"], one["calls"]) for one in data(invoke, "usage", "-n", "1")] == [("mam", 30)]
    assert "service|mam|30|2" in told(invoke, "usage", "--days", "1")
    (account,) = data(invoke, "trackers")
    assert (account["name"], account["standing"]["ratio"], account["standing"]["points"]) == ("mam", 1.25, 500)
    assert "|1.25|" in told(invoke, "trackers")[-1]
    assert told(invoke, "trackers")[-1].endswith("3/20")


@pytest.mark.usefixtures("known")
def test_follows_merges_an_author_and_a_gap(invoke: Invoke) -> None:
    assert [one["name"] for one in data(invoke, "follows", "--kind", "author")] == ["Mira Holt"]
    assert len(data(invoke, "follows", "--limit", "1")) == 1
    assert any(line.endswith("author|Mira Holt|person|pace: 2") for line in told(invoke, "follows"))
    assert [one["one"] for one in data(invoke, "merges")] == ["a|"]
    assert data(invoke, "merges", "--state", "refused") == []
    found = data(invoke, "authors", "mira holt")
    assert (found["author"]["owned"], [one["book"]["title"] for one in found["books"]]) == (2, ["Ebb", "Flood"])
    assert told(invoke, "authors", "mira holt")[0].startswith("Mira Holt: 2/4 █████░░░░░")
    assert "No author is called 'nobody'" in invoke("authors", "nobody").stderr
    assert invoke("missing", "7").stderr == "There is no gap 7; `audiobook-daemon missing` lists them.\n"


@pytest.mark.usefixtures("known")
def test_wants_by_words(invoke: Invoke) -> None:
    assert [one["id"] for one in data(invoke, "wants", "--search", "dune herbert")] == [4]
    assert data(invoke, "wants", "--search", "dune", "-s", "review") == []


@pytest.mark.usefixtures("known")
def test_the_times_of_jobs(invoke: Invoke) -> None:
    found = data(invoke, "jobs", "upcoming", "--hours", "3")
    assert {one["job"] for one in found} <= {"hunt", "weekly"}, "one is paused, and one switched off"
    assert len([one for one in found if one["job"] == "hunt"]) == 6
    assert [one["at"] for one in found] == sorted(one["at"] for one in found)
    assert len(data(invoke, "jobs", "upcoming", "--hours", "700", "--limit", "7")) == 7


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "words",
    [
        ["books"], ["book", "4"], ["corrections"], ["downloads"], ["review"], ["decisions"], ["decisions", "2"],
        ["blocklist"], ["runs"], ["runs", "r0"], ["events"], ["statistics"], ["usage"], ["follows"], ["merges"],
        ["instances"], ["trackers"],
    ],
)  # fmt: skip
def test_strange_titles_do_no_harm(invoke: Invoke, check_harmless: Callable[[str], None], words: list[str]) -> None:
    ended = invoke(*words)
    assert ended.exit_code == 0
    check_harmless(ended.stdout)


def test_what_the_file_says_is_printed_without_secrets(invoke: Invoke) -> None:
    printed = invoke("configuration").stdout
    assert "a-session-of-mam" not in printed
    assert json.loads(printed)["plugins"]["mam"]["session"] == "***"


def test_without_a_daemon_instances_are_those_of_the_file(invoke: Invoke) -> None:
    found = {one["name"]: one for one in data(invoke, "instances")}
    assert (found["mam"]["error"], found["spare"]["error"]) == ("The daemon is not running.", "It is switched off.")
    assert "Indexer" in found["mam"]["roles"]


@pytest.mark.parametrize("words", [["instances", "test", "mam"], ["log"], ["cancel", "0a1b2c3d"]])
def test_what_only_a_daemon_knows_needs_one(invoke: Invoke, words: list[str]) -> None:
    ended = invoke(*words)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", "The daemon is not running.\n")


def test_a_book_is_wanted_and_dropped_in_the_words_of_people(invoke: Invoke) -> None:
    assert invoke("want", "Emma", "--author", "Jane Austen").exit_code == 0
    (want,) = data(invoke, "wants")
    assert want["wish"]["book"]["authors"] == ["Jane Austen"]
    number = str(want["id"])
    assert invoke("block", "mam", "--", "-7").exit_code == 0
    assert [one["key"] for one in data(invoke, "blocklist")] == ["-7"]
    assert invoke("unblock", "1").exit_code == 0
    assert data(invoke, "blocklist") == []
    steps = [("search-again", "wanted"), ("give-up", "given_up"), ("revive", "wanted"), ("drop", "dropped")]
    for word, state in steps:
        assert invoke(word, number).exit_code == 0
        assert data(invoke, "wants")[0]["state"] == state
    refused = invoke("accept", number)
    assert refused.exit_code == 1
    assert "Emma" in refused.stderr


def test_the_words_of_options_are_those_of_the_program() -> None:
    values: list[tuple[tuple[str, ...], type[Enum]]] = [
        (queue_commands.STATES, QueueState),
        (history_commands.OUTCOMES, RunOutcome),
        (people_commands.STATES, ProposalState),
        (shelf_commands.ORDERS, BookOrder),
        (shelf_commands.STATUSES[:-1], BookStatus),
    ]
    assert [list(said) for said, _ in values] == [[one.value for one in kind] for _, kind in values]
    (status,) = [option for option in click_options("series") if option.name == "status"]
    assert isinstance(status.type, click.Choice)
    assert set(status.type.choices) == {one.value for one in Completion}


def click_options(name: str) -> list[click.Parameter]:
    from audiobook_daemon.cli import main  # noqa: PLC0415

    found = main.get_command(click.Context(main), name)
    assert found
    return found.params
