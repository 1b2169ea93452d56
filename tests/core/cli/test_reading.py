"""`wants`, `jobs` and `actions`: what stands in the database and the configuration, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.models import Book, WantState, Wish
from audiobook_daemon.store import Database

if TYPE_CHECKING:
    from tests.conftest import Ended
    from tests.core.cli.conftest import Invoke

Command = Callable[..., Awaitable["Ended"]]


def columns(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("   ") if cell.strip()]


@pytest.mark.usefixtures("filled")
def test_wants_the_last_change_first(invoke: Invoke) -> None:
    told = invoke("wants")
    assert (told.exit_code, told.stderr) == (0, "")
    heading, _, *lines = told.stdout.splitlines()
    assert columns(heading) == ["id", "state", "title", "author", "why"]
    assert [line.split()[0] for line in lines if line[0] != " "] == ["4", "3", "2", "1"]
    assert columns(lines[-1]) == ["1", "review", "Abaddon's Gate", "James S. A. Corey", "Two are alike."]
    again = (datetime(2026, 3, 2, 12, tzinfo=UTC)).astimezone().strftime("%Y-%m-%d %H:%M")
    assert f"None. (again {again})" in told.stdout


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--state", "review"], [1]),
        (["-s", "review", "-s", "shelved"], [4, 1]),
        (["-s", "given-up"], []),
        (["--limit", "2"], [4, 3]),
    ],
)
def test_some_wants_as_json(invoke: Invoke, words: list[str], ids: list[int]) -> None:
    told = invoke("wants", *words, "--json")
    assert told.exit_code == 0
    assert [want["id"] for want in json.loads(told.stdout)] == ids


@pytest.mark.usefixtures("filled")
def test_a_want_as_json_is_whole(invoke: Invoke) -> None:
    (want,) = json.loads(invoke("wants", "--json", "-s", "review").stdout)
    assert want["wish"]["book"]["series"] == [{"name": "The Expanse", "position": "3"}]
    assert want["release"]["key"] == "4711"
    assert datetime.fromisoformat(want["changed"]).tzinfo is not None


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["wants", "-s", "lost"], 1, "There is no state 'lost'; states are wanted, review, chosen, "),
        (["wants", "-n", "0"], 2, "0 is not in the range 1<=x"),
        (["explain", "99"], 1, "There is no want 99; `audiobook-daemon wants` lists them."),
        (["explain", "0"], 1, "There is no want 0; "),
        (["explain", "99999999999999999999"], 1, "There is no want 99999999999999999999; "),
    ],
)
def test_what_there_is_not(invoke: Invoke, words: list[str], status: int, sentence: str) -> None:
    told = invoke(*words)
    assert (told.exit_code, told.stdout) == (status, "")
    assert sentence in told.stderr


@pytest.mark.usefixtures("filled")
def test_jobs(invoke: Invoke) -> None:
    told = invoke("jobs")
    assert told.exit_code == 0
    heading, _, *lines = told.stdout.splitlines()
    assert columns(heading) == ["job", "at", "does", "next", "last"]
    hunt, weekly, resting, gone = map(columns, lines)
    began = datetime(2026, 3, 1, 13, tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    assert hunt[:4] == ["hunt", "on", "*/30 * * * *", "choose, grab"]
    assert hunt[-1] == f"{began} failed"
    assert (weekly[1], weekly[-1]) == ("on", "never ran")
    assert resting == ["resting", "paused", "@daily", "sync", "never ran"]
    assert gone == ["gone", "off", "@daily", "cleanup", "never ran"]


@pytest.mark.usefixtures("filled")
def test_jobs_as_json(invoke: Invoke) -> None:
    jobs = {job["name"]: job for job in json.loads(invoke("jobs", "--json").stdout)}
    assert [job["state"] for job in jobs.values()] == ["on", "on", "paused", "off"]
    assert (jobs["hunt"]["last_run"]["outcome"], jobs["hunt"]["last_run"]["error"]) == ("failed", "It broke.")
    assert (jobs["resting"]["next_run"], jobs["gone"]["next_run"]) == (None, None)
    half_hour = datetime.fromisoformat(jobs["hunt"]["next_run"])
    assert half_hour.minute in {0, 30}
    assert timedelta(0) < half_hour - datetime.now(UTC) + timedelta(seconds=5) <= timedelta(minutes=30, seconds=5)


def test_actions_are_those_that_can_be_run(invoke: Invoke) -> None:
    actions = json.loads(invoke("actions", "--json").stdout)
    assert actions["choose"] == ["limit", "dry_run"]
    assert actions["want"][:2] == ["title", "author"]
    assert actions["doctor"] == []
    assert "mam.account" in actions
    assert "spare.account" not in actions, "it is switched off"
    heading, _, *lines = invoke("actions").stdout.splitlines()
    assert columns(heading) == ["action", "arguments"]
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == list(actions)
    assert ["choose", "--limit", "--dry-run"] in [line.split() for line in lines]


@pytest.mark.parametrize("words", [["wants"], ["jobs"], ["explain", "1"], ["wants", "--json"]])
def test_on_a_fresh_machine_they_say_what_comes_first(invoke: Invoke, config: Path, words: list[str]) -> None:
    told = invoke(*words)
    assert (told.exit_code, told.stdout) == (1, "")
    database = config.with_name("state.db")
    assert told.stderr == f"There is no database at {database}. The daemon creates it when it first starts.\n"
    assert not database.exists()


def test_without_wants(invoke: Invoke) -> None:
    assert invoke("do", "choose").exit_code == 0
    assert invoke("wants").stdout == "No books are on their way.\n"
    assert invoke("wants", "-s", "given-up").stdout == "No book is in the state given-up.\n"
    assert invoke("wants", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    "words", [["wants"], ["jobs"], ["actions"], ["do", "choose"], ["jobs", "pause", "hunt"], ["run"]]
)
def test_a_configuration_with_mistakes_is_told_line_by_line(invoke: Invoke, config: Path, words: list[str]) -> None:
    config.write_text(config.read_text().replace("[gather]", "[gathr]").replace("sync", "sink"))
    told = invoke(*words)
    assert (told.exit_code, told.stdout) == (1, "")
    first, second = told.stderr.splitlines()
    assert first.startswith(f"{config}:9:36: jobs.weekly.do[0]: ")
    assert second.startswith(f"{config}:10:32: jobs.resting.do[0]: ")


async def test_beside_a_daemon_that_writes(config: Path, command: Command) -> None:
    async with Database.open(f"sqlite://{config.with_name('state.db')}") as database:
        want, _ = await database.wants.add("one", Wish(Book("Emma")))
        told = await command("-c", config, "wants")
        assert (told.status, told.errors) == (0, "")
        assert "Emma" in told.output
        await database.wants.change(want, state=WantState.DROPPED)
        assert '"state": "dropped"' in (await command("-c", config, "explain", "1", "--json")).output
