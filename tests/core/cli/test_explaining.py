"""`explain`: the story of one want, and nothing in it that could harm a terminal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.cli import printing
from audiobook_daemon.models import Book, Release, SeriesPlace, Stance, Verdict, WantState, Wish
from audiobook_daemon.store import Candidate, Database, Decision

if TYPE_CHECKING:
    from tests.core.cli.conftest import Invoke

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
filled = pytest.mark.usefixtures("filled")


@filled
def test_what_a_person_has_to_decide(invoke: Invoke) -> None:
    told = invoke("explain", "1")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "Abaddon's Gate by James S. A. Corey (The Expanse 3)",
        "Wished by top10: rank 3 in fantasy",
        "Now review: Two are alike.",
        "",
        f"Searched {printing.local(datetime(2026, 3, 1, 12, 1, tzinfo=UTC))}: Two are alike.",
        "  1. Abaddons Gate, read by Jefferson Mays, m4b (mam 4711)",
        "     the title is the same",
        "  2. Cibola Burn (mam 13)",
        "     another volume",
        "Answer: audiobook-daemon do accept 1 --candidate N, or reject, search_again, give_up in its place",
        "Asked: not noted; spare could not answer",
        "Tried before: mam 12: Nothing arrived for 3 days.",
    ]


@filled
def test_the_whole_story(invoke: Invoke) -> None:
    lines = invoke("explain", "1", "--all").stdout.splitlines()
    assert lines[:3] == [
        "Abaddon's Gate by James S. A. Corey (The Expanse 3)",
        "Wished by top10: rank 3 in fantasy",
        "Now review: Two are alike.",
    ]
    assert "Could not answer: spare" in lines
    (best,) = [line for line in lines if "Abaddons Gate, read by Jefferson Mays, m4b (mam 4711)" in line]
    assert best.split("(mam 4711)")[1].split() == ["97%", "9", "+", "the", "title", "is", "the", "same"]
    assert any("Cibola Burn (mam 13)" in line and line.rstrip().endswith("- another volume") for line in lines)
    assert any(line.split() == ["mam", "12", "Nothing", "arrived", "for", "3", "days."] for line in lines)
    happened = lines[lines.index("What happened") + 3 :]
    assert [line.split()[2] for line in happened] == ["wanted", "review"]


@pytest.fixture
def grabbed(config: Path) -> Path:
    """A book like most: found among its neighbours, taken, checked and shelved."""
    asyncio.run(_grab(config.with_name("state.db")))
    return config


async def _grab(path: Path) -> None:
    book = Book("The Way of Kings", ("Brandon Sanderson",), series=(SeriesPlace("The Stormlight Archive", "1"),))
    readers = ("Michael Kramer", "Kate Reading")
    best = Release("mam", "700", "The Way of Kings", book.authors, readers, formats=("m4b",), size=1_300_000_000)
    best = replace(best, bitrate=64, seeders=120)
    family = ("title", "author", "series", "narrator", "runtime", "year", "id", "language")
    evidence = [
        Verdict(name, Stance.SUPPORT, f"its {name} is the wished one", family=name, weight=2.5 - 0.5 * place)
        for place, name in enumerate(family)
    ]
    gate = Verdict("few_seeders", Stance.DOUBT, "few seed it")
    others = [
        Candidate(replace(best, key=str(number), formats=("mp3",)), (), 0.9, "mp3 is behind m4b" + " and so on" * 20)
        for number in range(701, 720)
    ]
    asked = ("title and author: 12 found", "other books: google could not answer")
    async with Database.open(f"sqlite://{path}", clock=lambda: NOON) as database:
        want, _ = await database.wants.add("kings", Wish(book, "top10", note="rank 1 in fantasy"))
        looked = (Candidate(best, (gate, *evidence), 0.99), *others)
        await database.decisions.add(want.id, Decision("chosen", "It fits.", asked, looked, ("prowlarr",)))
        for key in ("12", "13"):
            await database.blocklist.add(want.id, "mam", key, None, "stalled", "Nothing arrived for 3 days.")
        checked = "45 files, 2727.3 minutes, all readable."
        want = await database.wants.change(want, state=WantState.VERIFIED, reason=checked, release=best)
        told = "shelves has it in Brandon Sanderson/The Way of Kings."
        folder = "/books/Brandon Sanderson/The Stormlight Archive/1 - The Way of Kings"
        await database.wants.change(want, state=WantState.SHELVED, reason=told, folder=folder)


@pytest.mark.usefixtures("grabbed")
def test_why_this_one_and_not_the_others_is_told_on_one_screen(invoke: Invoke) -> None:
    lines = invoke("explain", "1").stdout.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    assert lines[:15] == [
        "The Way of Kings by Brandon Sanderson (The Stormlight Archive 1)",
        "Wished by top10: rank 1 in fantasy",
        "Now shelved: shelves has it in Brandon Sanderson/The Way of Kings.",
        "In /books/Brandon Sanderson/The Stormlight Archive/1 - The Way of Kings",
        "",
        f"Chosen by the rules, {printing.local(NOON)}:",
        "  1. The Way of Kings, read by Michael Kramer and Kate Reading, m4b, 64 kbit/s, 1.3 GB (mam 700)",
        "  + its title is the wished one                                             very strong",
        "  + its author is the wished one                                            very strong",
        "  + its series is the wished one                                            strong",
        "  + its narrator is the wished one                                          strong",
        "  + its language is the wished one                                          strong against it",
        "  + its runtime is the wished one                                           some weight",
        "Checked: 45 files, 2727.3 minutes, all readable.",
        "",
    ]
    assert lines[15] == "Why not the others:"
    assert (
        lines[16]
        == "  2. mam 701, The Way of Kings                mp3 is behind m4b and so on and so on and so on and s…"
    )
    assert lines[21:] == [
        "  and 14 more: audiobook-daemon explain 1 --all",
        "Asked: title and author: 12 found; other books: google could not answer; prowlarr could not answer",
        "Tried before: mam 13: Nothing arrived for 3 days. (and 1 more)",
    ]


@pytest.mark.usefixtures("grabbed")
def test_the_whole_story_names_every_candidate_with_what_its_evidence_is_worth(invoke: Invoke) -> None:
    told = invoke("explain", "1", "--all").stdout
    numbers = [line.split()[0] for line in told.partition("Tried before")[0].splitlines() if line[:2].strip().isdigit()]
    assert numbers == [str(number) for number in range(1, 21)]
    assert "+ its title is the wished one (very strong)" in told
    assert "Asked for title and author: 12 found" in told


@filled
def test_as_json(invoke: Invoke) -> None:
    story = json.loads(invoke("explain", "1", "--json").stdout)
    assert story["want"]["state"] == "review"
    assert [one["release"]["key"] for one in story["decisions"][0]["candidates"]] == ["4711", "13"]
    assert story["decisions"][0]["candidates"][0]["verdicts"][0]["stance"] == "support"
    assert [one["key"] for one in story["blocked"]] == ["12"]
    assert [one["after"] for one in story["events"]] == ["review", "wanted"]


@filled
def test_a_want_nothing_happened_to(invoke: Invoke) -> None:
    told = invoke("explain", "4").stdout
    assert told == "Dune by Frank Herbert\nWished by somebody\nNow shelved: \n"
    told = invoke("explain", "4", "--all").stdout
    assert "Last search" not in told
    assert "Tried before" not in told


@filled
@pytest.mark.parametrize("words", [["wants"], ["explain", "2"], ["explain", "2", "--all"], ["jobs"]])
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


@filled
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
