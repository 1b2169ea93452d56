"""The download queue over HTTP: lists, one download whole, and what is said to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from tests.core.web.conftest import Served

from audiobook_daemon.models import Book, Download, DownloadState, LibraryItem, Release, Want, WantState, Wish, Work
from audiobook_daemon.pipeline.keys import keys_of
from audiobook_daemon.store import Database, Gap, GapKind, GapState, SeriesStanding, WantChanges, WantFields

HASH = "0123456789" * 4
OTHER_HASH = "a" * 40
MAGNET = f"magnet:?xt=urn:btih:{HASH}&dn=Emma&tr=http://tracker.example/0a1b2c3d/announce"
NEW = f"magnet:?xt=urn:btih:{'b' * 40}"
RELEASE = Release("mam", "1", "Emma [m4b]", page="https://tracker.example/t/1")
HAS = WantFields(release=RELEASE, client="qbittorrent", download=HASH)
WANTS: tuple[tuple[str, WantState, WantFields], ...] = (
    ("Agnes Grey", WantState.WANTED, {}),
    ("Belinda", WantState.CHOSEN, {"release": RELEASE}),
    ("Cranford", WantState.DOWNLOADING, {**HAS, "download": OTHER_HASH}),
    ("Deerbrook", WantState.VERIFIED, {**HAS, "path": "/downloads/D", "faults": 2, "reason": "The disk is full."}),
    ("Emma", WantState.SHELVED, HAS),
    ("Felix Holt", WantState.WANTED, {"code": "unreadable"}),
    ("Gaskell", WantState.DROPPED, HAS),
)


@pytest.fixture
def database(served: Served) -> Database:
    return served.daemon.database


@pytest.fixture
async def queue(database: Database) -> dict[str, Want]:
    """One want in each state of a queue, and one that has nothing to download."""
    wants: dict[str, Want] = {}
    for title, state, fields in WANTS:
        told: WantFields = {**fields, "state": state}
        wants[title], _ = await database.wants.add(title, Wish(Book(title)), **told)
    await database.blocklist.add(wants["Felix Holt"].id, "mam", "9", None, "unreadable", "It could not be played.")
    await database.failed_attempts.record("download", "mam:9", "Felix", "It could not be played.", "unreadable")
    await database.failed_attempts.record("search", wants["Felix Holt"].key, "Felix Holt", "Nobody has it.")
    seen = Download("qbittorrent", OTHER_HASH, DownloadState.DOWNLOADING, "C", 0.425, 1000, 10, 60)
    await database.downloads.record(seen, want_id=wants["Cranford"].id)
    return wants


def as_it_was(want: Want) -> WantChanges:
    names = ("state", "code", "reason", "release", "client", "download", "path", "faults", "attempts", "next_try")
    return cast(WantChanges, {name: getattr(want, name) for name in names})


async def titles(served: Served, path: str) -> list[str]:
    return [one["title"] for one in await served.gets(path)]


async def test_lists_hold_what_their_names_say(served: Served, database: Database, queue: dict[str, Want]) -> None:
    whole = await titles(served, "/api/downloads")
    assert sorted(whole) == ["Belinda", "Cranford", "Deerbrook", "Emma", "Felix Holt", "Gaskell"]
    status, answer = await served.asks("GET", "/api/downloads?limit=2&offset=3")
    assert (status, answer["total"], answer["page_info"]["has_more"]) == (200, 6, True)
    assert [one["title"] for one in answer["data"]] == whole[3:5]
    for word, found in {
        "queued": ["Belinda"],
        "downloading": ["Cranford"],
        "completed": ["Deerbrook", "Emma"],
        "failed": ["Felix Holt"],
        "abandoned": ["Gaskell"],
    }.items():
        assert sorted(await titles(served, f"/api/downloads?status_filter={word}")) == found
    assert await titles(served, "/api/downloads/pending") == ["Belinda"]
    assert sorted(await titles(served, "/api/downloads/failed")) == ["Felix Holt", "Gaskell"]
    assert await titles(served, "/api/downloads/retry-due") == []
    await database.wants.change(queue["Belinda"], next_try=datetime.now(UTC) - timedelta(minutes=1))
    assert await titles(served, "/api/downloads/retry-due") == ["Belinda"]


async def test_a_download_is_told_whole_and_without_a_key(served: Served, queue: dict[str, Want]) -> None:
    told = await served.gets(f"/api/downloads/{queue['Cranford'].id}")
    assert (told["status"], told["want_state"], told["qb_status"]) == ("downloading", "downloading", "downloading")
    assert (told["progress"], told["size"], told["qb_hash"]) == (42.5, 1000, OTHER_HASH)
    assert told["magnet_link"] == f"magnet:?xt=urn:btih:{OTHER_HASH}&dn=Emma%20%5Bm4b%5D"
    assert (told["torrent_url"], told["max_retries"], told["abs_import_status"]) == (RELEASE.page, 12, None)
    for title, imported, error in (("Deerbrook", "import_failed", "The disk is full."), ("Emma", "imported", None)):
        told = await served.gets(f"/api/downloads/{queue[title].id}")
        assert (told["abs_import_status"], told["abs_import_error"]) == (imported, error)
    progress = await served.gets(f"/api/downloads/{queue['Cranford'].id}/progress")
    assert (progress["progress"], progress["rate_bps"], progress["eta"]) == (42.5, 10, 60)
    assert (await served.gets(f"/api/downloads/{queue['Belinda'].id}/progress"))["progress"] is None


async def test_what_has_nothing_to_download_is_none(served: Served, queue: dict[str, Want]) -> None:
    for path, method, body in (
        ("", "GET", None),
        ("/progress", "GET", None),
        ("/attempts", "GET", None),
        ("/status", "PUT", {"status": "queued"}),
        ("/mark-complete", "PUT", {}),
        ("/mark-failed", "PUT", {"error_msg": "It is bad."}),
        ("/retry", "PUT", {}),
        ("", "DELETE", None),
    ):
        for number, words in ((queue["Agnes Grey"].id, "nothing to download yet"), (999, "There is no download 999")):
            status, answer = await served.asks(method, f"/api/downloads/{number}{path}", body)
            assert status == 404, answer
            assert words in answer["error"]["message"]


async def test_failures_of_a_download_and_of_everything_are_listed(served: Served, queue: dict[str, Want]) -> None:
    found = await served.gets(f"/api/downloads/{queue['Felix Holt'].id}/attempts")
    assert {(one["task"], one["name"]) for one in found} == {("download", "Felix"), ("search", "Felix Holt")}
    assert await served.gets(f"/api/downloads/{queue['Belinda'].id}/attempts") == []
    (worst,) = await served.gets("/api/failed-attempts?task=download&code=unreadable&order=worst")
    assert (worst["item"], worst["count"]) == ("mam:9", 1)
    assert await served.gets("/api/failed-attempts?at_least=2") == []


SAID: tuple[tuple[str, str, object, str, str], ...] = (
    ("Belinda", "status", {"status": "queued", "qb_status": "seeding"}, "queued", "chosen"),
    ("Cranford", "status", {"status": "downloading", "qb_hash": OTHER_HASH}, "downloading", "downloading"),
    ("Emma", "status", {"status": "completed"}, "completed", "shelved"),
    ("Cranford", "status", {"status": "failed"}, "failed", "wanted"),
    ("Belinda", "status", {"status": "abandoned"}, "abandoned", "given_up"),
    ("Cranford", "status", {"status": "abandoned"}, "abandoned", "dropped"),
    ("Emma", "mark-complete", {"abs_import_status": "imported"}, "completed", "shelved"),
    ("Deerbrook", "mark-complete", {"abs_import_status": "import_failed"}, "completed", "verified"),
    ("Belinda", "mark-failed", {"error_msg": "It is a hoax."}, "failed", "wanted"),
    ("Belinda", "mark-failed", {"error_msg": "It is a hoax.", "retry_attempt": 12}, "abandoned", "given_up"),
    ("Felix Holt", "retry", {"days_until_retry": 3}, "queued", "wanted"),
    ("Gaskell", "retry", None, "queued", "wanted"),
)


async def test_what_is_said_to_a_download_is_done(served: Served, database: Database, queue: dict[str, Want]) -> None:
    for title, command, body, status, becomes in SAID:
        present = await database.wants.get(queue[title].id)
        assert present
        await database.wants.change(present, **as_it_was(queue[title]))
        found, answer = await served.asks("PUT", f"/api/downloads/{present.id}/{command}", body)
        assert found == 200, answer
        assert (answer["data"]["status"], answer["data"]["want_state"]) == (status, becomes), (title, command)
        after = await database.wants.get(present.id)
        assert after
        assert after.state == becomes
        if command == "retry":
            assert after.next_try
            days = round((after.next_try - datetime.now(UTC)) / timedelta(days=1))
            assert days == (3 if body else 1)


REFUSED: tuple[tuple[str, str, str, object, int, str], ...] = (
    ("Belinda", "PUT", "/status", {"status": "downloading"}, 409, "begins downloads itself"),
    ("Belinda", "PUT", "/status", {"status": "completed"}, 409, "is not being downloaded"),
    ("Emma", "PUT", "/status", {"status": "queued"}, 409, "needs no other try"),
    ("Emma", "PUT", "/mark-failed", {"error_msg": "Bad."}, 409, "nothing that could have failed"),
    ("Emma", "DELETE", "", None, 409, "on the shelf already"),
    ("Belinda", "PUT", "/status", {}, 422, "status is missing"),
    ("Belinda", "PUT", "/status", {"status": "frozen"}, 422, "status"),
    ("Belinda", "PUT", "/status", {"status": "queued", "qb_hash": "all"}, 422, "qb_hash"),
    ("Belinda", "PUT", "/mark-failed", {"error_msg": "  "}, 422, "error_msg"),
    ("Belinda", "PUT", "/mark-failed", {"error_msg": "x", "retry_attempt": 0}, 422, "retry_attempt"),
    ("Belinda", "PUT", "/retry", {"days_until_retry": 31}, 422, "days_until_retry"),
)


async def test_what_cannot_be_is_refused_and_changes_nothing(
    served: Served, database: Database, queue: dict[str, Want]
) -> None:
    for title, method, path, body, status, words in REFUSED:
        found, answer = await served.asks(method, f"/api/downloads/{queue[title].id}{path}", body)
        assert found == status, answer
        assert words in answer["error"]["message"]
        assert await database.wants.get(queue[title].id) == queue[title]


async def test_a_cancelled_download_stays_on_record(served: Served, queue: dict[str, Want]) -> None:
    for _ in range(2):
        status, answer = await served.asks("DELETE", f"/api/downloads/{queue['Cranford'].id}")
        assert (status, answer["data"]["status"], answer["data"]["want_state"]) == (200, "abandoned", "dropped")


async def test_a_magnet_link_is_brought_once_and_its_key_is_told_nobody(served: Served, database: Database) -> None:
    body = {"title": "Emma", "author": "Jane Austen", "magnet_link": MAGNET, "source": "MAM"}
    status, answer = await served.asks("POST", "/api/downloads", body)
    assert status == 201, answer
    assert (answer["data"]["status"], answer["data"]["qb_hash"]) == ("queued", HASH)
    assert answer["data"]["reason"] == "A person brought its torrent from MAM."
    again = await served.asks("POST", "/api/downloads", body)
    assert again[0] == 409
    other = body | {"title": "Persuasion", "magnet_link": NEW}
    sent = {"Idempotency-Key": "once"}
    keyed = [await served.asks("POST", "/api/downloads", other, headers=sent) for _ in range(2)]
    assert [(status, told["data"]["id"]) for status, told in keyed] == [(201, 2)] * 2
    told = [answer, again[1], await served.gets("/api/downloads"), await served.gets("/api/wants")]
    told += [await database.runs.latest(), await database.events.newest(50)]
    assert "0a1b2c3d" not in str(told)
    assert len(await database.wants.list()) == 2


async def test_a_torrent_is_brought_for_a_want_a_missing_book_or_a_book(served: Served, database: Database) -> None:
    want, _ = await database.wants.add("persuasion", Wish(Book("Persuasion", ("Jane Austen",))))
    body: dict[str, Any] = {"want_id": want.id, "magnet_link": MAGNET}
    status, answer = await served.asks("POST", "/api/downloads", body)
    assert (status, answer["data"]["id"]) == (201, want.id)
    series = (await database.series.save([SeriesStanding("novels", "Novels")]))["novels"]
    missing = Gap(GapKind.SERIES, "novels", "Sanditon", Work(Book("Sanditon", ("Jane Austen",))), GapState.IGNORED)
    await database.gaps.save([(missing, series)])
    body = {"missing_book_id": 1, "title": "not looked at", "magnet_link": f"magnet:?xt=urn:btih:{OTHER_HASH}"}
    status, answer = await served.asks("POST", "/api/downloads", body)
    told = answer["data"]
    assert (status, told["title"], told["missing_book_id"]) == (201, "Sanditon", 1)
    item = LibraryItem("shelf", "li_1", Book("Emma", ("Jane Austen",)), path="/books/Emma")
    await database.books.upsert([(item, keys_of)])
    status, answer = await served.asks("POST", "/api/downloads", {"book_id": 1, "magnet_link": NEW})
    assert status == 409
    assert "in the library already" in answer["error"]["message"]
    for name in ("want_id", "missing_book_id", "book_id"):
        status, answer = await served.asks("POST", "/api/downloads", {name: 77, "magnet_link": NEW})
        assert status == 404, answer


UNFIT: tuple[tuple[dict[str, str], int], ...] = (
    ({"title": "Emma"}, 400),
    ({}, 400),
    ({"title": "Emma", "magnet_link": "magnet:?xt=urn:btih:no"}, 409),
    ({"title": "Emma", "magnet_link": "http://tracker.example/1.torrent"}, 422),
    ({"title": "Emma", "torrent_url": "file:///etc/passwd"}, 422),
    ({"title": "Emma", "torrent_url": "/etc/passwd"}, 422),
    ({"title": "Emma", "torrent_url": "http://127.0.0.1:9/1.torrent?key=0a1b2c3d"}, 409),
    ({"author": "Jane Austen", "magnet_link": MAGNET}, 409),
    ({"magnet_link": MAGNET}, 409),
)


async def test_what_is_no_torrent_of_a_certain_book_is_refused(served: Served, database: Database) -> None:
    for body, status in UNFIT:
        found, answer = await served.asks("POST", "/api/downloads", body)
        assert found == status, answer
        assert "0a1b2c3d" not in str(answer)
        assert await database.wants.list() == ()
        assert await database.torrents.get(HASH) is None


async def test_releases_are_blocked_and_allowed_again(served: Served, queue: dict[str, Want]) -> None:
    body = {"source": "mam", "key": "7", "want_id": queue["Belinda"].id, "reason": "It is a hoax."}
    assert (await served.asks("POST", "/api/blocklist", body))[0] == 201
    assert (await served.asks("POST", "/api/blocklist", {**body, "want_id": 99}))[0] == 404
    (blocked,) = await served.gets(f"/api/blocklist?want_id={queue['Belinda'].id}&source=mam")
    assert (blocked["key"], blocked["reason"]) == ("7", "It is a hoax.")
    assert len(await served.gets("/api/blocklist")) == 2
    answers = [await served.asks("DELETE", f"/api/blocklist/{blocked['id']}") for _ in range(2)]
    assert [status for status, _ in answers] == [200, 404]


async def test_the_trash_is_listed_and_what_cannot_be_undone_is_said(
    served: Served, database: Database, queue: dict[str, Want]
) -> None:
    due = datetime(2030, 1, 1, tzinfo=UTC)
    entry = await database.trash.add(
        None, library="shelf", item="1", title="Emma", origin="/b/Emma", place="/b/.t/Emma", size=9, reason="r", due=due
    )
    assert [(one["id"], one["title"]) for one in await served.gets("/api/trash?limit=1")] == [(entry.id, "Emma")]
    assert await served.gets("/api/trash?offset=1") == []
    for path, body, status in (
        (f"/api/trash/{entry.id}/restore", {"dry_run": True}, 409),
        ("/api/trash/99/restore", None, 404),
        ("/api/undo", {}, 400),
        ("/api/undo", {"want": 1, "run": "1"}, 400),
        ("/api/undo", {"want": 99}, 404),
        ("/api/undo", {"correction": 99}, 404),
        ("/api/undo", {"want": queue["Cranford"].id}, 409),
        ("/api/undo", {"run": "none"}, 200),
        ("/api/undo", {"run": "none", "force": True}, 409),
    ):
        found, answer = await served.asks("POST", path, body)
        assert found == status, (path, body, answer)


async def test_the_clients_are_asked_when_somebody_asks(served: Served) -> None:
    status, answer = await served.asks("POST", "/api/downloads/sync")
    assert (status, answer["data"]["summary"]) == (200, "watch: nothing to do.")
