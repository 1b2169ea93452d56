"""Wants over HTTP: lists, stories, and what a person says to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.models import Book, Offer, Proposal, Release, SeriesPlace, Stance, Verdict, Want, WantState, Wish
from audiobook_daemon.store import Candidate, Database, Decision

RELEASE = Release(
    "mam",
    "4711",
    "Emma [m4b]",
    authors=("Jane Austen",),
    narrators=("Juliet Stevenson",),
    page="https://tracker.example/t/4711",
    also=(Offer("prowlarr", "9", {"link": "https://indexer.example/?apikey=5ecre7"}),),
    extra={"dl": "5ecre7"},
)
OTHER = replace(RELEASE, key="4712", title="Emma, dramatised", page="javascript:alert(1)", also=())
VETO = Verdict("dramatised", Stance.VETO, "It is a dramatisation.")
CANDIDATES = (
    Candidate(RELEASE, (Verdict("author", Stance.SUPPORT, "Jane Austen is named.", family="author", weight=2.5),), 0.9),
    Candidate(OTHER, (VETO,), None, "It is a dramatisation."),
)


@pytest.fixture
def database(served: Served) -> Database:
    return served.daemon.database


@pytest.fixture
async def emma(database: Database) -> Want:
    """One that waits for a person, with two candidates."""
    book = Book("Emma", ("Jane Austen",), series=(SeriesPlace("Novels", "4"),), asin="B002V1OF70")
    shown = (Proposal(1, "Emma [m4b]", "mam", "4711", "Juliet Stevenson", "m4b", 9, "Jane Austen is named."),)
    want, _ = await database.wants.add(
        "emma",
        Wish(book, origin="top10", rank=3),
        state=WantState.REVIEW,
        code="ambiguous",
        reason="Two fit.",
        release=RELEASE,
        proposals=shown,
    )
    await database.decisions.add(
        want.id,
        Decision("ambiguous", "Two fit.", ("title: 2 found",), CANDIDATES, ("hd",), siblings=(Book("Persuasion"),)),
    )
    return want


async def test_a_list_tells_each_want_in_a_line(served: Served, database: Database, emma: Want) -> None:
    await database.wants.add("middlemarch", Wish(Book("Middlemarch")), state=WantState.DROPPED)
    status, answer = await served.asks("GET", "/api/wants?limit=1&order=title")
    assert status == 200
    assert (answer["total"], answer["page_info"]) == (2, {"limit": 1, "offset": 0, "has_more": True})
    (line,) = answer["data"]
    told = {
        name: line[name] for name in ("id", "title", "author", "state", "open", "code", "release", "origin", "rank")
    }
    assert told == {
        "id": emma.id,
        "title": "Emma",
        "author": "Jane Austen",
        "state": "review",
        "open": True,
        "code": "ambiguous",
        "release": "Emma [m4b]",
        "origin": "top10",
        "rank": 3,
    }
    assert line["series"] == [{"name": "Novels", "position": "4"}]
    assert line["possible"] == ["accept", "reject", "search_again", "give_up", "drop"]


FILTERS = {
    "state=review&state=dropped": {"Emma", "Middlemarch"},
    "state=wanted": set(),
    "open=true": {"Emma"},
    "open=false&state=review": set(),
    "open=false": {"Middlemarch"},
    "search=jane%20EMMA": {"Emma"},
    "code=ambiguous": {"Emma"},
    "origin=top10&state=review": {"Emma"},
    "offset=2": set(),
}


@pytest.mark.usefixtures("emma")
async def test_a_list_is_filtered(served: Served, database: Database) -> None:
    await database.wants.add("middlemarch", Wish(Book("Middlemarch")), state=WantState.DROPPED)
    for query, titles in FILTERS.items():
        assert {want["title"] for want in await served.gets(f"/api/wants?{query}")} == titles, query


async def test_every_state_is_counted(served: Served, database: Database, emma: Want) -> None:
    await database.wants.add("middlemarch", Wish(Book("Middlemarch")), state=WantState.DROPPED)
    counts = await served.gets("/api/wants/counts")
    assert (counts["total"], counts["open"]) == (2, 1)
    assert counts["states"] == {state: int(state in {"review", "dropped"}) for state in WantState}
    assert emma.state.open


async def test_the_whole_story_is_told_and_no_secret(served: Served, database: Database, emma: Want) -> None:
    await database.blocklist.add(emma.id, "mam", "1", None, "unreadable", "It could not be played.")
    told = await served.gets(f"/api/wants/{emma.id}/explanation")
    assert "5ecre7" not in str(told)
    assert told["want"]["wish"]["book"]["asin"] == "B002V1OF70"
    assert told["want"]["offer"]["also_from"] == ["prowlarr"]
    (decision,) = told["decisions"]
    assert (decision["told_from"], decision["silent"], decision["queries"]) == (
        ["Persuasion"],
        ["hd"],
        ["title: 2 found"],
    )
    first, second = decision["candidates"]
    assert (first["number"], first["score"], first["verdicts"][0]["worth"]) == (1, 0.9, "very strong")
    assert (second["number"], second["why"], second["forbidden"]) == (2, "It is a dramatisation.", None)
    assert (first["release"]["page"], second["release"]["page"]) == (RELEASE.page, None), "a link is no script"
    assert [one["code"] for one in told["blocked"]] == ["unreadable"]
    assert [one["kind"] for one in told["events"]] == ["want_added"]
    bare = await served.gets(f"/api/wants/{emma.id}/explanation?decisions=0&events=0")
    assert (bare["decisions"], bare["events"]) == ([], [])


async def test_decisions_and_history_are_listed(served: Served, emma: Want) -> None:
    (line,) = await served.gets(f"/api/decisions?want_id={emma.id}&outcome=ambiguous")
    assert (line["title"], line["reason"]) == ("Emma", "Two fit.")
    whole = await served.gets(f"/api/decisions/{line['id']}")
    assert len(whole["candidates"]) == 2
    (event,) = await served.gets(f"/api/wants/{emma.id}/history")
    assert (event["after"], event["reason"]) == ("review", "Two fit.")


async def test_what_waits_for_a_person_is_shown_with_its_evidence(
    served: Served, database: Database, emma: Want
) -> None:
    later, _ = await database.wants.add("later", Wish(Book("Middlemarch")), state=WantState.REVIEW)
    lines = await served.gets("/api/reviews")
    assert [line["want"]["id"] for line in lines] == [emma.id, later.id], "the one that waits longest first"
    assert [one["number"] for one in lines[0]["proposals"]] == [1]
    review = await served.gets(f"/api/reviews/{emma.id}")
    assert (review["shown"], review["downloaded"], len(review["decision"]["candidates"])) == (1, False, 2)
    assert (await served.gets(f"/api/reviews/{later.id}"))["decision"] is None
    await served.asks("POST", f"/api/wants/{later.id}/drop")
    assert (await served.asks("GET", f"/api/reviews/{later.id}"))[0] == 404


@pytest.mark.parametrize(
    ("command", "body", "becomes"),
    [
        ("accept", None, "chosen"),
        ("accept", {"candidate": 2}, "chosen"),
        ("reject", {}, "wanted"),
        ("search", None, "wanted"),
        ("give-up", None, "given_up"),
        ("drop", None, "dropped"),
    ],
)
async def test_a_person_is_obeyed_and_the_want_told_as_it_then_stands(
    served: Served, database: Database, emma: Want, command: str, body: object, becomes: str
) -> None:
    status, answer = await served.asks("POST", f"/api/wants/{emma.id}/{command}", body)
    assert (status, answer["data"]["state"]) == (200, becomes), answer
    after = await database.wants.get(emma.id)
    assert after
    assert after.state == becomes
    if command == "accept":
        assert after.release == (OTHER if body else RELEASE)
    (run,) = await database.runs.latest()
    assert (run.name, run.trigger) == (command.replace("-", "_").replace("search", "search_again"), "http")


REFUSED: tuple[tuple[str, object, int, str], ...] = (
    ("revive", None, 409, "needs no reviving"),
    ("accept", {"candidate": 9}, 409, "has candidates 1 to 2"),
    ("accept", {"candidate": 0}, 422, "candidate"),
    ("accept", {"number": 1}, 422, "unknown field number"),
)


async def test_what_is_not_possible_is_refused_and_changes_nothing(
    served: Served, database: Database, emma: Want
) -> None:
    for command, body, status, words in REFUSED:
        found, answer = await served.asks("POST", f"/api/wants/{emma.id}/{command}", body)
        assert found == status, command
        assert words in answer["error"]["message"]
        assert await database.wants.get(emma.id) == emma
        assert (await served.asks("POST", f"/api/wants/77/{command}"))[0] == 404


async def test_a_book_is_wanted_once_however_often_it_is_asked_for(served: Served, database: Database) -> None:
    body = {"title": "Persuasion", "author": "Jane Austen", "narrator": "Juliet Stevenson"}
    answers = [await served.asks("POST", "/api/wants", body) for _ in range(2)]
    sent = {"Idempotency-Key": "once"}
    answers += [await served.asks("POST", "/api/wants", body, headers=sent) for _ in range(2)]
    assert {(status, answer["data"]["id"]) for status, answer in answers} == {(201, 1)}
    (want,) = await database.wants.list()
    assert (want.wish.origin, want.wish.narrators) == ("manual", ("Juliet Stevenson",))


async def test_a_command_sent_again_with_its_key_is_not_done_again(
    served: Served, database: Database, emma: Want
) -> None:
    sent = {"Idempotency-Key": "once"}
    answers: list[tuple[int, Any]] = [
        await served.asks("POST", f"/api/wants/{emma.id}/{command}", headers=sent) for command in ("drop", "drop")
    ]
    assert [(status, answer["data"]["state"]) for status, answer in answers] == [(200, "dropped")] * 2
    assert len(await database.runs.latest()) == 1
    status, answer = await served.asks("POST", f"/api/wants/{emma.id}/revive", headers=sent)
    assert (status, answer["error"]["code"]) == (409, "conflict"), "a key stands for one thing"


NAMELESS: tuple[tuple[dict[str, str], int], ...] = (
    ({}, 400),
    ({"author": "Jane Austen"}, 400),
    ({"title": "   "}, 422),
    ({"title": "Em\0ma"}, 422),
    ({"title": "x" * 501}, 422),
    ({"title": "Em\ud800ma"}, 422),
    ({"isbn": "no isbn"}, 409),
)


async def test_a_book_without_a_name_is_not_wanted(served: Served, database: Database) -> None:
    for body, status in NAMELESS:
        assert (await served.asks("POST", "/api/wants", body))[0] == status, body
        assert await database.wants.list() == ()
