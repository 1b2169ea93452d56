"""`check` lists every mistake with its place, and starts nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

BAD = """\
database: mysql://x
retry: {first: 5 parsecs}
dry_run: nope
plugins:
  mam: {sesion: 1}
  top10: {genres: [fantasy], type: top11}
  top10: {}
jobs:
  hunt: {at: "0 25 * * *", do: [chose]}
  tend: {at: "* * * * *", do: [{choose: {limit: -1}}]}
colour: [red]
"""
PLACES = ["1:11", "2:16", "3:10", "5:9", "6:36", "7:3", "9:14", "9:33", "10:49", "11:1"]


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    return path


def test_every_mistake_has_its_place(invoke: Invoke, bad: Path) -> None:
    told = invoke("check", file=bad)
    assert (told.exit_code, told.stderr) == (1, "")
    lines = told.stdout.splitlines()
    assert [line.removeprefix(f"{bad}:").split(": ")[0] for line in lines] == PLACES
    assert lines[-1].startswith(f"{bad}:11:1: colour: unknown key; known are authors, backup, choose, database, ")
    assert "did you mean choose?" in told.stdout
    assert "did you mean session?" in told.stdout
    assert not bad.with_name("state.db").exists()


def test_every_mistake_as_json(invoke: Invoke, bad: Path) -> None:
    told = invoke("check", "--json", file=bad)
    assert told.exit_code == 1
    document = json.loads(told.stdout)
    assert document["valid"] is False
    assert [f"{mistake['line']}:{mistake['column']}" for mistake in document["mistakes"]] == PLACES
    assert document["mistakes"][-1]["path"] == "colour"
    assert {mistake["file"] for mistake in document["mistakes"]} == {str(bad)}


def test_a_valid_one(invoke: Invoke, config: Path) -> None:
    told = invoke("check")
    assert (told.exit_code, told.stdout) == (0, f"{config} is valid: 2 instances, 3 jobs.\n")
    assert not config.with_name("state.db").exists()


def test_a_valid_one_as_json_without_its_secrets(invoke: Invoke) -> None:
    told = invoke("check", "--json")
    document = json.loads(told.stdout)
    assert (told.exit_code, document["valid"], document["warnings"]) == (0, True, [])
    assert document["configuration"]["plugins"]["mam"]["session"] == "***"
    assert document["configuration"]["jobs"]["hunt"]["do"] == [{"choose": {"limit": "5"}}, "grab"]
    assert "a-session-of-mam" not in told.stdout


def test_warnings_are_no_mistakes(invoke: Invoke, config: Path) -> None:
    config.write_text(config.read_text().replace("0 3 * * sun", "0 3 * * 6"))
    told = invoke("check")
    assert told.exit_code == 0
    warning, valid = told.stdout.splitlines()
    assert warning.startswith(f"{config}:9:16: jobs.weekly.at: 6 is Saturday here")
    assert "is valid" in valid
    assert [one["line"] for one in json.loads(invoke("check", "--json").stdout)["warnings"]] == [9]


def test_no_file(invoke: Invoke, tmp_path: Path) -> None:
    told = invoke("check", file=tmp_path / "none.yaml")
    assert told.exit_code == 1
    assert told.stdout.startswith(f"{tmp_path / 'none.yaml'}: ")
    assert len(told.stdout.splitlines()) == 1


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_plugin_that_others_could_change(invoke: Invoke, config: Path, words: list[str]) -> None:
    folder = config.with_name("own")
    folder.mkdir(mode=0o755)
    (folder / "mine.py").touch()
    (folder / "mine.py").chmod(0o666)
    config.write_text(f"plugin_folders: [own]\n{config.read_text()}")
    told = invoke("check", *words)
    sentence = f"{folder / 'mine.py'} can be changed by other users; run: chmod go-w {folder / 'mine.py'}"
    assert told.exit_code == 1
    if words:
        assert json.loads(told.stdout) == {"valid": False, "mistakes": [{"message": sentence}]}
    else:
        assert told.stdout == f"{sentence}\n"


def test_a_job_that_sets_what_cannot_be_set(invoke: Invoke, config: Path) -> None:
    job = '  quick: {{at: "0 2 * * *", do: [{{adjust: {{values: {{{}: 2, auto_grab.top10: yes}}}}}}]}}\n'
    plain = config.read_text().rstrip("\n") + "\n"
    config.write_text(plain.replace("jobs:\n", f"jobs:\n{job.format('min_sedders')}", 1))
    told = invoke("check")
    assert told.exit_code == 1
    assert told.stdout.rstrip().endswith(
        "jobs.quick.do[0].adjust.values: There is no setting called 'min_sedders'; did you mean min_seeders?"
    )
    config.write_text(plain.replace("jobs:\n", f"jobs:\n{job.format('min_seeders')}", 1))
    assert invoke("check").exit_code == 0
