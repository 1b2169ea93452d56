"""The command line in this process, and a database with a few books on their way."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from audiobook_daemon.cli import main
from audiobook_daemon.models import (
    Book,
    Release,
    Run,
    RunOutcome,
    SeriesPlace,
    Stance,
    Verdict,
    WantState,
    Wish,
)
from audiobook_daemon.store import Candidate, Database, Decision

HOSTILE = "Emma \x1b[31m\x1b]0;owned\x07 \x9b2J[red]\\[bold]x[/] \u202etxt\u200f :cat: \rgone"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

CONFIGURATION = """\
database: sqlite://state.db
timezone: Europe/Berlin
plugins:
  top10: {genres: [fantasy]}
  mam: {session: !env MAM_SESSION, url: "http://127.0.0.1:9"}
  spare: {type: mam, session: !env MAM_SESSION, url: "http://127.0.0.1:9", enabled: no}
jobs:
  hunt: {at: "*/30 * * * *", do: [{choose: {limit: 5}}, grab]}
  weekly: {at: "0 3 * * sun", do: [gather]}
  resting: {at: "@daily", do: [sync]}
  gone: {at: "@daily", do: [cleanup], enabled: no}
"""


class Invoke(Protocol):
    def __call__(self, *arguments: str | Path, file: Path | None = None) -> Result: ...


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAM_SESSION", "a-session-of-mam")
    path = tmp_path / "daemon.yaml"
    path.write_text(CONFIGURATION)
    return path


@pytest.fixture
def invoke(config: Path) -> Invoke:
    """Run `audiobook-daemon -c CONFIG ...`; an exception that would be a traceback is raised here."""

    def run(*arguments: str | Path, file: Path | None = None) -> Result:
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        try:
            words = ["-c", str(file or config), *map(str, arguments)]
            return CliRunner().invoke(main, words, catch_exceptions=False)
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)
            logging.captureWarnings(capture=False)

    return run


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "state.db"
    asyncio.run(_fill(path))
    return path


@pytest.fixture
def filled(config: Path, template: Path) -> Path:
    """A database in which something has happened; its wants are 1 to 4."""
    shutil.copy(template, config.with_name("state.db"))
    return config


async def _fill(path: Path) -> None:
    clock = iter(NOW + timedelta(minutes=minute) for minute in range(100))
    async with Database.open(f"sqlite://{path}", clock=lambda: next(clock)) as database:
        place = (SeriesPlace("The Expanse", "3"),)
        wish = Wish(Book("Abaddon's Gate", ("James S. A. Corey",), series=place), "top10", note="rank 3 in fantasy")
        waiting, _ = await database.wants.add("abaddon", wish)
        release = Release("mam", "4711", "Abaddons Gate", narrators=("Jefferson Mays",), formats=("m4b",), seeders=9)
        candidate = Candidate(release, (Verdict("title", Stance.SUPPORT, "the title is the same"),), 0.97)
        other = Candidate(Release("mam", "13", "Cibola Burn"), (Verdict("volume", Stance.VETO, "another volume"),))
        decision = Decision("ambiguous", "Two are alike.", candidates=(candidate, other), silent=("spare",))
        await database.decisions.add(waiting.id, decision)
        await database.blocklist.add(waiting.id, "mam", "12", None, "stalled", "Nothing arrived for 3 days.")
        await database.wants.change(
            waiting, state=WantState.REVIEW, code="ambiguous", reason="Two are alike.", release=release
        )
        hostile, _ = await database.wants.add("hostile", Wish(Book(HOSTILE, (HOSTILE,)), HOSTILE, note=HOSTILE))
        mean = Candidate(Release("mam", HOSTILE, HOSTILE), (Verdict("mean", Stance.DOUBT, HOSTILE),), 0.5)
        await database.decisions.add(hostile.id, Decision("none", HOSTILE, candidates=(mean,), silent=(HOSTILE,)))
        await database.blocklist.add(hostile.id, "mam", HOSTILE, None, "mean", HOSTILE)
        await database.wants.change(hostile, reason=HOSTILE, folder=f"/books/{HOSTILE}")
        later = NOW + timedelta(days=1)
        await database.wants.add("none", Wish(Book("Nowhere")), code="no_release", reason="None.", next_try=later)
        await database.wants.add("done", Wish(Book("Dune", ("Frank Herbert",))), state=WantState.SHELVED)
        await database.jobs.pause("resting", None)
        for number, outcome in enumerate((RunOutcome.SUCCESS, RunOutcome.FAILED)):
            began = NOW + timedelta(hours=number)
            run = Run(f"r{number}", "hunt", "schedule", began, outcome, began, summary=HOSTILE, error="It broke.")
            await database.runs.start(run)


@pytest.fixture
def hostile() -> str:
    return HOSTILE


@pytest.fixture
def check_harmless() -> Callable[[str], None]:
    """Nothing in a text can colour, move the cursor or turn the line round."""

    def check(text: str) -> None:
        assert [char for char in text if not char.isprintable() and char != "\n"] == []

    return check
