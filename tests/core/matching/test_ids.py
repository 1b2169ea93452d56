from __future__ import annotations

import pytest

from audiobook_daemon.matching.ids import find_asin, find_isbn, isbn_10, normal_asin, normal_id, normal_isbn


@pytest.mark.parametrize(
    ("text", "asin"),
    [
        ("Dune [B002V1OF70]", "B002V1OF70"),
        ("dune b002v1of70", "B002V1OF70"),
        ("dune_B002V1OF70_unabridged", "B002V1OF70"),
        ("https://www.audible.com/pd/Dune-Audiobook/B002V1OF70?ref=x", "B002V1OF70"),
        ("{asin-B002V1OF70}", "B002V1OF70"),
        ("ASIN: 1774248182", "1774248182"),
        ("AB002V1OF70", None),
        ("B002V1OF701", None),
        ("1774248182", None),
        ("", None),
    ],
)
def test_an_asin_is_found_in_a_text(text: str, asin: str | None) -> None:
    assert find_asin(text) == asin


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("ISBN 978-0-441-17271-9", "9780441172719"),
        ("isbn:0441172717 (paperback)", "9780441172719"),
        ("0-8044-2957-X", "9780804429573"),
        ("first 9780441172718 then 9780441172719", "9780441172719"),
        ("phone 0123456780", None),
        ("97804411727190", None),
        ("", None),
    ],
)
def test_a_valid_isbn_is_found_in_a_text(text: str, isbn: str | None) -> None:
    assert find_isbn(text) == isbn


def test_an_isbn_has_one_form_whatever_its_length() -> None:
    assert normal_isbn("0441172717") == normal_isbn("978 0 441 17271 9") == "9780441172719"
    assert isbn_10("9780441172719") == "0441172717"
    assert isbn_10("978-0-8044-2957-3") == "080442957X"


def test_an_isbn_of_the_newer_kind_has_no_ten_digits() -> None:
    assert normal_isbn("9791032305690") == "9791032305690"
    assert isbn_10("9791032305690") is None


@pytest.mark.parametrize(
    "text", ["9780441172718", "0441172718", "04411X2717", "978044117271", "", "ISBN", "９７８０４４１１７２７１９"]
)
def test_what_is_no_isbn_has_no_form(text: str) -> None:
    assert normal_isbn(text) is None


def test_an_asin_is_written_in_capitals() -> None:
    assert normal_asin(" b002v1of70 ") == "B002V1OF70"
    assert normal_asin("Dune") is None
    assert normal_asin("1234567890") is None


def test_ids_are_normalised_by_their_kind() -> None:
    assert normal_id("b002v1of70", "ASIN") == "B002V1OF70"
    assert normal_id("0441172717", "isbn") == normal_id("0441172717", "isbn13") == "9780441172719"
    assert normal_id("9780441172719", "isbn10") == "0441172717"
    with pytest.raises(ValueError, match="no identifier is called 'barcode'"):
        normal_id("1", "barcode")
