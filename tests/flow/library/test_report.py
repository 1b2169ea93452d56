"""The report: from an address and a key alone, or from the daemon's database; it tells the truth, changes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.flow.library.shelves import KEY, fill, living, place, serving

from audiobook_daemon.daemon import Daemon
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.world import DemoWorld
from audiobook_daemon.store import GapState, utc_now
from audiobook_daemon.upkeep.report import make_report

if TYPE_CHECKING:
    from tests.conftest import Command

_CALM = ("author_completion", "audit", "find_duplicates", "failures", "cleanup")
"""Jobs that may have nothing to do in a small world."""
HOSTILE = "<script>alert('owned')</script><img src=//evil.example/x> \u202e {{ 7*7 }}"
VOLUMES = {"The Salt Road": "1", "The Salt Sea": "2", "The Salt Moon": "4"}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[AudiobookshelfStandIn]:
    """A server with a series that lacks a volume, a book that is there twice, and one with a hostile title."""
    async with serving(tmp_path, "shelf") as servers:
        put(servers["shelf"])
        yield servers["shelf"]


def put(server: AudiobookshelfStandIn) -> None:
    for item, position in zip(fill(server, *VOLUMES), VOLUMES.values(), strict=True):
        place(server, item, ("Salt", position))
    copies = fill(server, "The Iron Gate", "The Iron Gate")
    copies[1].rel_path += " (2)"
    for copy in copies:
        copy.texts["asin"] = "B0IRONGATE"
    fill(server, HOSTILE)


@pytest.mark.parametrize("by_file", [False, True])
async def test_a_newcomer_needs_nothing_but_address_and_key(
    tmp_path: Path, server: AudiobookshelfStandIn, command: Command, by_file: bool
) -> None:
    scratch, page, key = tmp_path / "scratch", tmp_path / "page.html", tmp_path / "key"
    scratch.mkdir()
    key.write_text(f"{KEY}\n")
    words: list[str | Path] = ["report", "--audiobookshelf", server.url, "--output", page]
    words += ["--token-file", key] if by_file else []
    secret = {} if by_file else {"AUDIOBOOKSHELF_TOKEN": KEY}
    ended = await command("-c", tmp_path / "none.yaml", *words, TMPDIR=str(scratch), **secret)
    assert (ended.status, ended.errors) == (0, "")
    assert ended.output == f"6 books; the report is {page}.\n"
    text = page.read_text()
    assert "6 books by 1 author" in text
    assert 'aria-label="3 owned; missing: 3"' in text
    assert "They have the same ASIN." in text
    assert "&lt;script&gt;alert" in text
    assert "<script" not in text
    assert "<img" not in text
    assert KEY not in text
    assert {request.method for request in server.requests} == {"GET"}, "nothing is changed"
    assert {request.status for request in server.requests} == {200}
    assert list(scratch.iterdir()) == [], "nothing is left behind"


async def test_the_figures_are_those_of_the_server(
    tmp_path: Path, server: AudiobookshelfStandIn, command_here: Command
) -> None:
    ended = await command_here(
        *("-c", tmp_path / "none.yaml", "report", "--audiobookshelf", server.url, "--format", "json"),
        AUDIOBOOKSHELF_TOKEN=KEY,
    )
    told: Any = json.loads(ended.output)
    assert (told["totals"]["books"], told["totals"]["series"], told["totals"]["duplicates"]) == (6, 1, 1)
    assert told["totals"]["missing_books"] == 1
    assert told["bibliographies"] is False
    assert sum(told["buckets"].values()) == sum(told["tenths"]) == len(server.shelf.items)
    (bar,) = told["series"]
    assert [(one["position"], one["state"]) for one in bar["places"]] == [
        ("1", "owned"),
        ("2", "owned"),
        ("3", "missing"),
        ("4", "owned"),
    ]
    silent = next(one for one in told["findings"] if one["code"] == "ebook_only")
    assert silent["count"] == 6, "the server has no audio of any of them"
    assert HOSTILE in [book["title"] for book in silent["books"]]
    (group,) = told["duplicates"]
    assert [one["keep"] for one in group["copies"]].count(True) == 1


@pytest.mark.parametrize(
    ("key", "sentence"),
    [("", "Name a file with the API key by --token-file, or set AUDIOBOOKSHELF_TOKEN."), ("wrong", "audiobookshelf")],
)
async def test_what_hinders_is_told_as_a_sentence(
    tmp_path: Path, server: AudiobookshelfStandIn, command_here: Command, key: str, sentence: str
) -> None:
    words = ("-c", tmp_path / "none.yaml", "report", "--audiobookshelf", server.url, "--output", tmp_path / "p.html")
    ended = await command_here(*words, AUDIOBOOKSHELF_TOKEN=key)
    assert ended.status == 1
    assert sentence in ended.errors
    assert "Traceback" not in ended.errors
    assert not (tmp_path / "p.html").exists()


async def test_a_report_beside_a_running_daemon_asks_and_writes_nothing(tmp_path: Path, command_here: Command) -> None:
    async with living(tmp_path) as home:
        put(home.server)
        await home.sync()
        for action in ("audit", "find_duplicates"):
            await home.daemon.doors.do(action, {}, "cli")
        asked = len(home.server.requests)
        before = dump(home.file)
        ended = await command_here("-c", tmp_path / "audiobook-daemon.yaml", "report", "--format", "json")
        assert (ended.status, ended.errors) == (0, "")
        assert dump(home.file) == before
        assert len(home.server.requests) == asked
        told: Any = json.loads(ended.output)
        sums = await home.daemon.database.surveys.sums()
        assert told["totals"]["books"] == sums.books == 6
        assert told["totals"]["duplicates"] == sums.duplicates == 1
        ((_, figures),) = await home.daemon.database.statistics.all()
        assert told["buckets"] == figures["buckets"]
        assert [(day["books"], day["missing_books"]) for day in told["days"]] == [(6, 0)]
        assert sum(table["count"] for table in told["findings"]) == told["totals"]["findings"]


async def test_an_ignored_duplicate_is_not_reported(tmp_path: Path, command_here: Command) -> None:
    async with living(tmp_path) as home:
        put(home.server)
        await home.sync()
        await home.daemon.doors.do("find_duplicates", {}, "cli")
        await home.daemon.doors.do("ignore_duplicate", {"duplicate": 1}, "cli")
    ended = await command_here("-c", tmp_path / "audiobook-daemon.yaml", "report", "--format", "markdown")
    assert ended.output.endswith("## Duplicates\n\nNone.\n")
    listed = await command_here("-c", tmp_path / "audiobook-daemon.yaml", "duplicates", "--ignored", "--json")
    assert [(one["id"], one["copies"]) for one in json.loads(listed.output)] == [(1, 2)]


async def test_a_library_that_was_never_read_is_read_first(
    tmp_path: Path, server: AudiobookshelfStandIn, command_here: Command
) -> None:
    config = tmp_path / "audiobook-daemon.yaml"
    config.write_text(
        f"database: sqlite://state.db\nplugins:\n  audiobookshelf: {{url: '{server.url}', token: {KEY}}}\n"
    )
    ended = await command_here("-c", config, "report", "--format", "json")
    assert (ended.status, ended.errors) == (0, "")
    assert json.loads(ended.output)["totals"]["books"] == 6
    assert {request.method for request in server.requests} == {"GET"}


async def test_all_jobs_leave_their_counts_and_the_report_tells_what_they_found(tmp_path: Path) -> None:
    async with DemoWorld(tmp_path / "world", books=16, real=()) as world, Daemon.assembled(world.config, {}) as daemon:
        await daemon.host.started()
        shown = {}
        for action in (*("sync", "gather", "mam_scan", "metadata_full", "metadata_new", "series_completion"), *_CALM):
            run, _ = await daemon.doors.do(action, {}, "cli")
            kept = await daemon.database.runs.get(run.id)
            assert kept is not None
            assert (kept.error, kept.failed) == (None, 0), action
            assert kept.summary is not None
            shown[action] = (kept.processed, kept.succeeded)
        owned = len(world.owned)
        assert shown["sync"] == shown["audit"] == shown["metadata_full"] == (owned, owned)
        assert all(shown[name][0] for name in ("gather", "mam_scan", "series_completion"))
        made = await make_report(daemon.database, utc_now())
        counts = await daemon.database.gaps.counts()
    assert made.bibliographies
    assert made.totals.books == owned
    assert (made.totals.wanted, made.totals.unreleased) == (counts[GapState.WANTED], counts[GapState.UNRELEASED])
    open_gaps = sum(counts[state] for state in (GapState.FOUND, GapState.GRADUAL, GapState.WANTED))
    assert made.totals.missing_books == open_gaps > 0
    assert sum(bar.missing for bar in made.series) == open_gaps
    assert sum(bar.unreleased for bar in made.series) == counts[GapState.UNRELEASED] > 0
    assert all(line.title for bar in made.series for line in bar.places)


def dump(file: Path) -> list[str]:
    """Everything that a database holds."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())
