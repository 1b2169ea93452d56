"""How Audiobookshelf reads names: folders, persons, series with a number, and titles for sorting."""

from __future__ import annotations

import re

from audiobook_daemon.demo.audiobookshelf.stated import Stated

_ASIN = re.compile(r"(?:^| )\[(?P<asin>[A-Z0-9]{10})\](?= |$)")
_NARRATORS = re.compile(r"^(?P<title>.+) \{(?P<names>[^{}]*)\}$")
_YEAR = re.compile(r"^\(?(?P<year>\d{4})\)? - (?P<title>.+)$")
_VOLUME = re.compile(
    r"^(?P<label>(?:vol\.?|volume|book) )?(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<dot>\.?)(?: (?P<rest>.+))?$",
    re.IGNORECASE,
)
_HONORIFICS = {"dr", "dr.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "prof", "prof.", "rev", "rev.", "sir", "dame"}
_SUFFIXES = {"phd", "ph.d.", "md", "m.d.", "esq", "esq."}
_SURNAME_PARTICLES = {"da", "de", "del", "der", "di", "du", "la", "le", "st.", "van", "von"}


def read_folder(rel_path: str) -> Stated:
    """Read `Author/Series/Title`, `Author/Title` or `Title` from the last three levels of a path."""
    *above, title = rel_path.split("/")[-3:]
    stated = Stated()
    if found := _ASIN.search(title):
        stated.texts["asin"] = found["asin"]
        title = (title[: found.start()] + title[found.end() :]).strip()
    if found := _NARRATORS.match(title):
        stated.narrators = split_names(found["names"])
        title = found["title"]
    if len(above) == 2:
        title, sequence = _take_sequence(title)
        stated.series = [(above[1], sequence)]
    if found := _YEAR.match(title):
        stated.texts["publishedYear"] = found["year"]
        title = found["title"]
    stated.texts["title"] = title
    if above:
        stated.authors = split_names(above[0])
    return stated


def _take_sequence(title: str) -> tuple[str, str | None]:
    """Split the number in the series off a title such as `Book 2 - Title`, `1. Title` or `Title - Vol 12`."""
    parts = title.split(" - ")
    for position, part in enumerate(parts):
        found = _VOLUME.match(part)
        # "101 Streets" is a title, "101. Streets" and "Book 101 Streets" carry a number.
        if not found or (found["rest"] and not (found["label"] or found["dot"])):
            continue
        rest = [found["rest"]] if found["rest"] else []
        return " - ".join((*parts[:position], *rest, *parts[position + 1 :])), f"{float(found['number']):g}"
    return title, None


def split_names(text: str) -> list[str]:
    """Split a line of persons as the server does, with its known weaknesses (`Plato, Aristotle` is one person)."""
    if "&" in text:
        groups = text.split("&")
    elif " and " in text:
        groups = text.split(" and ")
    else:
        groups = text.split(";")
    names: list[str] = []
    for group in groups:
        parts = [part.strip() for part in group.split(",") if part.strip()]
        if len(parts) > 1 and _is_surname(parts[0]):
            parts = [f"{given} {surname}" for surname, given in zip(parts[::2], parts[1::2], strict=False)]
        names += [_without_titles(part) for part in parts]
    return list(dict.fromkeys(name for name in names if name))


def _is_surname(part: str) -> bool:
    first, *others = part.lower().split(" ")
    return not others or first in _SURNAME_PARTICLES


def _without_titles(name: str) -> str:
    words = [word for word in name.split() if word.lower() not in _SUFFIXES]
    while len(words) > 1 and words[0].lower() in _HONORIFICS:
        words.pop(0)
    return " ".join(words)


def read_series(text: str) -> tuple[str, str | None]:
    """Read `Name #1`; a number with a space or a second `#` belongs to the name."""
    name, mark, sequence = text.rpartition(" #")
    if not mark or not sequence or " " in sequence or "#" in name:
        return text.strip(), None
    return name.strip(), sequence


def without_prefix(title: str | None) -> str | None:
    """Give a title as it is sorted: `The Tide` becomes `Tide, The`."""
    for prefix in ("the ", "a "):
        if title and title.lower().startswith(prefix):
            return f"{title[len(prefix) :]}, {title[: len(prefix) - 1]}"
    return title


def last_first(name: str) -> str:
    """Give a person's name with the surname in front."""
    *given, surname = name.split()
    return f"{surname}, {' '.join(given)}" if given else surname
