"""`do`, `jobs run`, `doctor` and their like without a running daemon: one is put together for the moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli.acting import read_arguments
from audiobook_daemon.cli.printing import cell
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.http import session

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("", {}),
        ("--limit 5", {"limit": "5"}),
        ("--limit=5", {"limit": "5"}),
        ("--limit -5", {"limit": "-5"}),
        ("--dry-run", {"dry_run": "true"}),
        ("--dry-run=no --limit 3", {"dry_run": "no", "limit": "3"}),
        ("--dry-run --limit 3", {"dry_run": "true", "limit": "3"}),
        ("--only a", {"only": "a"}),
        ("--only a --only b", {"only": ["a", "b"]}),
        ("--only a --only=b --only c", {"only": ["a", "b", "c"]}),
        ("--title=", {"title": ""}),
        ("--title=--a=b", {"title": "--a=b"}),
    ],
)
def test_arguments(words: str, arguments: dict[str, object]) -> None:
    assert read_arguments(words.split()) == arguments


def test_the_one_needed_argument_may_stand_without_its_name() -> None:
    assert read_arguments(["3"], "want") == {"want": "3"}
    assert read_arguments(["Emma", "--author", "Jane Austen"], "title") == {"title": "Emma", "author": "Jane Austen"}
    assert read_arguments(["--want", "3"], "want") == {"want": "3"}
    with pytest.raises(AudiobookDaemonError, match="'4' is no argument"):
        read_arguments(["3", "4"], "want")


def test_a_value_may_hold_anything() -> None:
    assert read_arguments(["--title", "The Well = Deep", "--author", ""]) == {"title": "The Well = Deep", "author": ""}


@pytest.mark.parametrize("words", [["limit"], ["--limit", "5", "6"], ["-n", "5"]])
def test_a_word_on_its_own_is_no_argument(words: list[str]) -> None:
    with pytest.raises(AudiobookDaemonError, match="is no argument; write --name value"):
        read_arguments(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("chose", "There is no action called 'chose'. Did you mean choose?"),
        ("choose --limt 5", "choose: unknown argument limt, did you mean limit?"),
        ("choose --limit -5 --foo", "limit: should be greater than or equal to 1; unknown argument foo"),
        ("choose --limit 99999999999999999999", "limit: should be less than or equal to 1000000"),
        ("cleanup --days 99999999999999999999", "days: should be less than or equal to 36500"),
        ("choose 5", "'5' is no argument; write --name value."),
        ("accept", "accept: argument want is missing"),
        ("accept --want 99", "There is no want 99; `audiobook-daemon wants` lists them."),
        ("accept --want 99999999999999999999", "want: should be less than or equal to 2147483647"),
        ("accept --want 3", "'Nowhere' (want 3) has nothing to accept: it is wanted."),
        ("spare.account", "There is no action called 'spare.account'."),
        ("gather --only nobody", "nobody is no import list. Import lists: top10."),
        ("gather --only b --only a", "a, b is no import list."),
    ],
)
@pytest.mark.usefixtures("filled")
def test_what_cannot_be_done_is_a_sentence(invoke: Invoke, words: str, sentence: str) -> None:
    told = invoke("do", *words.split())
    assert (told.exit_code, told.stdout) == (1, "")
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.usefixtures("filled")
def test_a_person_decides(invoke: Invoke) -> None:
    told = invoke("do", "accept", "--want", "1")
    assert (told.exit_code, told.stdout) == (0, '"Abaddon\'s Gate" (want 1) is accepted.\n')
    assert json.loads(invoke("wants", "--json", "-s", "chosen").stdout)[0]["approved"] is True
    again = json.loads(invoke("do", "drop", "1", "--json").stdout)
    assert (again["outcome"], again["data"]) == ("success", {"id": 1, "state": "dropped"})


@pytest.mark.usefixtures("filled")
def test_the_answer_harms_no_terminal(invoke: Invoke, hostile: str, check_harmless: Callable[[str], None]) -> None:
    for words in (["do", "drop", "--want", "2"], ["do", "choose", "--dry-run"], ["do", "accept", "--want", "2"]):
        told = invoke(*words)
        check_harmless(told.stdout)
        check_harmless(told.stderr)
    assert hostile not in told.stderr
    wanted = invoke("do", "want", "--title", f"The {hostile}")
    check_harmless(wanted.stdout)
    assert "is wanted now, as want 5." in wanted.stdout


def test_what_is_done_is_in_the_history(invoke: Invoke) -> None:
    assert invoke("do", "mam_scan").stdout.endswith("mam could not answer.\n")
    told = invoke("jobs", "run", "hunt")
    assert (told.exit_code, told.stdout) == (0, "choose: nothing to do. grab: nothing to do.\n")
    (hunt, *_) = json.loads(invoke("jobs", "--json").stdout)
    last = hunt["last_run"]
    assert (last["trigger"], last["outcome"], last["scheduled"]) == ("cli", "success", None)


def test_there_is_no_such_job(invoke: Invoke) -> None:
    told = invoke("jobs", "run", "hnut")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "There is no job called 'hnut'. Jobs: hunt, resting, weekly.\n"


@pytest.mark.parametrize("words", ["reload", "retry mam"])
def test_some_things_take_a_running_daemon(invoke: Invoke, config: Path, words: str) -> None:
    told = invoke(*words.split())
    assert (told.exit_code, told.stdout, told.stderr) == (1, "", "The daemon is not running.\n")
    assert not config.with_name("state.db").exists()


def test_a_failure_is_status_1(invoke: Invoke) -> None:
    """There is no library, so nobody can say what is owned."""
    told = invoke("do", "gather")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.endswith("No library is configured; add audiobookshelf under `plugins:`.\n")


def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(
    invoke: Invoke, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_FIRST_PAUSE", 0.01)
    client = "qbittorrent: {url: 'http://127.0.0.1:9', username: me, password: !env MAM_SESSION}"
    job = 'tend: {at: "* * * * *", do: [grab, watch, verify]}'
    config.write_text(f"database: sqlite://state.db\nplugins:\n  {client}\njobs:\n  {job}\n")
    told = invoke("doctor")
    lines = told.stdout.splitlines()
    assert told.exit_code == 1
    assert lines[0] == f"ok  configuration: {config} is valid."
    assert "look  configuration: No instance plays Library." in lines
    assert lines[lines.index("look  configuration: No instance plays Library.") + 1].endswith("under `plugins:`.")
    (wrong,) = (line for line in lines if line.startswith("wrong  qbittorrent: "))
    assert "127.0.0.1:9/" in wrong
    assert "Connection refused" in wrong
    assert lines[lines.index(wrong) + 1] == (
        "      See that its service runs, and that its address in the configuration is right."
    )
    assert lines[-1] == "doctor: 1 to mend, 3 to look at."
    document = invoke("doctor", "--json")
    assert document.exit_code == 1
    findings = json.loads(document.stdout)
    assert [one["what"] for one in findings if one["level"] == "failure"] == ["qbittorrent"]
    assert "a-session-of-mam" not in told.output + document.output


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (True, "yes"), (False, "no"), (0, "0"), (["a", "b"], "a, b"), ([], "")]
)
def test_what_stands_in_a_table(value: object, shown: str) -> None:
    assert cell(value) == shown
