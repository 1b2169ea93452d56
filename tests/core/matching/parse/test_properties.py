"""What holds for every text: reading never fails, never hangs, and does not mind white space around."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.matching import parse

READERS: dict[str, Callable[[str], object]] = {
    "read_release": parse.read_release,
    "read_release of a file": lambda text: parse.read_release(text, is_file=True, authors=("Frank Herbert",)),
    "read_series": parse.read_series,
    "read_series_phrase": parse.read_series_phrase,
    "read_remark": parse.read_remark,
    "peel": parse.peel,
    "find_edition": parse.find_edition,
    "title_number": parse.title_number,
    "title_range": parse.title_range,
    "bare_title": parse.bare_title,
    "bare_title of a file": lambda text: parse.bare_title(
        text, is_file=True, series="It", authors=("By",), subtitle="a"
    ),
    "split_title": parse.split_title,
    "bracket_tags": parse.bracket_tags,
    "cut_brackets": parse.cut_brackets,
    "content_type": parse.content_type,
    "sort_title": parse.sort_title,
    "title_case": parse.title_case,
}

_VOCABULARY = """
    Frank Herbert Dune The by - – : , . # & Book 2 02 1-3 Vol. II (Unabridged) [M4B] {Scott Brick} read narrated 64kbps
    1984 MP3 @ 320 of Part 1 2nd Edition [ENG / M4B] Series ( ) [ ] { _ - -GRP Complete Collection ungekürzt Hörbuch von
    A Novel I s-01 vbr 978-0385121675 B019NOKST6 .epub ~ | / ' ’ 2019 GraphicAudio Various
"""
_WORDS = st.sampled_from(_VOCABULARY.split())
_SHAPED = st.lists(_WORDS, max_size=14).map(" ".join)
_DOTTED = st.lists(_WORDS, max_size=10).map(".".join)
_TEXTS = st.one_of(_SHAPED, _DOTTED, st.text(max_size=60), st.text("ab1 .-_()[]{}#:,&'", max_size=40))


@pytest.mark.parametrize("name", READERS)
@given(text=_TEXTS)
def test_reading_never_fails(name: str, text: str) -> None:
    READERS[name](text)


@given(text=_TEXTS)
def test_a_release_reads_the_same_with_white_space_around_it(text: str) -> None:
    assert parse.read_release(f"  \t{text}\n ") == parse.read_release(text)


@given(text=_SHAPED)
def test_a_bare_title_has_nothing_more_to_strip(text: str) -> None:
    once = parse.bare_title(text)
    assert parse.bare_title(once) == once


@given(text=_TEXTS)
def test_what_is_peeled_off_is_an_end(text: str) -> None:
    rest, _ = parse.peel(text)
    assert text.strip().startswith(rest)


@given(text=_TEXTS)
def test_the_pieces_of_a_text_keep_its_words(text: str) -> None:
    pieces = "".join(piece.whole for piece in parse.cut_brackets(text))
    assert [char for char in pieces if char.isalnum()] == [char for char in text if char.isalnum()]


@given(text=_TEXTS)
def test_no_claim_is_an_empty_text(text: str) -> None:
    claims = parse.read_release(text)
    if claims is not None:
        assert claims.title is None or claims.title.strip()
        assert all(name.strip() for name in (*claims.authors, *claims.narrators))


_HOSTILE = {
    "open brackets": "(" * 40_000,
    "nested brackets": "(" * 20_000 + ")" * 20_000,
    "dots": "a." * 20_000,
    "dashes": " - " * 13_333,
    "hyphens": "a-" * 20_000,
    "colons": "a: " * 13_333,
    "by": "by " * 13_333,
    "read by": "read by " * 5_000,
    "books": "book 1 " * 5_714,
    "numbers": "1 & " * 10_000,
    "ranges": "1-" * 20_000,
    "parts": "part 1 " * 5_714,
    "editions": "revised " * 5_000,
    "bitrates": "64kbps " * 5_714,
    "extensions": ".mp3" * 10_000,
    "blanks": " " * 40_000,
    "underscores": "_" * 40_000,
    "digits": "1" * 40_000,
    "one word": "a" * 40_000,
    "commas": "," * 40_000,
    "isbn": "978-" * 10_000,
    "combining marks": "a\u0301" * 20_000,
}


@pytest.mark.parametrize("name", READERS)
def test_a_long_hostile_text_is_read_in_linear_time(name: str) -> None:
    for kind, text in _HOSTILE.items():
        begin = time.process_time()
        READERS[name](text)
        assert time.process_time() - begin < 5, kind
