"""What holds for every path: nothing raises, nothing hangs, and no folder of a machine is a person or a book."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.matching.parse.folder import read_path

_WORDS = [
    "Dune",
    "Frank Herbert",
    "Herbert, Frank",
    "Book 2",
    "02",
    "#3",
    "(1965)",
    "[B002V1OF70]",
    "{Scott Brick}",
    "II",
]
_MARKS = [
    "/",
    "\\",
    " - ",
    " -- ",
    "- ",
    " ",
    ", ",
    ": ",
    "_",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "part 1 of 2",
    "CD 1",
]
PATHS = st.lists(st.sampled_from(_WORDS + _MARKS), max_size=20).map("".join)


@given(st.text(max_size=200) | PATHS, st.booleans(), st.booleans())
def test_any_path_is_read(path: str, is_file: bool, root_is_generic: bool) -> None:
    claims = read_path(path, is_file=is_file, root_is_generic=root_is_generic)
    assert claims.title is None or claims.title.strip()
    assert all(name.strip() for name in (*claims.authors, *claims.narrators))
    assert all(place.name or place.position for place in claims.series)


@given(PATHS)
def test_where_a_library_lies_changes_nothing(path: str) -> None:
    assert read_path(f"/mnt/audiobooks/{path}") == read_path(path)


@given(PATHS)
def test_both_slashes_are_one(path: str) -> None:
    assert read_path(path) == read_path(path.replace("/", "\\"))


@pytest.mark.parametrize(
    "piece", ["a", " - ", "(", "[x] ", "1", "01 - ", "Book ", "/", ".", " ", "a, ", "Vol 1", "IX "]
)
def test_no_path_hangs(piece: str) -> None:
    begin = time.process_time()
    read_path(piece * (100_000 // len(piece)))
    read_path("x" * 100_000 + piece * 1_000, is_file=True)
    assert time.process_time() - begin < 2
