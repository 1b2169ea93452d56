"""What holds for every text: nothing raises, nothing hangs, normalising twice changes nothing, likeness is mutual."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook_daemon.matching import ids, languages, numbers, people, sizes
from audiobook_daemon.matching.claims import Likeness

_PIECES = [
    *(
        "Tolkien",
        "J.R.R.",
        "JRR",
        "John",
        "Le Guin",
        "van der",
        "Jr.",
        "PhD",
        "King",
        "Müller",
        "Лев",
        "村上春樹",
        "한강",
    ),
    *(", ", "; ", " & ", " and ", " / ", " - ", " (", ") ", "[", "]", " narrated by ", " translator ", "by ", "et al."),
    *(
        "1",
        "II",
        "one hundred",
        "Book",
        "#",
        "-",
        ".",
        "½",
        "p",
        "of",
        "ENG",
        "M4B",
        "B002V1OF70",
        "978",
        "GiB",
        "\n",
        "\x00",
    ),
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))

_READERS: dict[str, Callable[[str], object]] = {
    "split_people": people.split_people,
    "split_people with roles": lambda text: people.split_people(text, keep_roles=True),
    "natural_name": people.natural_name,
    "sort_name": people.sort_name,
    "is_placeholder": people.is_placeholder,
    "person_likelihood": people.person_likelihood,
    "same_person": lambda text: people.same_person(text, "J.R.R. Tolkien"),
    "person_among": lambda text: people.person_among(text, [text], [text]),
    "about_author": lambda text: people.about_author(text, [text], text),
    "read_positions": numbers.read_positions,
    "expand": numbers.expand,
    "spoken_numbers": numbers.spoken_numbers,
    "spoken_numbers marked": lambda text: numbers.spoken_numbers(text, only_marked=True),
    "number_word": numbers.number_word,
    "roman": numbers.roman,
    "language_code": languages.language_code,
    "find_language": languages.find_language,
    "foreign_title": lambda text: languages.foreign_title(text, "en"),
    "find_asin": ids.find_asin,
    "find_isbn": ids.find_isbn,
    "normal_asin": ids.normal_asin,
    "normal_isbn": ids.normal_isbn,
    "isbn_10": ids.isbn_10,
    "parse_size": sizes.parse_size,
}
_LONG = [
    *("a" * 100_000, " " * 100_000, "(" * 100_000, "1" * 100_000, "1-" * 50_000, ", " * 50_000, "a, " * 33_000),
    *("and " * 25_000, "et al. " * 14_000, "narrated by " * 8_000, "one hundred and " * 6_000, "J." * 50_000),
    *("1, 2 - " * 14_000, "978-" * 25_000, "[ENG / " * 14_000, "Müller " * 14_000, "of " * 33_000, "- " * 50_000),
]


@pytest.mark.parametrize("reader", _READERS)
@given(text=texts)
def test_no_text_makes_a_reader_raise(reader: str, text: str) -> None:
    _READERS[reader](text)


@pytest.mark.parametrize("reader", _READERS)
def test_no_text_makes_a_reader_hang(reader: str) -> None:
    begin = time.process_time()
    for text in _LONG:
        _READERS[reader](text)
    assert time.process_time() - begin < 5


@given(texts)
def test_a_natural_name_stays_as_it_is(text: str) -> None:
    once = people.natural_name(text)
    assert people.natural_name(once) == once


@given(texts)
def test_names_in_a_list_have_no_doubles_and_no_dirt(text: str) -> None:
    names = people.split_people(text)
    assert len(set(names)) == len(names)
    assert all(name and name == name.strip() for name in names)


@given(texts, texts)
def test_likeness_of_people_is_mutual(one: str, other: str) -> None:
    assert people.same_person(one, other) is people.same_person(other, one)


@given(texts)
def test_everybody_is_like_oneself_unless_nobody(name: str) -> None:
    if people.is_placeholder(name):
        assert people.same_person(name, name) is not Likeness.SAME
    else:
        assert people.same_person(name, name) is Likeness.SAME


@given(texts)
def test_a_likelihood_is_one(text: str) -> None:
    assert 0 <= people.person_likelihood(text) <= 1


@given(texts, texts)
def test_sameness_of_positions_is_mutual(one: str, other: str) -> None:
    assert numbers.same_position(one, other) == numbers.same_position(other, one)


@given(st.integers(0, 999_999))
def test_a_number_is_read_back_however_it_is_padded(number: int) -> None:
    for text in (f"{number}", f"00{number}", f"{number}.0", f"#{number}", f"Book {number}"):
        assert numbers.read_positions(text) == (numbers.Position(str(number)),)


@given(texts)
def test_ids_in_one_form_stay_in_it(text: str) -> None:
    for normal in (ids.normal_isbn, ids.normal_asin):
        once = normal(text)
        assert once is None or normal(once) == once


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_two_forms_of_an_isbn_lead_to_each_other(digits: str) -> None:
    isbn = next(filter(None, (ids.normal_isbn(digits + check) for check in "0123456789X")))
    ten = ids.isbn_10(isbn)
    assert ten is not None
    assert ten.startswith(digits)
    assert ids.normal_isbn(ten) == isbn


@pytest.mark.parametrize("code", ["en", "de", "fr", "ru", "ja", "pt"])
def test_a_language_is_its_own_code(code: str) -> None:
    assert languages.language_code(code) == code
