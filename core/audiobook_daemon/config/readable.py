"""Warns of folder names that Audiobookshelf, which reads author, series and title from them, would read wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audiobook_daemon.config.positions import Document
from audiobook_daemon.config.templates import ALWAYS, FOLDER_FIELDS, Field, Level, Template, fields_of

_AUTHOR = frozenset({"author", "authors"})
_SERIES = frozenset({"series"})
_SERIES_KNOWN = (FOLDER_FIELDS, ALWAYS | _SERIES)
_SERIES_UNKNOWN = (FOLDER_FIELDS - {"series", "position"}, ALWAYS)
"""What may be known of a book beside: everything or nothing."""
_NUMBER = re.compile(r"(?:(?:vol\.?|volume|book) 7\.?(?: (.+))?|7\. (.+)|7)", re.IGNORECASE)
"""The parts between ` - ` in which it finds the number 7, and what is left of them."""
_READABLE = "{author}/{series}/{Book position - }{year - }{title}{ [asin]} {{narrator}}"
_SAMPLE = {"position": "7", "year": "1999", "asin": "B000000000"}


def warn_of_unreadable_names(document: Document, template: Template) -> None:
    """Warn of everything in `shelve.folder` that is allowed and probably not meant."""
    for sentence in _sentences(template):
        document.warn(("shelve", "folder"), sentence)


def _sentences(template: Template) -> Iterator[str]:
    always = _misreadings(template, _SERIES_KNOWN)
    yield from (f"Audiobookshelf {sentence}" for sentence in always)
    yield from (
        f"for a book without a series, Audiobookshelf {sentence}"
        for sentence in _misreadings(template, _SERIES_UNKNOWN)
        if sentence not in always
    )
    if (title := _title_read(template)) != "Title":
        yield f"Audiobookshelf takes {title!r} for the title; it reads {_READABLE}"
    for level in template.levels:
        yield from _left_behind(level)


def _misreadings(template: Template, cases: Sequence[frozenset[str]]) -> tuple[str, ...]:
    found = [
        sentence
        for known in cases
        for sentence in _misread(
            [level for level in template.levels if not fields_of(level) or fields_of(level) & known]
        )
    ]
    return tuple(dict.fromkeys(found))


def _misread(levels: Sequence[Level]) -> Iterator[str]:
    """It takes the last three folders for author, series and title, or two for author and title."""
    if len(levels) == 1:
        yield "will know no author, for there is no folder of one; begin with {author}/"
        return
    above = levels[-3:-1]
    if not _is_only(above[0], _AUTHOR):
        yield f"takes {_written(above[0])} for the author; it reads the last three folders"
    if len(above) == 2 and not _is_only(above[1], _SERIES):
        yield f"takes {_written(above[1])} for the series"


def _title_read(template: Template) -> str:
    """What it takes for the title where everything is known; it looks for a number below a series' folder only."""
    *above, leaf = template.levels
    text = "".join(map(_sample, (part for group in leaf for part in ([group] if isinstance(group, str) else group))))
    text = re.sub(r"(?:^| )\[B000000000\](?= |$)", "", text).strip()
    text = re.sub(r" \{[^{}]*\}$", "", text)
    parts = text.split(" - ")
    numbered = any(_is_only(level, _SERIES) for level in above)
    for place, part in enumerate(parts if numbered else ()):
        if found := _NUMBER.fullmatch(part):
            parts[place : place + 1] = [rest] if (rest := found[1] or found[2]) else []
            break
    text = re.sub(r"^\(?1999\)? - ", "", " - ".join(parts))
    return text.removesuffix(" - Subtitle")


def _left_behind(level: Level) -> Iterator[str]:
    """Words outside of the braces stay where the value beside them is not known."""
    for text, group in pairwise(level):
        if isinstance(text, str) and not isinstance(group, str):
            word = re.split(r" - |[\[({]", text)[-1]
            names = [part.name for part in group if isinstance(part, Field)]
            if any(char.isalnum() for char in word) and not ALWAYS.intersection(names):
                yield f"{word.strip()!r} stays where there is no {names[0]}; write it within the braces"


def _is_only(level: Level, fields: frozenset[str]) -> bool:
    return len(level) == 1 and len(level[0]) == 1 and bool(fields_of(level)) and fields_of(level) <= fields


def _sample(part: str | Field) -> str:
    return part if isinstance(part, str) else _SAMPLE.get(part.name, part.name.capitalize())


def _written(level: Level) -> str:
    return "".join(group if isinstance(group, str) else f"{{{''.join(map(_plain, group))}}}" for group in level)


def _plain(part: str | Field) -> str:
    return part if isinstance(part, str) else part.name
