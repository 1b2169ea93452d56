"""The daemon and the library in numbers, each of them counted; and what is done for the whole of both."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from tests.core.web.conftest import KEY, Served, under_way
from tests.core.web.live.reading import following

from audiobook_daemon.daemon.counting import write_now
from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.models import Book, LibraryItem, Release, WantState, Wish
from audiobook_daemon.store import BookKeys


async def _fill(served: Served) -> None:
    database = served.daemon.database
    want, _ = await database.wants.add("emma", Wish(Book("Emma")))
    await database.wants.change(want, state=WantState.CHOSEN, release=Release("shop", "1", "Emma"))
    other, _ = await database.wants.add("persuasion", Wish(Book("Persuasion")))
    await database.wants.change(other, state=WantState.CHOSEN, release=Release("fair", "2", "Persuasion"))
    for _ in range(3):
        await database.failed_attempts.record("search", "persuasion", "Persuasion", "Nobody has it.")


async def test_everything_is_counted(served: Served) -> None:
    await _fill(served)
    stats = await served.gets("/api/system/stats")
    assert stats["books"] == {"active": 0, "duplicate": 0, "archived": 0}
    assert (stats["wants"]["chosen"], stats["wants"]["wanted"], stats["failing"]) == (2, 0, 1)
    assert stats["downloads"] == {"queued": 2, "downloading": 0, "completed": 0, "failed": 0, "abandoned": 0}
    downloads = await served.gets("/api/system/download-stats")
    assert downloads["by_source"] == {"shop": {"queued": 1}, "fair": {"queued": 1}}
    assert downloads["by_status"] == stats["downloads"]


async def test_the_library_and_what_takes_room_are_measured(served: Served) -> None:
    library = await served.gets("/api/system/library-status")
    assert (library["books"], library["completeness"], library["series"]["total"]) == (0, None, 0)
    assert (library["incomplete"], library["in_full"]) == (0, 0)
    storage = await served.gets("/api/system/storage")
    assert storage["books"] == 0
    database = served.daemon.configuration.database_path
    assert database is not None
    assert storage["database_bytes"] == (await served.daemon.database.figures.size())


async def test_books_described_in_full_are_told_apart_from_the_badly_described(served: Served) -> None:
    items = [LibraryItem("shelf", str(number), Book(f"Volume {number}")) for number in range(4)]
    percents = (100, 100, 99, 79)
    keys = [BookKeys(str(number), completeness=percent) for number, percent in enumerate(percents)]
    await served.daemon.database.books.upsert(list(zip(items, keys, strict=True)))
    library = await served.gets("/api/system/library-status")
    assert (library["books"], library["incomplete"], library["in_full"]) == (4, 1, 2)


async def test_calls_are_told_as_soon_as_they_are_made_and_counted_once(served: Served) -> None:
    tally = served.daemon.transport.tally
    tally.count("service", "shop", failed=True)
    await served.gets("/api/system/stats")
    await served.asks("GET", "/api/wants/99")
    before = await served.gets("/api/system/api-usage")
    assert before["services"] == [{"name": "shop", "calls": 1, "failures": 1}]
    assert [(one["calls"], one["failures"]) for one in before["keys"]] == [(2, 1)]
    await write_now(tally, served.daemon.database)
    tally.count("service", "shop", failed=False)
    after = await served.gets("/api/system/api-usage?days=1")
    assert after["services"] == [{"name": "shop", "calls": 2, "failures": 1}]
    assert [(one["calls"], one["failures"]) for one in after["keys"]] == [(3, 1)]


async def test_what_cannot_be_written_down_stays_counted(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_: object) -> None:
        raise DatabaseError("It is away.")

    tally = served.daemon.transport.tally
    tally.count("service", "shop", failed=False)
    with monkeypatch.context() as broken:
        broken.setattr(served.daemon.database.usage, "add", away)
        await write_now(tally, served.daemon.database)
    assert (await served.gets("/api/system/api-usage"))["services"] == [{"name": "shop", "calls": 1, "failures": 0}]


async def test_a_full_scan_begins_all_that_does_not_run_already(served: Served) -> None:
    async with under_way(served.daemon, "series_completion"):
        status, answer = await served.asks("POST", "/api/system/trigger-full-scan")
    assert status == 202
    begun = {one["name"]: one["run_id"] is not None for one in answer["data"]}
    assert begun == {"metadata_full": True, "series_completion": False, "author_completion": True}


async def test_the_log_is_exported_without_secrets(served: Served) -> None:
    served.daemon.redaction.add("correct horse")
    log = logging.getLogger("audiobook_daemon.test")
    for number in range(5):
        log.warning("Line %d says correct horse.", number)
    status, answer = await served.asks("POST", "/api/system/logs/export", {"lines": 2})
    assert status == 200
    lines = answer["data"]["lines"]
    assert [line.partition(": ")[2] for line in lines] == ["Line 3 says ***.", "Line 4 says ***."]
    assert (await served.asks("POST", "/api/system/logs/export", {"lines": 0}))[0] == 422


async def test_the_configuration_is_told_without_secrets(served: Served) -> None:
    told = await served.gets("/api/system/configuration")
    assert told["path"] == str(served.daemon.path)
    assert told["retention"]["runs"] == 30
    assert told["sections"]["timezone"] == "UTC"
    assert KEY not in str(told)


async def test_the_file_is_checked_and_taken_over_when_it_is_right(served: Served) -> None:
    path = Path(served.daemon.path)
    right = path.read_text()
    path.write_text(right + "dry_run: perhaps\ncolour: red\n")
    checked = (await served.asks("POST", "/api/system/configuration/check"))[1]["data"]
    assert (checked["valid"], len(checked["mistakes"])) == (False, 2)
    status, answer = await served.asks("POST", "/api/system/reload")
    assert (status, len(answer["error"]["mistakes"])) == (422, 2)
    assert served.daemon.configuration.dry_run is False
    path.write_text(right + "dry_run: yes\n")
    assert (await served.asks("POST", "/api/system/configuration/check"))[1]["data"]["valid"] is True
    assert served.daemon.configuration.dry_run is False
    assert (await served.asks("POST", "/api/system/reload"))[0] == 200
    assert served.daemon.configuration.dry_run is True


async def test_backups_are_made_listed_and_taken_away(served: Served) -> None:
    assert await served.gets("/api/backups") == []
    async with following(served) as stream:
        assert (await served.asks("POST", "/api/backups", headers={"Idempotency-Key": "tonight"}))[0] == 202
        while (await stream.next("run")).data["outcome"] != "success":
            pass
    (backup,) = await served.gets("/api/backups")
    assert (backup["encrypted"], backup["rows"] > 0) == (False, True)
    async with served.session.get(
        f"{served.address}/api/backups/{backup['name']}", headers={"X-API-Key": KEY}
    ) as download:
        body = await download.read()
        assert (download.status, download.content_type, len(body)) == (200, "application/zip", backup["bytes"])
        assert download.headers["Content-Disposition"] == f'attachment; filename="{backup["name"]}"'
    for name in ("audiobook-daemon-20000101T000000Z.zip", "..%2Fstate.db", "%2e%2e%2fstate.db"):
        assert (await served.asks("GET", f"/api/backups/{name}"))[0] in {404, 422}


async def test_the_report_is_told_and_shown_without_scripts(served: Served) -> None:
    report = await served.gets("/api/report")
    assert (report["totals"]["books"], report["format"]) == (0, 1)
    async with served.session.get(f"{served.address}/api/report/page", headers={"X-API-Key": KEY}) as page:
        assert (page.status, page.content_type) == (200, "text/html")
        assert "sandbox" in page.headers["Content-Security-Policy"]


async def test_programs_find_where_to_begin(served: Served) -> None:
    root = await served.gets("/api")
    assert (root["service"], root["scope"]) == ("audiobook-daemon", "admin")


async def test_the_doctor_tells_what_is_wrong_and_how_to_mend_it(served: Served) -> None:
    status, answer = await served.asks("POST", "/api/system/doctor")
    assert status == 200, answer
    found = {one["what"]: one for one in answer["data"]}
    assert found["database"]["level"] in {"ok", "warning"}
    lacking = [one for one in answer["data"] if "Indexer" in one["text"]]
    assert [(one["level"], "prowlarr" in one["remedy"]) for one in lacking] == [("warning", True)]


async def test_accounts_are_told_as_last_seen_and_asked_for_anew(served: Served) -> None:
    assert await served.gets("/api/trackers") == []
    status, answer = await served.asks("POST", "/api/trackers/check")
    assert (status, answer["data"]["name"]) == (202, "trackers")
