"""The pages of a daemon: who sees them, what they hold of other people's words, and what their forms do."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.core.web.conftest import CONFIGURATION, KEY, Served
from tests.core.web.pages.visiting import visiting

from audiobook_daemon.doors import BookWish
from audiobook_daemon.events import RunFinished
from audiobook_daemon.models import Run, RunOutcome
from audiobook_daemon.store import new_key

PAGES = (
    "/",
    "/jobs",
    "/jobs/count",
    "/actions/undo",
    "/actions/adjust",
    "/tracker",
    "/tracker?span=year",
    "/history",
    "/history?show=corrections",
    "/history?show=runs",
    "/report",
    "/settings",
    "/settings?check=yes",
    "/start",
    "/login",
)
_INLINE = re.compile(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


GUEST = "a-key-of-a-guest-who-looks"


@pytest.fixture
def configuration() -> str:
    jobs = 'jobs:\n  count: {at: "0 3 1 1 *", do: [recount], description: Count what is missing}\n'
    keys = f"keys: [{KEY}, {{name: guest, key: {GUEST}, scope: read}}]"
    return CONFIGURATION.replace("jobs: {}\n", jobs).replace(f"keys: [{KEY}]", keys)


async def test_every_page_is_shown_and_holds_no_script_or_style_of_its_own(served: Served) -> None:
    async with visiting(served) as visitor:
        for path in PAGES:
            seen = await visitor.sees(path)
            assert seen.status == 200, (path, seen.text)
            assert seen.path == path
            assert not _INLINE.findall(seen.text), path
            assert "<h1" in seen.text, path
            assert KEY not in seen.text, path


async def test_whoever_may_only_look_on_is_shown_no_button(served: Served) -> None:
    async with visiting(served) as owner, visiting(served, known=False) as guest:
        door = await guest.sees("/login")
        await guest.sends("/login", {"csrf_token": door.token, "key": GUEST, "to": "/"})
        for path in ("/", "/jobs", "/jobs/count", "/actions/undo", "/settings"):
            assert 'class="deed"' not in (await guest.sees(path)).text, path
        assert 'class="deed"' in (await owner.sees("/jobs")).text
        assert "Run undo" in (await owner.sees("/actions/undo")).text
        assert "Run undo" not in (await guest.sees("/actions/undo")).text
        refused = await guest.does("/actions/undo", "/jobs/count/run")
        assert refused.status == 403


async def test_a_stranger_is_sent_to_the_login_and_from_there_to_the_page(served: Served) -> None:
    async with visiting(served, known=False) as stranger:
        for path in (*PAGES[:-1], "/report/file"):
            seen = await stranger.sees(path)
            assert seen.path.startswith("/login"), path
            assert "no book" not in seen.text.lower()
        door = await stranger.sees("/history?show=runs")
        assert 'name="to" value="/history?show=runs"' in door.text
        there = await stranger.sends("/login", {"csrf_token": door.token, "key": KEY, "to": "/history?show=runs"})
        assert there.path == "/history?show=runs"


async def test_what_is_not_there_is_told_to_people_as_a_page_and_to_programs_as_json(served: Served) -> None:
    async with visiting(served) as visitor:
        for path in ("/nowhere", "/jobs/nothing", "/runs/nothing", "/actions/nothing"):
            seen = await visitor.sees(path)
            assert seen.status == 404, path
            assert "<!DOCTYPE html>" in seen.text
            assert 'aria-label="Pages"' in seen.text, path
        seen = await visitor.sees("/history?show=everything")
        assert seen.status == 422
        assert "<!DOCTYPE html>" in seen.text
    async with visiting(served, known=False) as stranger:
        seen = await stranger.sees("/nowhere")
        assert seen.status == 404
        assert 'aria-label="Pages"' not in seen.text
    status, told = await served.asks("GET", "/api/nowhere")
    assert (status, told["error"]["code"]) == (404, "not_found")


async def test_other_peoples_words_stay_words(served: Served) -> None:
    nasty = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7 * 7 }} \u202eturned"
    await served.daemon.doors.request_book(BookWish(title=nasty, author="</b><svg onload=alert(3)>"))
    async with visiting(served) as visitor:
        for path in ("/", "/history", "/history?show=runs", "/jobs"):
            seen = await visitor.sees(path)
            for raw in ("<script>alert", "<img src=x", "<svg onload", "\u202e"):
                assert raw not in seen.text, (path, raw)
            if path in {"/", "/history"}:
                assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen.text, path
                assert "{{ 7 * 7 }}" in seen.text, path


async def test_a_form_does_nothing_without_the_token_of_its_page(served: Served) -> None:
    async with visiting(served) as visitor:
        for fields in ({}, {"csrf_token": "0" * 64}):
            seen = await visitor.sends("/schedule/pause", fields)
            assert seen.status == 403
            assert not served.daemon.scheduler.paused
        seen = await visitor.does("/jobs", "/schedule/pause")
        assert (seen.status, seen.path) == (200, "/jobs")
        assert served.daemon.scheduler.paused


async def test_what_was_done_is_said_once_on_the_page_of_the_form(served: Served) -> None:
    async with visiting(served) as visitor:
        seen = await visitor.does("/jobs/count", "/jobs/count/pause")
        assert seen.path == "/jobs/count"
        assert seen.said == "count is paused until it is resumed."
        assert (await visitor.sees("/jobs/count")).said == ""
        seen = await visitor.does("/jobs/count", "/jobs/count/cancel")
        assert seen.said == "count is not running."
        assert 'class="said bad"' in seen.text


async def test_what_a_cookie_says_is_said_as_text(served: Served) -> None:
    async with visiting(served) as visitor:
        seen = await visitor.sees("/", {"Cookie": "said=.%3Cb%3Ehello"})
        assert "<b>hello" not in seen.text


async def test_a_job_is_run_and_its_run_is_shown_with_what_came_of_it(served: Served) -> None:
    async with visiting(served) as visitor:
        ended = asyncio.Event()
        with served.daemon.bus.listening(lambda event: ended.set() if isinstance(event, RunFinished) else None):
            assert (await visitor.does("/jobs", "/jobs/count/run")).said == "count has begun."
            await ended.wait()
        (run,) = await served.daemon.database.runs.latest("count")
        seen = await visitor.sees(f"/runs/{run.id}")
        assert run.summary
        assert run.summary in seen.text
        assert f"/runs/{run.id}" in (await visitor.sees("/jobs/count")).text


async def test_an_action_is_run_with_what_its_form_holds(served: Served) -> None:
    async with visiting(served) as visitor:
        seen = await visitor.does(
            "/actions/want", "/actions/want", **{"argument.title": "The Book", "argument.rank": ""}
        )
        assert seen.path.startswith("/runs/"), seen.said
        seen = await visitor.does("/actions/choose", "/actions/choose", **{"argument.limit": "many"})
        assert "limit" in seen.said
        assert 'class="said bad"' in seen.text
    assert [run.outcome for run in await served.daemon.database.runs.latest("choose")] == []
    assert all(run.outcome is not RunOutcome.FAILED for run in await served.daemon.database.runs.latest("want"))


async def test_a_login_runs_no_action_and_checks_no_file_that_its_key_may_not(served: Served) -> None:
    key = new_key()
    await served.daemon.database.keys.add("tablet", key, "act")
    async with visiting(served, key=key) as visitor:
        assert "tablet is not enough" in (await visitor.sees("/actions/backup")).text
        told = await visitor.does("/jobs", "/actions/backup")
        assert "backup needs admin" in told.said
        assert await served.daemon.database.runs.latest() == ()
        assert "scope admin" in (await visitor.sees("/settings?check=yes")).text
        assert "Check my file" not in (await visitor.sees("/settings")).text
        assert "failures has begun" in (await visitor.does("/jobs", "/actions/failures")).said


async def test_no_page_tells_what_went_wrong_with_a_secret_in_it(served: Served) -> None:
    secret = "correct horse battery"
    served.daemon.redaction.add(secret)
    run = Run("0a1b2c3d", "failures", "cli", datetime.now(UTC), RunOutcome.FAILED, datetime.now(UTC))
    told = replace(run, error=f"It said {secret}.", summary=f"It said {secret}.", log=f"one\nIt said {secret}.")
    await served.daemon.database.runs.start(told)
    async with visiting(served) as visitor:
        for path in ("/runs/0a1b2c3d", "/history?show=runs", "/jobs"):
            seen = await visitor.sees(path)
            assert seen.status == 200
            assert secret not in seen.text


async def test_a_file_with_mistakes_is_told_of_and_not_taken_over(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "audiobook-daemon.yaml"
    before = path.read_text()
    path.write_text(before.replace("timezone: UTC", "timezone: Nowhere/Land\ncolour: green"))
    async with visiting(served) as visitor:
        seen = await visitor.sees("/settings?check=yes")
        assert "2 mistakes in the file" in seen.text
        assert "unknown key" in seen.text
        assert ":3:" in seen.text
        seen = await visitor.does("/settings", "/settings/reload")
        assert "was not taken over" in seen.said
        path.write_text(before.replace("timezone: UTC", "timezone: Europe/Berlin"))
        assert "no mistakes" in (await visitor.sees("/settings?check=yes")).text
        assert (await visitor.does("/settings", "/settings/reload")).said.startswith("The file was read again.")
    assert str(served.daemon.configuration.timezone) == "Europe/Berlin"


async def test_the_report_is_kept_for_a_while_and_handed_out_as_a_file(served: Served) -> None:
    async with visiting(served) as visitor:
        for form, content, mark in (
            ("html", "text/html", "<!DOCTYPE html>"),
            ("markdown", "text/markdown", "# "),
            ("json", "application/json", "{"),
        ):
            async with visitor.session.get(f"{served.address}/report/file?form={form}") as answer:
                assert answer.content_type == content
                assert answer.headers["Content-Disposition"].startswith('attachment; filename="library-report-')
                assert mark in await answer.text()


async def test_the_files_of_the_pages_are_open_to_all_and_nothing_else_is(served: Served) -> None:
    async with visiting(served, known=False) as stranger:
        names = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', (await stranger.sees("/login")).text))
        assert {name.partition("?")[0] for name in names} > {"/static/style.css", "/static/page.js"}
        for name in names:
            async with stranger.session.get(f"{served.address}{name}") as answer:
                assert answer.status == 200
                assert "immutable" in answer.headers["Cache-Control"]
        for name in ("../app.py", "%2e%2e/app.py", "..%2fapp.py", "", ".", "vendor", "nothing.js", "style.css%00"):
            assert (await stranger.sees(f"/static/{name}")).status in {400, 404}, name
