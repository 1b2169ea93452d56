"""`explain`: the story of one want, and nothing in it that could harm a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import printing

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

pytestmark = pytest.mark.usefixtures("filled")


def test_the_whole_story(invoke: Invoke) -> None:
    told = invoke("explain", "1")
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[:4] == [
        "Abaddon's Gate by James S. A. Corey",
        "The Expanse 3",
        "Wished by top10: rank 3 in fantasy",
        "Now review: Two are alike.",
    ]
    assert "Could not answer: spare" in lines
    (chosen,) = [line for line in lines if line.startswith("Abaddons Gate, read by Jefferson Mays (mam 4711)")]
    assert chosen.split("(mam 4711)")[1].split() == ["97%", "m4b", "?", "9", "+", "the", "title", "is", "the", "same"]
    assert any(line.startswith("Cibola Burn (mam 13)") and line.rstrip().endswith("- another volume") for line in lines)
    assert any(line.split() == ["mam", "12", "Nothing", "arrived", "for", "3", "days."] for line in lines)
    happened = lines[lines.index("What happened") + 3 :]
    assert [line.split()[2] for line in happened] == ["wanted", "review"]


def test_as_json(invoke: Invoke) -> None:
    story = json.loads(invoke("explain", "1", "--json").stdout)
    assert story["want"]["state"] == "review"
    assert [one["release"]["key"] for one in story["decisions"][0]["candidates"]] == ["4711", "13"]
    assert story["decisions"][0]["candidates"][0]["verdicts"][0]["stance"] == "support"
    assert [one["key"] for one in story["blocked"]] == ["12"]
    assert [one["after"] for one in story["events"]] == ["review", "wanted"]


def test_a_want_nothing_happened_to(invoke: Invoke) -> None:
    told = invoke("explain", "4").stdout
    assert "Dune by Frank Herbert\nWished by somebody\nNow shelved: \n" in told
    assert "Last search" not in told
    assert "Tried before" not in told


@pytest.mark.parametrize("words", [["wants"], ["explain", "2"], ["jobs"]])
def test_titles_cannot_harm_a_terminal(
    invoke: Invoke, words: list[str], hostile: str, check_harmless: Callable[[str], None]
) -> None:
    told = invoke(*words)
    assert told.exit_code == 0
    check_harmless(told.stdout)
    if words != ["jobs"]:
        kept = printing.plain(hostile)
        assert "[red]\\[bold]x[/]" in kept, "what looks like markup is text"
        assert ":cat:" in kept
        together = "".join(told.stdout.split())
        assert "".join(kept.split()) in together


@pytest.mark.parametrize("words", [["wants"], ["explain", "2"], ["jobs"]])
def test_json_keeps_them_as_they_are_and_harms_nobody(
    invoke: Invoke, words: list[str], hostile: str, check_harmless: Callable[[str], None]
) -> None:
    told = invoke(*words, "--json").stdout
    check_harmless(told)
    document = json.loads(told)
    match words[0]:
        case "wants":
            assert [want["wish"]["book"]["title"] for want in document][2] == hostile
        case "explain":
            assert document["want"]["wish"]["note"] == document["blocked"][0]["reason"] == hostile
        case _:
            assert document[0]["last_run"]["summary"] == hostile


def test_letters_of_every_script_are_kept(invoke: Invoke, capsys: pytest.CaptureFixture[str]) -> None:
    printing.print_json({"title": "Преступление 罪と罰 جريمة 😀\udcff"})
    printing.say("Преступление 罪と罰 جريمة 😀\udcff")
    told, said = capsys.readouterr().out.split("}\n")
    assert told == '{\n  "title": "Преступление 罪と罰 جريمة 😀\\udcff"\n'
    assert said == "Преступление 罪と罰 جريمة 😀 \n"
