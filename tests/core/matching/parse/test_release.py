from __future__ import annotations

import pytest

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse import read_release
from audiobook_daemon.models import SeriesPlace

HERBERT = ("Frank Herbert",)
BUTCHER = ("Jim Butcher",)
FOOL_MOON = Claims(title="Fool Moon", authors=BUTCHER)


def _claims(text: str) -> Claims:
    claims = read_release(text)
    assert claims is not None
    return claims


@pytest.mark.parametrize(
    "text",
    [
        "Frank Herbert - Dune",
        "Dune - Frank Herbert",
        "Dune- Frank Herbert",
        "Dune -Frank Herbert",
        "Frank Herbert – Dune",
        "Frank Herbert | Dune",
        "Frank Herbert _ Dune",
        "Frank_Herbert_-_Dune",
        "Frank.Herbert.-.Dune",
        "FrankHerbert-Dune",
        "Herbert, Frank - Dune",
        "Dune by Frank Herbert",
        "Dune, by Frank Herbert",
        "Dune von Frank Herbert",
        "Dune (Frank Herbert)",
        "[Frank Herbert] Dune",
        "[bitsearch.to] Frank Herbert - Dune",
        "[ www.example.com ] - Frank.Herbert.-.Dune",
        "Frank Herbert Collection - Dune",
        "Frank Herbert - Dune: A Novel",
        "Frank Herbert - “Dune”",
        "Frank Herbert - 1965. Dune",
        "Frank Herbert - s-01 - Dune",
        "Frank Herbert - Dune - www.example.com",
        "Frank Herbert - Dune [MP3-V0(VBR)]",
        "Frank Herbert - Dune (v5.0)",
        "Frank Herbert - Dune [EAC-FLAC]",
        "  Frank  Herbert -  Dune ",
    ],
)
def test_author_and_title_are_told_apart_in_every_order(text: str) -> None:
    claims = _claims(text)
    assert (claims.title, claims.authors) == ("Dune", HERBERT)


@pytest.mark.parametrize(
    "text",
    [
        "Jim Butcher - Dresden Files 02 - Fool Moon",
        "Jim Butcher - Dresden Files #2 - Fool Moon",
        "Jim Butcher - Dresden Files - 02 - Fool Moon",
        "Jim Butcher - Dresden Files, Book 2 - Fool Moon",
        "Jim Butcher - Dresden Files, Book 2: Fool Moon",
        "Jim Butcher - Dresden Files II - Fool Moon",
        "Jim Butcher - Dresden Files 02 Fool Moon",
        "Jim Butcher - [Dresden Files 02] - Fool Moon",
        "Jim Butcher - [Dresden Files 02] Fool Moon",
        "Jim Butcher - Fool Moon (Dresden Files, #2)",
        "Jim Butcher - Fool Moon [Dresden Files, Book 2]",
        "Jim Butcher - Fool Moon - Dresden Files Book 2",
        "[Dresden Files #2] Fool Moon - Jim Butcher",
        "Dresden Files 02 - Fool Moon - Jim Butcher",
        "Dresden Files #2 - Fool Moon by Jim Butcher",
        "Dresden Files, Vol. II: Fool Moon - Jim Butcher",
        "Fool Moon (Dresden Files, #2) - Jim Butcher",
        "Fool Moon: Dresden Files, Book 2 by Jim Butcher",
        "Fool Moon, Book 2 of Dresden Files by Jim Butcher",
        "Fool Moon - Dresden Files, Book 2 - Jim Butcher",
    ],
)
def test_a_series_is_read_in_every_form(text: str) -> None:
    claims = _claims(text)
    assert (claims.title, claims.authors, claims.series) == ("Fool Moon", BUTCHER, (SeriesPlace("Dresden Files", "2"),))


def test_a_position_without_a_series_is_told_with_an_empty_name() -> None:
    assert _claims("Jim Butcher - 02 - Fool Moon").series == (SeriesPlace("", "2"),)
    assert _claims("Jim Butcher - Fool Moon (Book 2)").series == (SeriesPlace("", "2"),)
    track = read_release("02 - Fool Moon.mp3", is_file=True)
    assert track is not None
    assert (track.title, track.series) == ("Fool Moon", ())


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Frank Herbert - Dune (1965) (read by Scott Brick) MP3 64kbps",
            Claims("Dune", authors=HERBERT, narrators=("Scott Brick",), year=1965, formats=("mp3",), bitrate=64),
        ),
        (
            "Dune by Frank Herbert [ENG / M4B] [VIP]",
            Claims("Dune", authors=HERBERT, language="en", formats=("m4b",)),
        ),
        (
            "Frank Herbert - Dune (Unabridged, narrated by Scott Brick, Simon Vance) [m4b@128k]",
            Claims(
                "Dune",
                authors=HERBERT,
                narrators=("Scott Brick", "Simon Vance"),
                abridged=False,
                formats=("m4b",),
                bitrate=128,
            ),
        ),
        (
            "Frank Herbert - Dune (2 of 3) [Dramatized Adaptation] GraphicAudio",
            Claims("Dune", authors=HERBERT, part="2", part_count="3", dramatised=True, publisher="GraphicAudio"),
        ),
        (
            "Frank Herbert - Dune: 2nd Edition (retail) (epub)",
            Claims("Dune", authors=HERBERT, edition="2", formats=("epub",)),
        ),
        ("Frank Herbert - Dune [B002V1OF70]", Claims("Dune", authors=HERBERT, asin="B002V1OF70")),
        ("Frank Herbert - Dune [978-0441172719]", Claims("Dune", authors=HERBERT, isbn="9780441172719")),
        (
            "Frank Herbert - Dune.REPACK.MP3-GRP",
            Claims("Dune", authors=HERBERT, repack=True, formats=("mp3",), group="GRP"),
        ),
        (
            "Frank Herbert - Dune, Part 2 (GraphicAudio)",
            Claims("Dune", authors=HERBERT, part="2", dramatised=True, publisher="GraphicAudio"),
        ),
        (
            "Dune, Third Edition by Frank Herbert [ENG / PDF]",
            Claims("Dune", authors=HERBERT, edition="3", language="en", formats=("pdf",)),
        ),
        ("Frank Herbert - Dune (German Edition)", Claims("Dune", authors=HERBERT, language="de")),
        ("Frank Herbert - Dune - Recorded Books", Claims("Dune", authors=HERBERT, publisher="Recorded Books")),
        (
            "Frank.Herbert.-.Dune.GERMAN.AUDIOBOOK.MP3-GRP",
            Claims("Dune", authors=HERBERT, language="de", formats=("mp3",), group="GRP"),
        ),
        ("Frank Herbert - Der Wüstenplanet (ungekürzt)", Claims("Der Wüstenplanet", authors=HERBERT, abridged=False)),
        ("Frank Herbert - Dune {Scott Brick}", Claims("Dune", authors=HERBERT, narrators=("Scott Brick",))),
        ("Frank Herbert - Dune (read by the author)", Claims("Dune", authors=HERBERT, narrators=HERBERT)),
        (
            "Frank Herbert - Dune (2010) - Scott Brick",
            Claims("Dune", authors=HERBERT, narrators=("Scott Brick",), year=2010),
        ),
        ("Frank Herbert - Dune (collector's gift)", Claims("Dune", authors=HERBERT, tags=("collector's gift",))),
    ],
)
def test_what_is_said_of_the_recording_is_claimed(text: str, claims: Claims) -> None:
    assert read_release(text) == claims


@pytest.mark.parametrize(
    ("text", "title", "author"),
    [
        ("George Orwell - 1984", "1984", "George Orwell"),
        ("1984 - George Orwell - 2008 - MP3", "1984", "George Orwell"),
        ("Ray Bradbury - Fahrenheit 451 [64kbps]", "Fahrenheit 451", "Ray Bradbury"),
        ("Joseph Heller - Catch-22", "Catch-22", "Joseph Heller"),
        ("11/22/63 by Stephen King [ENG / MP3]", "11/22/63", "Stephen King"),
        ("Maurice Leblanc - 813", "813", "Maurice Leblanc"),
        ("Rick Yancey - The 5th Wave", "The 5th Wave", "Rick Yancey"),
        ("Ernest Cline - Ready Player One (2011)", "Ready Player One", "Ernest Cline"),
        ("Lee.Child-61.Hours-AUDIOBOOK-2010-GRP", "61 Hours", "Lee Child"),
        ("The Primal Hunter 9 by Zogarth [ENG / M4B]", "The Primal Hunter 9", "Zogarth"),
    ],
)
def test_a_number_of_the_title_stays_in_it(text: str, title: str, author: str) -> None:
    claims = _claims(text)
    assert (claims.title, claims.authors, claims.series) == (title, (author,), ())


@pytest.mark.parametrize("title", ["Death by Chocolate", "Stand by Me", "Call Me by Your Name"])
def test_by_is_a_word_of_titles_too(title: str) -> None:
    assert (_claims(title).title, _claims(title).authors) == (title, ())
    named = _claims(f"{title} by Toni Morrison")
    assert (named.title, named.authors) == (title, ("Toni Morrison",))
    led = _claims(f"Toni Morrison - {title}")
    assert (led.title, led.authors) == (title, ("Toni Morrison",))


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Terry Pratchett & Neil Gaiman - Good Omens", ("Terry Pratchett", "Neil Gaiman")),
        ("Good Omens by Terry Pratchett, Neil Gaiman [ENG / M4B]", ("Terry Pratchett", "Neil Gaiman")),
        ("Good Omens by Terry Pratchett, Anna Smith (translator) [ENG / M4B]", ("Terry Pratchett",)),
        ("Various Authors - Good Omens", ()),
    ],
)
def test_several_people_are_authors_but_not_their_translators(text: str, authors: tuple[str, ...]) -> None:
    claims = _claims(text)
    assert (claims.title, claims.authors) == ("Good Omens", authors)


@pytest.mark.parametrize(
    ("text", "subtitle"),
    [
        ("Malcolm Gladwell - Outliers - The Story of Success", "The Story of Success"),
        ("Outliers - The Story of Success", "The Story of Success"),
        ("Malcolm Gladwell - Outliers", None),
    ],
)
def test_a_subtitle_is_no_series(text: str, subtitle: str | None) -> None:
    claims = _claims(text)
    assert (claims.title, claims.subtitle, claims.series) == ("Outliers", subtitle, ())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Jim Butcher - Dresden Files Books 1-4", (SeriesPlace("Dresden Files", "1-4"),)),
        ("Jim Butcher - Dresden Files 1-15 [M4B]", (SeriesPlace("Dresden Files", "1-15"),)),
        ("Jim Butcher - Dresden Files (Books 1 & 2)", (SeriesPlace("", "1-2"),)),
        ("Jim Butcher - Dresden Files Box Set", ()),
        ("Jim Butcher - Complete Collection", ()),
        ("Jim Butcher Complete Works MP3", ()),
    ],
)
def test_several_books_are_a_collection(text: str, places: tuple[SeriesPlace, ...]) -> None:
    claims = _claims(text)
    assert (claims.authors, claims.collection, claims.series) == (BUTCHER, True, places)


def test_a_volume_without_a_title_is_called_by_its_number() -> None:
    claims = _claims("Dungeon Crawler Carl Book 3 by Matt Dinniman [ENG / M4B]")
    assert claims.title == "Dungeon Crawler Carl Book 3"
    assert claims.series == (SeriesPlace("Dungeon Crawler Carl", "3"),)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Jim.Butcher-Fool.Moon-AUDIOBOOK-2009-GRP",
            Claims("Fool Moon", authors=BUTCHER, year=2009, group="GRP"),
        ),
        (
            "Jim.Butcher.-.Fool.Moon.(2001).RETAIL.EPUB-GRP",
            Claims("Fool Moon", authors=BUTCHER, year=2001, formats=("epub",), group="GRP"),
        ),
        (
            "Jim_Butcher_-_Fool_Moon-AUDiOBOOK-WEB-SE-2021-GRP_iNT",
            Claims("Fool Moon", authors=BUTCHER, year=2021, language="sv", group="GRP"),
        ),
        (
            "Jim.Butcher-Dresden.Files.02-Fool.Moon-AUDIOBOOK-2009-GRP",
            Claims("Fool Moon", authors=BUTCHER, series=(SeriesPlace("Dresden Files", "2"),), year=2009, group="GRP"),
        ),
        ("Jim.Butcher-Fool.Moon-WEB-2018-GRP-Obfuscated", Claims("Fool Moon", authors=BUTCHER, year=2018, group="GRP")),
        ("Jim Butcher - Fool Moon-SEEDPOOL", Claims("Fool Moon", authors=BUTCHER, group="SEEDPOOL")),
        ("Jim Butcher-Fool Moon-2009-GRP", Claims("Fool Moon", authors=BUTCHER, year=2009, group="GRP")),
        (
            "Jussi.Adler-Olsen-Locked.In-AUDIOBOOK-2023-GRP",
            Claims("Locked In", authors=("Jussi Adler-Olsen",), year=2023, group="GRP"),
        ),
        (
            "Joseph.Heller-Catch-22-AUDIOBOOK-1999-GRP",
            Claims("Catch-22", authors=("Joseph Heller",), year=1999, group="GRP"),
        ),
        (
            "J.R.R.Tolkien-The.Hobbit-AUDIOBOOK-2012-GRP",
            Claims("The Hobbit", authors=("J.R.R. Tolkien",), year=2012, group="GRP"),
        ),
        ("Fool.Moon.UNABRIDGED.2020.m4b", Claims("Fool Moon", abridged=False, year=2020, formats=("m4b",))),
    ],
)
def test_a_scene_release_is_read(text: str, claims: Claims) -> None:
    assert read_release(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        "",
        " - ",
        "ba27283b17c00d01193eacc02a8ba98eeb523a76",
        "550e8400-e29b-41d4-a716-446655440000",
        "Vh1FvU3bJXw6zs8EEUX4bMo5vbbMdHghxHirc.mkv",
        "ah63jka93jf0jh26ahjas961",
        "AHFMZXGHEWD660.rar",
    ],
)
def test_a_name_that_says_nothing_is_not_read(text: str) -> None:
    assert read_release(text) is None


@pytest.mark.parametrize("text", ["Neuromancer", "IAmLegend", "Catch22", "1984", "Slaughterhouse5", "TheFirstDefier"])
def test_one_word_can_be_a_title(text: str) -> None:
    assert _claims(text).title is not None


def test_known_authors_decide_what_is_theirs() -> None:
    strange = read_release("Pirateaba - The Wandering Inn", authors=("pirateaba",))
    assert strange is not None
    assert (strange.title, strange.authors) == ("The Wandering Inn", ("Pirateaba",))
    joined = read_release("Frank Herbert Dune MP3", authors=HERBERT)
    assert joined is not None
    assert (joined.title, joined.authors) == ("Dune", HERBERT)
    turned = read_release("Jane Eyre - Currer Bell", authors=("Currer Bell",))
    assert turned is not None
    assert (turned.title, turned.authors) == ("Jane Eyre", ("Currer Bell",))


def test_known_authors_are_not_claimed_for_a_title_that_names_nobody() -> None:
    claims = read_release("Supply Chain Management: 2nd Edition", authors=("James B Ayers",))
    assert claims == Claims("Supply Chain Management", edition="2")


def test_the_edition_may_stand_in_the_line_of_tags() -> None:
    claims = read_release("Supply Chain Management", tags_line="business, 3rd Edition")
    assert claims == Claims("Supply Chain Management", edition="3")
