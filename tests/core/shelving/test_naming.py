"""Names of files and folders that every file system takes and no title can break out of."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon import Book, SeriesPlace
from audiobook_daemon.shelving.naming import folder_for, safe_name

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


@given(HOSTILE)
def test_every_text_becomes_one_safe_part(text: str) -> None:
    name = safe_name(text, "Unknown")
    assert name.strip()
    assert PurePosixPath(name).parts == (name,)
    assert not set(name) & set('<>:"/\\|?*')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert all(unicodedata.category(char)[0] != "C" or char in "\u200c\u200d" for char in name)
    assert len(name.encode()) <= 181
    assert safe_name(name, "Unknown") == name


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_book_leaves_the_library(title: str, author: str, series: str) -> None:
    folder = folder_for(Book(title, (author,), series=(SeriesPlace(series, "1"),)), mark=title)
    assert len(folder.parts) == 3
    assert not folder.is_absolute()
    assert ".." not in folder.parts
    assert all(len(part.encode()) <= 255 for part in folder.parts)
