"""Names of files and folders that every file system takes and no title can break out of."""

from __future__ import annotations

import string
import unicodedata
from itertools import islice
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Book, SeriesPlace
from audiobook_daemon.config.templates import read_template
from audiobook_daemon.demo.audiobookshelf.names import read_folder, split_names
from audiobook_daemon.shelving.naming import Edition, Naming, folded, safe_name
from audiobook_daemon.shelving.naming.letters import cut, letters

DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
HOSTILE = st.text(max_size=300) | st.lists(
    st.sampled_from(
        ["..", "/", "\\", ":", " ", ".", "\n", "\0", "\u202e", "\u200d", "\ud800", "CON", "é", "ä" * 90, "字"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("日本語タイトル", "日本語タイトル"),
        ("Title: With Colon", "Title - With Colon"),
        ("10:04", "10-04"),
        ("9:59: A Tale", "9-59 - A Tale"),
        ("Line\nbreak\tand\u2028more", "Line break and more"),
        ("Is This Okay?", "Is This Okay"),
        (". file .", "file"),
        (". . file", "file"),
        ("Marvel's Agents of S.H.I.E.L.D.", "Marvel's Agents of S.H.I.E.L.D"),
        ("e\u0301tude", "étude"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("a/../../b", "a....b"),
        ("???", "Unknown"),
        ("\u200d", "Unknown"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a?\u0301", "á"),
        ("\u3164\u2800", "Unknown"),
        ("\u0301\u0302", "Unknown"),
        (".hidden", "hidden"),
        ("@eaDir", "_@eaDir"),
        ("System Volume Information", "_System Volume Information"),
    ],
)
def test_a_name_stays_as_readable_as_it_can(text: str, name: str) -> None:
    assert safe_name(text, "Unknown") == name


@pytest.mark.parametrize(
    "text", ["con", "NUL", "Aux", "LPT9", "com¹", "nul.txt", "con .txt", "CON...", "C?ON", "conin$", "clock$.mp3"]
)
def test_names_of_devices_are_escaped(text: str) -> None:
    assert safe_name(text, "Unknown").startswith("_")


@pytest.mark.parametrize("text", ["Conan", "Nullarbor", "Computer", "com", "aux armes"])
def test_names_that_only_begin_as_a_device_are_kept(text: str) -> None:
    assert safe_name(text, "Unknown") == text


FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
THUMB = "\U0001f44d\U0001f3fd"
FLAG = "\U0001f1eb\U0001f1f7"


@pytest.mark.parametrize(
    ("text", "most", "name"),
    [
        ("a" * 50, 40, "a" * 40),
        ("\u00e4" * 50, 41, "\u00e4" * 20),
        ("x" * 38 + "e\u0323\u0302", 40, "x" * 38),
        ("x" * 34 + FAMILY, 40, "x" * 34),
        ("x" * 36 + THUMB, 40, "x" * 36),
        ("x" * 36 + FLAG, 40, "x" * 36),
        ("x" * 32 + FLAG, 40, "x" * 32 + FLAG),
        ("x" * 39 + "\u2764\ufe0f", 45, "x" * 39 + "\u2764\ufe0f"),
        ("x" * 39 + "\u2764\ufe0f", 44, "x" * 39),
        ("x" * 39 + " y", 40, "x" * 39),
        ("x" * 39 + ".y", 40, "x" * 39),
        ("a" + "\u0316" * 60, 40, "a" + "\u0316" * 19),
    ],
)
def test_a_name_is_cut_between_letters_and_never_within_one(text: str, most: int, name: str) -> None:
    assert safe_name(text, "Unknown", most) == name


@given(HOSTILE, st.integers(40, 255))
def test_every_text_becomes_one_safe_part(text: str, most: int) -> None:
    name = safe_name(text, "Unknown", most)
    assert name.strip()
    assert PurePosixPath(name).parts == (name,)
    assert not set(name) & set('<>:"/\\|?*')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert all(unicodedata.category(char)[0] != "C" or char in "\u200c\u200d" for char in name)
    assert unicodedata.is_normalized("NFC", name)
    assert len(name.encode()) <= most
    assert len(name.encode("utf-16-le")) // 2 <= 255
    assert name.split(".")[0].rstrip().casefold() not in DEVICES
    assert safe_name(name, "Unknown", most) == name


@given(st.text(st.sampled_from(f"aé字{FAMILY}{THUMB}{FLAG}\u0301\ufe0f\u0316 ."), max_size=80), st.integers(0, 60))
def test_a_cut_text_is_a_beginning_made_of_whole_letters(text: str, most: int) -> None:
    short = cut(text, most)
    assert text.startswith(short)
    assert len(short.encode()) <= most
    whole = list(letters(text))
    assert "".join(whole) == text
    if whole and len(whole[0].encode()) <= most:
        assert list(letters(short)) == whole[: len(list(letters(short)))]


@pytest.mark.parametrize(
    ("one", "other"), [("Emma", "EMMA"), ("Straße", "STRASSE"), ("Caf\u00e9", "Cafe\u0301"), ("Emma", "Emma. ")]
)
def test_names_that_some_file_system_takes_for_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_names_that_no_file_system_takes_for_one() -> None:
    assert len({folded(name) for name in ("Emma", "Ema", "Émma", "Emma 2")}) == 4


TEMPLATES = (
    "{authors}/{series}/{Book position - }{title}{ [asin]}",
    "{author}/{series}/{position}. {title} ({year}) {{narrator}}",
    "{title}{ - subtitle}",
)


@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(TEMPLATES))
def test_no_book_leaves_the_library(title: str, author: str, series: str, template: str) -> None:
    book = Book(title, (author,), subtitle=series, series=(SeriesPlace(series, "1"),))
    for folder in islice(Naming(read_template(template)).candidates(book, Edition((author,), format=title)), 6):
        assert len(folder.parts) == (1 if template.startswith("{title}") else 3)
        assert not folder.is_absolute()
        for part in folder.parts:
            assert part == safe_name(part, "Unknown")


PLAIN = (
    st.text(string.ascii_letters, min_size=2, max_size=12)
    .map(str.capitalize)
    .filter(lambda word: word.lower() not in DEVICES)
)
PERSON = st.tuples(PLAIN, PLAIN).map(" ".join).filter(lambda name: split_names(name) == [name])
POSITION = st.from_regex(r"[1-9]\d{0,2}(\.[1-9])?", fullmatch=True)


@given(
    PLAIN,
    st.lists(PERSON, min_size=1, max_size=2, unique_by=str.lower),
    st.none() | st.tuples(PLAIN, POSITION),
    st.none() | st.from_regex(r"B0[A-Z0-9]{8}", fullmatch=True),
    st.none() | PERSON,
)
def test_the_library_reads_back_what_the_folder_says(
    title: str, authors: list[str], place: tuple[str, str] | None, asin: str | None, narrator: str | None
) -> None:
    book = Book(title, tuple(authors), series=(SeriesPlace(*place),) if place else (), asin=asin)
    mark = f"{{{narrator}}}" if narrator else ""
    read = read_folder(Naming.default().folder(book, mark=mark).as_posix())
    assert read.texts["title"] == title
    assert read.authors == authors
    assert read.texts.get("asin") == asin
    assert read.series == ([(place[0], f"{float(place[1]):g}")] if place else None)
    assert read.narrators == ([narrator] if narrator else None)
