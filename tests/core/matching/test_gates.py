from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audiobook_daemon import Book, Price, Release, SeriesPlace, Wish
from audiobook_daemon.matching import GateRules, no_single_book
from audiobook_daemon.matching.gates import gates
from audiobook_daemon.matching.identity import read

EMMA = Wish(Book("Emma", ("Jane Austen",), language="en"), runtimes=(36_000.0,))
OFFER = Release("x", "1", "Emma", ("Jane Austen",), language="en", formats=("m4b",), size=288_000_000, seeders=5)


def codes(release: Release, wish: Wish = EMMA, rules: GateRules | None = None, today: date | None = None) -> list[str]:
    return [verdict.code for verdict in gates(wish, read(release), rules or GateRules(), today)]


def test_a_good_release_passes_all_gates() -> None:
    assert codes(OFFER) == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Jane Austen - Emma [EPUB]", "not_audio"),
        ("Jane Austen - Emma 1080p WEB-DL x264", "not_audio"),
        ("Jane Austen - Emma (mkv)", "not_audio"),
        ("Jane Austen - Emma [GER / M4B]", "language"),
        ("Jane Austen - Emma (Abridged) [M4B]", "abridged"),
        ("Jane Austen - Emma (gekürzt) [M4B]", "abridged"),
        ("Jane Austen - Emma (Dramatized Adaptation) [M4B]", "dramatised"),
        ("Jane Austen - Emma [GraphicAudio] [M4B]", "dramatised"),
        ("Jane Austen - Emma (Part 1 of 2) [M4B]", "part"),
        ("Summary of Emma by Jane Austen [M4B]", "derived"),
        ("Study Guide: Emma by Jane Austen [M4B]", "derived"),
        ("Emma: CliffsNotes [M4B]", "derived"),
        ("Book Talk Podcast: Emma by Jane Austen [M4B]", "derived"),
        ("Jane Austen - Emma (Sample) [M4B]", "derived"),
    ],
)
def test_the_title_is_believed_where_no_field_says_more(title: str, code: str) -> None:
    bare = replace(OFFER, title=title, language=None, formats=())
    assert code in codes(bare)


@pytest.mark.parametrize(
    "title",
    [
        "Jane Austen - Emma (Unabridged) [M4B]",
        "Jane Austen - Emma [M4B + EPUB]",
        "Jane Austen - Emma [ENG / M4B]",
        "Jane Austen - Emma (ungekürzt) [M4B]",
    ],
)
def test_what_only_resembles_a_fault_is_none(title: str) -> None:
    assert codes(replace(OFFER, title=title, language=None, formats=())) == []


def test_what_is_wished_is_no_fault() -> None:
    abridged, drama = replace(OFFER, abridged=True), replace(OFFER, title="Emma (Dramatized Adaptation)")
    assert codes(abridged, replace(EMMA, abridged=True)) == []
    assert codes(drama, replace(EMMA, dramatised=True)) == []
    guide = Book("The Emma Study Guide", ("Ann Author",), language="en")
    assert codes(replace(OFFER, title="The Emma Study Guide"), replace(EMMA, book=guide)) == []
    assert codes(replace(OFFER, language="de"), replace(EMMA, languages=("de", "en"))) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"audio": False}, "not_audio"),
        ({"formats": ("epub", "pdf")}, "not_audio"),
        ({"dramatised": True}, "dramatised"),
        ({"size": 1_000_000, "formats": ("opus",)}, "size"),
        ({"size": 50_000_000}, "implied_bitrate"),
        ({"size": 2_700_000_000}, "implied_bitrate"),
        ({"seeders": 0}, "no_seeders"),
        ({"price": Price.PAID}, "price"),
        ({"vip_only": True}, "price"),
    ],
)
def test_each_gate_has_its_code(change: dict[str, object], code: str) -> None:
    rules = GateRules(prices=(Price.FREE, Price.UNKNOWN), vip=False)
    assert codes(replace(OFFER, **change), rules=rules)[:1] == [code]  # type: ignore[arg-type]


def test_lossless_and_speech_codecs_have_their_own_bitrates() -> None:
    assert codes(replace(OFFER, size=2_700_000_000, formats=("flac",))) == []
    assert codes(replace(OFFER, size=72_000_000, formats=("opus",))) == []
    assert codes(replace(OFFER, size=2_700_000_000), replace(EMMA, runtimes=())) == []
    assert codes(replace(OFFER, size=2_700_000_000), replace(EMMA, runtimes=(36_000.0, 100_000.0))) == []


def test_a_book_that_is_not_out_yet_is_not_offered() -> None:
    coming = replace(EMMA, book=replace(EMMA.book, year=2031))
    assert codes(OFFER, coming, today=date(2030, 5, 1)) == ["not_released"]
    assert codes(OFFER, coming, today=date(2031, 1, 1)) == []
    assert codes(OFFER, coming) == []


def test_e_books_can_be_wanted_too() -> None:
    printed = replace(OFFER, formats=("epub",), size=12_000_000)
    wish = replace(EMMA, runtimes=())
    assert codes(printed, wish, GateRules(medium="ebook")) == []
    assert codes(OFFER, wish, GateRules(medium="ebook")) == ["not_audio"]
    assert codes(printed, wish, GateRules(medium="any")) == []


@pytest.mark.parametrize(
    ("title", "position", "single"),
    [
        ("Emma", None, True),
        ("Collection of Sand", None, True),
        ("The Jane Austen Collection", None, False),
        ("Emma: Summary", None, False),
        ("Emma (Dramatized Adaptation)", None, False),
        ("Emma [Abridged]", None, False),
        ("The Novels", "1-3", False),
    ],
)
def test_listed_titles_that_are_no_single_book_are_known(title: str, position: str | None, single: bool) -> None:
    book = Book(title, ("Jane Austen",), series=(SeriesPlace("Novels", position),))
    assert (no_single_book(book) is None) is single
