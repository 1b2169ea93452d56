"""A database that holds something of everything, so that no operation has nothing to tell; ids count from 1."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from audiobook_daemon.models import (
    Book,
    BookField,
    Download,
    DownloadState,
    FieldChange,
    LibraryItem,
    Proposal,
    Release,
    Run,
    RunOutcome,
    SeriesPlace,
    Stance,
    Statement,
    Verdict,
    WantState,
    Wish,
    Work,
)
from audiobook_daemon.pipeline.keys import keyed
from audiobook_daemon.store import (
    AuthorStanding,
    Candidate,
    Completion,
    Database,
    Decision,
    Follow,
    FoundDuplicate,
    Gap,
    GapKind,
    GapState,
    MergeProposal,
    SeriesStanding,
)

THEN = datetime(2026, 11, 1, 12, tzinfo=UTC)
AUTHOR, SERIES = "Mira Holt", "The Tide Wardens"
AUTHOR_KEY, SERIES_KEY = "holt mira", "tidewardens|holt mira"
LIBRARY = "shelf"
RELEASE = Release("mam", "4711", "Flood [m4b]", size=900_000_000, authors=(AUTHOR,), narrators=("Otto Reader",))
_OTHER = replace(RELEASE, key="4712", title="Flood, dramatised")
_STATES = (
    WantState.REVIEW,
    WantState.WANTED,
    WantState.DOWNLOADING,
    WantState.DOWNLOADED,
    WantState.SHELVED,
    WantState.GIVEN_UP,
    WantState.DROPPED,
)
_FETCHED = {WantState.DOWNLOADING, WantState.DOWNLOADED, WantState.SHELVED}


async def furnish(database: Database) -> None:
    """Put something of everything into an empty database."""
    await _books(database)
    await _metadata(database)
    await _standings(database)
    await _wants(database)
    await _history(database)


def _work(title: str, position: str, released: str = "2020-05-01") -> Work:
    book = Book(title, (AUTHOR,), series=(SeriesPlace(SERIES, position),))
    return Work(book, "hardcover", title, released=released)


_EBB, _FLOOD, _SLACK = _work("Ebb", "1"), _work("Flood", "2"), _work("Slack Water", "3")
_UNDERTOW = _work("Undertow", "4", "2999-01-01")


async def _books(database: Database) -> None:
    told = {"narrators": ("Otto Reader",), "runtime": 36_000.0, "size": 400_000_000, "added": THEN, "files": 1}
    items = (
        LibraryItem(LIBRARY, "a", replace(_EBB.book, asin="B00EBB0001"), path="/books/a", **told),  # type: ignore[arg-type]
        LibraryItem(LIBRARY, "b", Book("Ebb", (AUTHOR,)), path="/books/b", **told),  # type: ignore[arg-type]
        LibraryItem(LIBRARY, "c", Book("Alone", ("Ada Lone",))),
        LibraryItem(LIBRARY, "d", Book("Lost", ("Ada Lone",)), path="/books/d", missing=True),
    )
    for item in items:
        await database.books.upsert([keyed(item)])
    await database.duplicates.record([FoundDuplicate("exact", (1, 2), 1, "Both are the same recording.")])


async def _metadata(database: Database) -> None:
    stated = (
        Statement("publisher", "audnexus", "Harbour Press", 0.9, "B00EBB0001"),
        Statement("publisher", "google_books", "Harbour", 0.4, "gb1"),
    )
    for one in stated:
        await database.facts.put({1: {one.source: (one,)}})
    await database.facts.keep(1, [BookField("publisher", "Harbour Press", "audnexus")])
    change = FieldChange("publisher", None, "Harbour Press", "audnexus", "Audnexus says so.")
    number = await database.corrections.plan(1, "new", None, {"publisher": None}, [change])
    await database.corrections.applied(number, {"publisher": "Harbour Press"})
    await database.attention.looked_after([1], "new")


async def _standings(database: Database) -> None:
    works = (_EBB, _FLOOD, _SLACK, _UNDERTOW)
    tides = SeriesStanding(
        SERIES_KEY, SERIES, {"hardcover": "9"}, works, 3, 1, 2, 33.3, Completion.INCOMPLETE, THEN,
        authors=(AUTHOR,), finished=False,
    )  # fmt: skip
    again = replace(tides, key="tidewarden|holt mira", name="Tide Wardens", works=(), total=None, percent=None)
    holt = AuthorStanding(AUTHOR_KEY, AUTHOR, {}, works, 5, 3, 2, 60.0, Completion.PARTIAL, THEN, favourite=True)
    lone = AuthorStanding("lone ada", "Ada Lone", owned=2)
    series = (await database.series.save([tides, replace(again, status=Completion.UNKNOWN)]))[SERIES_KEY]
    author = (await database.authors.save([holt, lone]))[AUTHOR_KEY]
    for number, (work, state) in enumerate(
        ((_FLOOD, GapState.FOUND), (_SLACK, GapState.IGNORED), (_UNDERTOW, GapState.UNRELEASED)), 2
    ):
        key = work.book.title.lower()
        gap = Gap(GapKind.SERIES, SERIES_KEY, key, work, state, str(number), work.released)
        await database.gaps.save([(gap, series)])
    await database.gaps.save([(Gap(GapKind.AUTHOR, AUTHOR_KEY, "flood", _FLOOD, priority=2), author)])
    await database.follows.add(Follow("series", SERIES_KEY, SERIES, AUTHOR, {"series": SERIES, "author": AUTHOR}))
    await database.follows.add(Follow("author", AUTHOR_KEY, AUTHOR, rule={"author": AUTHOR}))
    await database.merges.propose(
        [MergeProposal("series", SERIES_KEY, "tidewarden|holt mira", SERIES, "Their names are alike.")]
    )


async def _wants(database: Database) -> None:
    offered = (
        Proposal(1, RELEASE.title, "mam", RELEASE.key, "Otto Reader", "m4b", 900_000_000, "The author is named."),
        Proposal(2, _OTHER.title, "mam", _OTHER.key, None, "m4b", 900_000_000, "The author is named."),
    )
    for number, state in enumerate(_STATES, 1):
        title = _FLOOD.book.title if number == 1 else f"Flood {number}"
        wish = Wish(replace(_FLOOD.book, title=title), origin="top10", rank=number)
        want, _ = await database.wants.add(
            f"flood {number}|holt mira|",
            wish,
            state=state,
            code="ambiguous" if state is WantState.REVIEW else None,
            reason="Two fit." if state is WantState.REVIEW else None,
            release=RELEASE if state not in {WantState.WANTED, WantState.GIVEN_UP} else None,
            proposals=offered if state is WantState.REVIEW else (),
            client="qbittorrent" if state in _FETCHED else None,
            download=f"{number:040x}" if state in _FETCHED else None,
        )
        if want.download:
            seen = DownloadState.DOWNLOADING if state is WantState.DOWNLOADING else DownloadState.READY
            found = Download("qbittorrent", want.download, seen, title, 0.5 if number == 3 else 1.0, 900_000_000)
            await database.downloads.record(found, want_id=want.id)
    support = Verdict("author", Stance.SUPPORT, "Mira Holt is named.", family="author", weight=2.5)
    veto = Verdict("dramatised", Stance.VETO, "It is a dramatisation.")
    candidates = (Candidate(RELEASE, (support,), 0.9), Candidate(_OTHER, (veto,), None, "It is a dramatisation."))
    await database.decisions.add(1, Decision("ambiguous", "Two fit.", ("title: 2 found",), candidates))
    await database.blocklist.add(2, "mam", "4799", None, "unreadable", "It could not be unpacked.")
    await database.failed_attempts.record("grab", "2", "Flood 2", "The tracker did not answer.", "unavailable")


async def _history(database: Database) -> None:
    await database.keys.add("tablet", "a-key-of-the-tests-that-nobody-shows", "act")
    for name, outcome in (("hunt", RunOutcome.SUCCESS), ("sync", RunOutcome.FAILED)):
        run = Run("0a1b2c3d" if name == "hunt" else "1a2b3c4d", name, "cli", THEN)
        await database.runs.start(run)
        end = THEN + timedelta(seconds=20)
        error = "The library did not answer." if outcome is RunOutcome.FAILED else None
        await database.runs.finish(replace(run, outcome=outcome, finished=end, summary="Done.", error=error))
    await database.trash.add(
        None,
        library=LIBRARY,
        item="d",
        title="Lost",
        origin="/books/d",
        place="/books/.trash/d",
        size=400_000_000,
        reason="A better edition stands in its place.",
        due=datetime.now(UTC) + timedelta(days=30),
    )
    await database.statistics.put(THEN.date(), {"books": 4})
