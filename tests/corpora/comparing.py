"""When two answers say the same: what a reader would not call a difference is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""Whatever a case or an answer may hold."""

_ARTICLE = re.compile(r"^(?:the|a|an|der|die|das|le|la|les|el|il)\s+")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe"})
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_LANGUAGES = {
    **dict.fromkeys(("english", "eng"), "en"),
    **dict.fromkeys(("german", "deu", "ger", "deutsch"), "de"),
    **dict.fromkeys(("french", "fra", "fre"), "fr"),
    **dict.fromkeys(("spanish", "spa"), "es"),
    **dict.fromkeys(("italian", "ita"), "it"),
    **dict.fromkeys(("dutch", "nld", "dut"), "nl"),
}
_PEOPLE = frozenset({"author", "authors", "narrator", "narrators"})
_NUMBERS = frozenset({"number", "from", "to", "part", "part_count", "bitrate", "edition", "repack"})


def fold(value: object) -> str:
    """Case, accents, punctuation, blanks, and `&` against `and` do not count."""
    text = unicodedata.normalize("NFKD", str(value).translate(_LETTERS)).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char)).replace("&", " and ")
    words = re.findall(r"\w+", _APOSTROPHES.sub("", text).replace("_", " "))
    return " ".join(words) or str(value).strip()


def number(value: object) -> str:
    text = str(value).strip().lower().lstrip("#")
    if re.fullmatch(r"\d*\.?\d+", text):
        return f"{float(text):g}"
    return text


def is_empty(value: object) -> bool:
    return value is None or value in ("", [], (), {})


def as_list(value: Json) -> list[Any]:
    if is_empty(value):
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]


def same_field(name: str, want: Json, have: Json) -> bool:
    if is_empty(want):
        return is_empty(have)
    if isinstance(want, bool):
        return bool(have) == want
    if is_empty(have):
        return False
    if name in _PEOPLE:
        return _same_people(as_list(want), as_list(have))
    if name == "series":
        return _same_series(want, have)
    if name in _NUMBERS:
        return number(want) == number(have)
    special = _SPECIAL.get(name)
    return special(want) == special(have) if special else fold(want) == fold(have)


def _entries(items: Json) -> list[Json]:
    return sorted(sorted((key, number(value)) for key, value in item.items() if not is_empty(value)) for item in items)


def _id(value: object) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", str(value)).upper()


def language(value: object) -> str:
    text = str(value).strip().lower()
    return _LANGUAGES.get(text, text.split("-")[0])


_SPECIAL: dict[str, Callable[[Json], object]] = {
    "year": lambda value: str(value)[:4],
    "asin": _id,
    "isbn": _id,
    "language": language,
    "tags": lambda value: sorted(fold(tag) for tag in as_list(value)),
    "entries": _entries,
    "id": str,
    "size": lambda value: " ".join(str(value).split()).lower(),
}


def _same_people(want: Sequence[object], have: Sequence[object]) -> bool:
    wanted, had = ([sorted(fold(name).split()) for name in names] for names in (want, have))
    if sorted(wanted) == sorted(had):
        return True
    all_wanted, all_had = (sorted(word for name in names for word in name if word != "and") for names in (wanted, had))
    return all_wanted == all_had and (len(wanted) == 1 or len(had) == 1)


def _series_name(value: Json) -> str:
    return _ARTICLE.sub("", fold(value["name"] if isinstance(value, dict) else value))


def _same_series(want: Json, have: Json) -> bool:
    if not isinstance(want, list):
        return any(_series_name(want) == _series_name(one) for one in as_list(have))

    def places(items: Json) -> list[tuple[str, str]]:
        listed = [item if isinstance(item, dict) else {"name": item} for item in as_list(items)]
        return sorted((_series_name(item), number(item.get("number") or "")) for item in listed)

    return places(want) == places(have)
