"""`replay`: what the rules of the configuration would change about past choices."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.models import Book, Release, Wish
from audiobook_daemon.store import Candidate, Database, Decision, utc_now

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

WISH = Wish(Book("Emma", ("Jane Austen",)))
OFFER = Release("mam", "7", "Emma", ("Jane Austen",), language="en", formats=("m4b",), seeders=9, audio=True)


@pytest.fixture
def decided(config: Path) -> Path:
    """Three wants: one chosen as it would be now, one that would be chosen now, an old one."""
    asyncio.run(_decide(config.with_name("state.db")))
    return config


async def _decide(path: Path) -> None:
    async with Database.open(f"sqlite://{path}") as database:
        decisions = [
            Decision("chosen", "r", candidates=(Candidate(OFFER),), wish=WISH),
            Decision("no_release", "r", candidates=(Candidate(OFFER),), wish=WISH),
            Decision("chosen", "r", candidates=(Candidate(OFFER),), at=utc_now() - timedelta(days=9)),
        ]
        for number, decision in enumerate(decisions):
            want, _ = await database.wants.add(str(number), WISH)
            await database.decisions.add(want.id, decision)


pytestmark = pytest.mark.usefixtures("decided")


def changes(told: str) -> list[tuple[int, str]]:
    return [(one["want"], one["change"]) for one in json.loads(told)]


def test_only_what_would_change_is_shown(invoke: Invoke) -> None:
    told = invoke("replay").stdout.splitlines()
    assert told[0] == "replay: 3 decisions: 1 now chooses, 1 cannot be told."
    (line,) = [line for line in told if "now chooses" in line and line.startswith("2")]
    assert "Emma" in line
    assert "no_release" in line
    assert "Emma (mam 7)" in line
    assert not any(line.startswith("1 ") for line in told)


def test_everything_one_want_or_the_last_days(invoke: Invoke) -> None:
    assert changes(invoke("replay", "--json").stdout) == [(2, "now chooses"), (3, "cannot be told")]
    assert changes(invoke("replay", "--json", "--all").stdout) == [
        (1, "same"),
        (2, "now chooses"),
        (3, "cannot be told"),
    ]
    assert changes(invoke("replay", "1", "--json").stdout) == [(1, "same")]
    assert changes(invoke("replay", "--since", "2", "--json").stdout) == [(2, "now chooses")]


def test_the_rules_are_those_of_the_configuration(invoke: Invoke, decided: Path) -> None:
    decided.write_text(decided.read_text() + "choose: {min_seeders: 50}\n")
    assert changes(invoke("replay", "--json").stdout) == [(1, "now abstains"), (3, "cannot be told")]


def test_nothing_is_changed(invoke: Invoke, decided: Path) -> None:
    before = decided.with_name("state.db").read_bytes()
    invoke("replay", "--all")
    assert decided.with_name("state.db").read_bytes() == before


def test_titles_cannot_harm_a_terminal(
    invoke: Invoke, config: Path, hostile: str, check_harmless: Callable[[str], None]
) -> None:
    async def decide() -> None:
        async with Database.open(f"sqlite://{config.with_name('state.db')}") as database:
            want, _ = await database.wants.add("hostile", Wish(Book(hostile)))
            wish = Wish(Book(hostile, (hostile,)), hostile)
            looked = (Candidate(Release(hostile, hostile, hostile)),)
            at = datetime(2026, 3, 1, tzinfo=UTC)
            await database.decisions.add(want.id, Decision("chosen", hostile, candidates=looked, wish=wish, at=at))

    asyncio.run(decide())
    check_harmless(invoke("replay", "--all").stdout)
