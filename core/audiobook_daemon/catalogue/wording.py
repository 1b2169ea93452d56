"""Values of fields as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from audiobook_daemon.catalogue.fields import FIELDS
from audiobook_daemon.catalogue.markup import plain_text
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.models import FieldValue, SeriesPlace

SETTABLE: Final = tuple(field for field in FIELDS if field != "cover")
_LISTS: Final = frozenset({"authors", "narrators", "genres", "tags"})
_PLACE = re.compile(r"(?P<name>.*?)\s*(?:#\s*(?P<position>[^\s#]+))?")
_YES, _NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off"})
_READERS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "isbn": normal_isbn,
    "asin": normal_asin,
    "language": language_code,
}
_LONGEST: Final = 200


def worded(value: FieldValue | None, *, longest: int | None = _LONGEST) -> str | None:
    """A value in one line: lists with `;`, places as `Panes #2`, long texts cut; None for none."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if isinstance(value, tuple):
        text = "; ".join(_place(entry) if isinstance(entry, SeriesPlace) else entry for entry in value)
    else:
        text = " ".join(plain_text(str(value)).split())
    return text if longest is None or len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def read_value(field: str, text: str) -> FieldValue:
    """A value as a person writes it, in the form of `worded`; raises AudiobookDaemonError with a sentence."""
    if field not in SETTABLE:
        raise AudiobookDaemonError(f"There is no field {field!r} to set; there are {', '.join(SETTABLE)}.")
    parts = [part for piece in text.split(";") if (part := piece.strip())]
    if not parts:
        raise AudiobookDaemonError(f"{field} needs a value; nothing is ever made blank.")
    if field in _LISTS:
        return tuple(parts)
    if field == "series":
        return tuple(_read_place(part) for part in parts)
    return _read_one(field, text.strip())


def _read_one(field: str, text: str) -> FieldValue:
    if field == "year":
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise AudiobookDaemonError(f"{text!r} is no year.")
        return int(text)
    if field == "abridged":
        if text.casefold() not in _YES | _NO:
            raise AudiobookDaemonError(f"abridged is yes or no, not {text!r}.")
        return text.casefold() in _YES
    if reader := _READERS.get(field):
        found = reader(text)
        if found is None:
            raise AudiobookDaemonError(f"{text!r} is no {field.upper() if field != 'language' else field}.")
        return found
    return text


def _read_place(text: str) -> SeriesPlace:
    found = _PLACE.fullmatch(text)
    if found is None or not found["name"]:
        raise AudiobookDaemonError(f"{text!r} names no series; write `Name #2`, several with `;` between them.")
    return SeriesPlace(found["name"], found["position"])


def _place(place: SeriesPlace) -> str:
    return f"{place.name} #{place.position}" if place.position else place.name
