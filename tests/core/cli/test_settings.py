"""`settings`, `set`, `unset`, `pause` and `resume`, without a running daemon: one is put together for the moment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke


def told(invoke: Invoke, *words: str) -> str:
    done = invoke(*words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def line(invoke: Invoke, name: str) -> list[str]:
    return next(one.split() for one in told(invoke, "settings").splitlines() if one.startswith(f"{name} "))


def test_what_is_set_stands_beside_what_the_file_says(invoke: Invoke, filled: Path) -> None:
    assert line(invoke, "min_seeders")[:3] == ["min_seeders", "1", "A"]
    assert told(invoke, "set", "min_seeders", "5") == "min_seeders is 5 now, where the file says 1.\n"
    assert told(invoke, "set", "auto_grab.top10", "on") == "auto_grab.top10 is yes now, where the file says no.\n"
    assert line(invoke, "min_seeders")[:4] == ["min_seeders", "5", "1", "(set"]
    listed = {one["name"]: one for one in json.loads(told(invoke, "settings", "--json"))}
    seeders = listed["min_seeders"]
    assert (seeders["value"], seeders["file_says"], seeders["path"]) == (5, 1, "choose.min_seeders")
    assert seeders["changed"]
    assert listed["packs"]["options"] == ["never", "review", "grab"]
    assert [name for name in listed if name.startswith("auto_grab.")] == ["auto_grab.top10"]
    assert told(invoke, "unset", "--all") == (
        "auto_grab.top10 is no now, as the file says. min_seeders is 1 now, as the file says.\n"
    )
    assert line(invoke, "min_seeders")[:3] == ["min_seeders", "1", "A"]


def test_an_edited_file_is_shown_as_it_will_count(invoke: Invoke, filled: Path) -> None:
    told(invoke, "set", "min_seeders", "5")
    filled.write_text(f"{filled.read_text()}choose: {{min_seeders: 3}}\n")
    assert line(invoke, "min_seeders")[:3] == ["min_seeders", "3", "A"]
    assert "min_seeders" not in told(invoke, "check")


def test_check_says_what_differs_from_the_file(invoke: Invoke, filled: Path) -> None:
    told(invoke, "set", "min_seeders", "5")
    first, last = told(invoke, "check").splitlines()
    assert first.startswith("min_seeders was set to 5 on ")
    assert first.endswith("; the file says 1.")
    assert last == f"{filled} is valid: 2 instances, 3 jobs."
    assert json.loads(told(invoke, "check", "--json"))["adjusted"] == {"min_seeders": 5}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("set", "min_seeders", "few"), "min_seeders: should be a whole number."),
        (("set", "min_seeders", "-1"), "min_seeders: should be greater than or equal to 0."),
        (("set", "seeders", "1"), "There is no setting called 'seeders'; did you mean min_seeders?"),
        (("unset", "seeders"), "There is no setting called 'seeders'; did you mean min_seeders?"),
        (("pause", "hnut"), "There is no job called 'hnut'. Jobs: hunt, resting, weekly."),
        (("pause", "--for", "long"), "should be a time with its unit"),
    ],
)
def test_a_mistake_is_a_sentence(invoke: Invoke, filled: Path, words: tuple[str, ...], sentence: str) -> None:
    done = invoke(*words) if "-1" not in words else invoke(*words[:1], "--", *words[1:])
    assert (done.exit_code, done.stdout) == (1, "")
    assert sentence in done.stderr


def test_to_unset_everything_takes_a_word(invoke: Invoke, filled: Path) -> None:
    assert invoke("unset").exit_code == 2
    assert invoke("unset", "packs", "--all").exit_code == 2


def test_the_whole_schedule_is_paused_and_resumed(invoke: Invoke, filled: Path) -> None:
    assert told(invoke, "pause", "--for", "2h").startswith("The whole schedule is paused until 2")
    assert "The whole schedule is paused until " in told(invoke, "jobs")
    states = {job["name"]: (job["state"], job["next_run"]) for job in json.loads(told(invoke, "jobs", "--json"))}
    assert states == {
        name: (state, None)
        for name, state in {"hunt": "held", "weekly": "held", "resting": "paused", "gone": "off"}.items()
    }
    assert told(invoke, "resume") == "The whole schedule is resumed. Paused by themselves are still: resting.\n"
    assert told(invoke, "resume", "resting") == "resting is resumed.\n"
    assert told(invoke, "jobs", "pause", "hunt") == "hunt is paused.\n"
    after = {job["name"]: job["state"] for job in json.loads(told(invoke, "jobs", "--json"))}
    assert after == {"hunt": "paused", "weekly": "on", "resting": "on", "gone": "off"}
