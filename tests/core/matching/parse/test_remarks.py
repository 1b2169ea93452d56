from __future__ import annotations

import pytest

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse import find_edition, peel, read_remark


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("MP3 64kbps", Claims(formats=("mp3",), bitrate=64)),
        ("m4b @ 128k", Claims(formats=("m4b",), bitrate=128)),
        ("MP3 V0 VBR", Claims(formats=("mp3",))),
        ("320", Claims(bitrate=320)),
        ("ENG / M4B", Claims(language="en", formats=("m4b",))),
        ("German", Claims(language="de")),
        ("Unabridged", Claims(abridged=False)),
        ("un-abridged", Claims(abridged=False)),
        ("Abridged", Claims(abridged=True)),
        ("ungekürzte Lesung", Claims(abridged=False)),
        ("gekürzt", Claims(abridged=True)),
        ("version abrégée", Claims(abridged=True)),
        ("Dramatized Adaptation", Claims(dramatised=True)),
        ("GraphicAudio", Claims(dramatised=True, publisher="GraphicAudio")),
        ("Full-Cast Recording", Claims(dramatised=True)),
        ("1 of 2", Claims(part="1", part_count="2")),
        ("Part 2 of 3", Claims(part="2", part_count="3")),
        ("Teil 1 von 2", Claims(part="1", part_count="2")),
        ("Part Two", Claims(part="2")),
        ("1990", Claims(year=1990)),
        ("2017-04-20", Claims(year=2017)),
        ("20.04.2017", Claims(year=2017)),
        ("465mb", Claims()),
        ("10:42:00", Claims()),
        ("12 hrs 30 mins", Claims()),
        ("VIP", Claims()),
        ("REPACK", Claims(repack=True)),
        ("PROPER", Claims(repack=False)),
        ("2nd Edition", Claims(edition="2")),
        ("Tenth Edition", Claims(edition="10")),
        ("Folio Society Edition", Claims(edition="Folio Society")),
        ("25th Anniversary Edition", Claims(edition="25th Anniversary")),
        ("3. Auflage", Claims(edition="3")),
        ("Complete Series", Claims(collection=True)),
        ("Hörbuch, MP3, 2004", Claims(formats=("mp3",), year=2004)),
    ],
)
def test_a_remark_says_what_it_claims(text: str, claims: Claims) -> None:
    assert read_remark(text) == claims


@pytest.mark.parametrize(
    "text", ["The Hobbit", "10:04", "Unabridged Journals", "2 of", "9999", "", "Part of Your World"]
)
def test_a_text_with_any_other_word_is_no_remark(text: str) -> None:
    assert read_remark(text) is None


def test_two_capitals_are_a_language_only_where_codes_are_expected() -> None:
    assert read_remark("DE") is None
    assert read_remark("DE", codes=True) == Claims(language="de")


@pytest.mark.parametrize(
    ("text", "rest", "claims"),
    [
        ("The Martian MP3 64kbps", "The Martian", Claims(formats=("mp3",), bitrate=64)),
        ("The Martian Unabridged 2014", "The Martian", Claims(abridged=False, year=2014)),
        ("The Martian 2014 MP3", "The Martian", Claims(year=2014, formats=("mp3",))),
        ("The Martian RETAIL EPUB", "The Martian", Claims(formats=("epub",))),
        ("The Martian vbr", "The Martian", Claims()),
        ("The Martian 2014", "The Martian 2014", Claims()),
        ("1984 MP3", "1984", Claims(formats=("mp3",))),
        ("The Unabridged", "The Unabridged", Claims()),
        ("Unabridged MP3", "Unabridged", Claims(formats=("mp3",))),
        ("The Reader English", "The Reader English", Claims()),
        ("Charlotte's web", "Charlotte's web", Claims()),
        ("The Illustrated Man", "The Illustrated Man", Claims()),
    ],
)
def test_only_sure_remarks_are_peeled_off_a_title(text: str, rest: str, claims: Claims) -> None:
    assert peel(text) == (rest, claims)


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("fantasy, 10th Edition", "10"),
        ("Greenery Press, 3rd ed. edition, March 2016", "3"),
        ("Second edition; illustrated", "2"),
        ("fantasy, unabridged", None),
        ("Edith, edited", None),
    ],
)
def test_an_edition_is_found_in_free_text(text: str, edition: str | None) -> None:
    assert find_edition(text) == edition
