from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import SeriesPlace
from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.tags import read_tags


def test_the_album_is_the_book_and_the_composer_reads() -> None:
    claims = read_tags(
        title="Chapter 12",
        artist="Brandon Sanderson",
        album="Words of Radiance (Unabridged)",
        composer="Michael Kramer, Kate Reading",
        year="2014-03-04",
        track=12,
    )
    assert claims == Claims(
        "Words of Radiance",
        authors=("Brandon Sanderson",),
        narrators=("Michael Kramer", "Kate Reading"),
        year=2014,
        abridged=False,
    )


@pytest.mark.parametrize(
    ("album", "title", "series"),
    [
        ("Words of Radiance: The Stormlight Archive, Book 2", "Words of Radiance", ("The Stormlight Archive", "2")),
        ("The Stormlight Archive 02 - Words of Radiance", "Words of Radiance", ("The Stormlight Archive", "2")),
        ("Words of Radiance (The Stormlight Archive #2)", "Words of Radiance", ("The Stormlight Archive", "2")),
        ("Words of Radiance, Book 2 of The Stormlight Archive", "Words of Radiance", ("The Stormlight Archive", "2")),
        ("Brandon Sanderson - Words of Radiance", "Words of Radiance", None),
        ("Words of Radiance [Disc 3]", "Words of Radiance", None),
        ("Words of Radiance - CD 03", "Words of Radiance", None),
        ("1984", "1984", None),
    ],
)
def test_albums_are_written_in_many_ways(album: str, title: str, series: tuple[str, str] | None) -> None:
    claims = read_tags(album=album, artist="Brandon Sanderson")
    assert claims.title == title
    assert claims.authors == ("Brandon Sanderson",)
    assert claims.series == ((SeriesPlace(*series),) if series else ())


@pytest.mark.parametrize(
    ("people", "authors", "narrators"),
    [
        ({"albumartist": "Neil Gaiman", "artist": "Lenny Henry"}, ("Neil Gaiman",), ()),
        ({"artist": "Neil Gaiman", "composer": "Neil Gaiman"}, ("Neil Gaiman",), ()),
        ({"artist": "Gaiman, Neil", "composer": "Neil Gaiman"}, ("Neil Gaiman",), ()),
        ({"artist": "Neil Gaiman, Lenny Henry", "composer": "Lenny Henry"}, ("Neil Gaiman",), ("Lenny Henry",)),
        ({"artist": "Neil Gaiman", "albumartist": "Various Artists"}, ("Neil Gaiman",), ()),
        ({"artist": "Neil Gaiman", "comment": "Read by Lenny Henry"}, ("Neil Gaiman",), ("Lenny Henry",)),
        ({"artist": "Neil Gaiman", "comment": "Read by the author"}, ("Neil Gaiman",), ("Neil Gaiman",)),
        ({"artist": "Neil Gaiman & Terry Pratchett"}, ("Neil Gaiman", "Terry Pratchett"), ()),
        ({"artist": "Unknown Artist", "composer": "Lenny Henry"}, (), ("Lenny Henry",)),
    ],
)
def test_author_and_narrator_are_told_apart(
    people: dict[str, str], authors: tuple[str, ...], narrators: tuple[str, ...]
) -> None:
    claims = read_tags(album="Anansi Boys", **people)  # type: ignore[arg-type]
    assert (claims.authors, claims.narrators) == (authors, narrators)


@pytest.mark.parametrize(
    ("album", "title", "track", "expected"),
    [
        (None, "Anansi Boys", None, "Anansi Boys"),
        ("", "01 - Anansi Boys", 1, "Anansi Boys"),
        ("Unknown Album", "Anansi Boys", "1/12", "Anansi Boys"),
        ("Audiobook", "Anansi Boys", 1, "Anansi Boys"),
        (None, "Chapter 3", 3, None),
        (None, "003", 3, None),
        (None, None, None, None),
    ],
)
def test_the_title_stands_in_where_no_album_names_the_book(
    album: str | None, title: str | None, track: str | int | None, expected: str | None
) -> None:
    assert read_tags(album=album, title=title, track=track).title == expected


@pytest.mark.parametrize(
    ("other", "claims"),
    [
        ({"series": ["Discworld"], "series-part": ["16.5"]}, Claims(series=(SeriesPlace("Discworld", "16.5"),))),
        ({"mvnm": "Discworld", "mvin": "3"}, Claims(series=(SeriesPlace("Discworld", "3"),))),
        ({"grouping": "Discworld, Book 3"}, Claims(series=(SeriesPlace("Discworld", "3"),))),
        ({"grouping": "Fantasy"}, Claims()),
        ({"Narrator": ["Nigel Planer", "Celia Imrie"]}, Claims(narrators=("Nigel Planer", "Celia Imrie"))),
        ({"asin": "B002V5D96G", "language": "eng"}, Claims(asin="B002V5D96G", language="en")),
        ({"publisher": "Isis", "isbn": "0-7653-2636-7"}, Claims(publisher="Isis")),
    ],
)
def test_further_tags_are_read(other: dict[str, str | list[str]], claims: Claims) -> None:
    assert read_tags(other=other) == claims


def test_a_comment_may_hold_the_asin_or_a_remark() -> None:
    assert read_tags(comment="asin: B002V5D96G").asin == "B002V5D96G"
    assert read_tags(comment="Unabridged, 64kbps").abridged is False
    assert read_tags(comment="The tale of a hero " * 20) == Claims()


TEXTS = (
    st.none() | st.text(max_size=80) | st.sampled_from(["Chapter 1", "A, B", "Various", "Dune #1", "1/2", "(x", "0"])
)


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_tags_are_read(
    title: str | None,
    artist: str | None,
    album: str | None,
    composer: str | None,
    comment: str | None,
    year: str | None,
) -> None:
    claims = read_tags(
        title=title,
        artist=artist,
        albumartist=composer,
        album=album,
        composer=composer,
        year=year,
        comment=comment,
        track=year,
        other={"series": album or "", "grouping": title or ""},
    )
    assert claims.title is None or claims.title.strip()


def test_no_tag_hangs() -> None:
    begin = time.process_time()
    for piece in ("a, ", "Read by ", "(", "1 - ", " & "):
        text = piece * 50_000
        read_tags(title=text, artist=text, album=text, composer=text, comment=text)
    assert time.process_time() - begin < 2
