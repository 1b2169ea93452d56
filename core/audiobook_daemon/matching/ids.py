"""Identifiers of books: ASIN and ISBN, found in free text and brought into one form."""

from __future__ import annotations

import re

_ASIN = re.compile(r"(?<![^\W_])B0[0-9A-Z]{8}(?![^\W_])", re.IGNORECASE)
_MARKED_ASIN = re.compile(r"(?<![^\W_])asin[\s:=.#_-]{1,4}([0-9A-Z]{10})(?![^\W_])", re.IGNORECASE)
_WHOLE_ASIN = re.compile(r"B[0-9A-Z]{9}|[0-9]{9}[0-9X]")
_ISBN = re.compile(r"(?<![^\W_])(?:97[89][\s-]?(?:\d[\s-]?){9}\d|(?:\d[\s-]?){9}[\dX])(?![^\W_])", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-‐‑‒–—]+")
_ISBN_MARK = re.compile(r"^(?:isbn(?:[-\s]?1[03])?\s*[:=#.]?\s*|urn:isbn:)", re.IGNORECASE)
_ASIN_MARK = re.compile(r"^asin\s*[:=#.]?\s*", re.IGNORECASE)


def find_asin(text: str) -> str | None:
    """The first Audible identifier (ASIN) in a text, in capitals."""
    found = _MARKED_ASIN.search(text)
    if found and (marked := normal_asin(found[1])):
        return marked
    found = _ASIN.search(text)
    return found.group().upper() if found else None


def find_isbn(text: str) -> str | None:
    """The first valid ISBN in a text, as 13 digits."""
    written = written_isbn(text)
    return normal_isbn(written) if written else None


def written_isbn(text: str) -> str | None:
    """The first valid ISBN in a text with as many digits as it is written, 10 or 13."""
    written = (_BETWEEN.sub("", found.group()).upper() for found in _ISBN.finditer(text))
    return next(filter(normal_isbn, written), None)


def normal_asin(text: str) -> str | None:
    """An ASIN in capitals without blanks around it; None when the text is none."""
    bare = text if _WHOLE_ASIN.fullmatch(text) else _ASIN_MARK.sub("", text.strip()).upper()
    if not _WHOLE_ASIN.fullmatch(bare):
        return None
    return bare if bare.startswith("B") or _is_isbn_10(bare) else None


def normal_isbn(text: str) -> str | None:
    """An ISBN-10 or ISBN-13 as 13 digits; None when its check digit is wrong."""
    bare = text if text.isdigit() else _BETWEEN.sub("", _ISBN_MARK.sub("", text.strip())).upper()
    if not bare.isascii():
        return None
    if len(bare) == 13 and bare.isdigit() and bare.startswith(("978", "979")):
        return bare if _check_13(bare[:12]) == bare[12] else None
    if len(bare) == 10 and _is_isbn_10(bare):
        core = f"978{bare[:9]}"
        return core + _check_13(core)
    return None


def isbn_10(text: str) -> str | None:
    """The ten-digit form of an ISBN; None when it has none (979) or is no ISBN."""
    isbn = normal_isbn(text)
    if isbn is None or not isbn.startswith("978"):
        return None
    return isbn[3:12] + _check_10(isbn[3:12])


def normal_id(text: str, kind: str) -> str | None:
    """The one form of an identifier of a kind (`asin`, `isbn`, `isbn10`, `isbn13`); None when it is not valid."""
    reader = {"asin": normal_asin, "isbn": normal_isbn, "isbn13": normal_isbn, "isbn10": isbn_10}.get(kind.casefold())
    if reader is None:
        raise ValueError(f"no identifier is called {kind!r}")
    return reader(text)


def _is_isbn_10(bare: str) -> bool:
    return bare[:9].isdigit() and bare[:9].isascii() and _check_10(bare[:9]) == bare[9]


def _check_10(digits: str) -> str:
    rest = -sum((10 - place) * int(digit) for place, digit in enumerate(digits)) % 11
    return "X" if rest == 10 else str(rest)


def _check_13(digits: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)
