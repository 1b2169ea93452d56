"""How titles, authors and series are read out of a line of text."""

from __future__ import annotations

import re

from audiobook_daemon import Book, SeriesPlace

LONGEST = 300
"""Characters of a line that are looked at; more is no title, and would cost the expressions too much time."""

_PARTS = {"title": ".+", "author": ".+?", "series": ".+?", "position": r"\d+(?:\.\d+)?", "other": ".*?"}
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|phd|md)\.?", re.IGNORECASE)


def title_expression(pattern: str) -> re.Pattern[str]:
    """Turn `{title} by {author}` into an expression; the title takes as much as it can (`Stand by Me by ...`).

    Raises ValueError for a pattern without {title}, with an unknown part or with a part twice.
    """
    pieces = re.split(r"\{([^{}]*)\}", pattern)
    names = pieces[1::2]
    for name in names:
        if name not in _PARTS:
            raise ValueError(f"has an unknown part {{{name}}}; there are {', '.join(f'{{{part}}}' for part in _PARTS)}")
        if names.count(name) > 1 and name != "other":
            raise ValueError(f"has {{{name}}} twice")
    if "title" not in names:
        raise ValueError("has no {title}")
    expression = ""
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            expression += re.sub(r"(?:\\ )+", r"\\s+", re.escape(piece))
        else:
            expression += f"(?:{_PARTS[piece]})" if piece == "other" else f"(?P<{piece}>{_PARTS[piece]})"
    return re.compile(expression, re.IGNORECASE)


def people(text: str) -> tuple[str, ...]:
    """Read the names in a line such as `by Terry Pratchett & Neil Gaiman`; a comma parts whole names only."""
    line = re.sub(r"^\s*(?:written )?by\b[\s:]*", "", text, flags=re.IGNORECASE)
    found: list[str] = []
    for group in re.split(r"\s*[&;]\s*|\s+and\s+", line):
        parts = [part.strip() for part in group.split(",")]
        whole = all(" " in part for part in parts)
        turned = len(parts) == 2 and not whole and not _SUFFIX.fullmatch(parts[1])
        found += parts if whole else [f"{parts[1]} {parts[0]}" if turned else ", ".join(parts)]
    return tuple(name for name in found if name)


def series_place(text: str) -> SeriesPlace | None:
    """Read `Discworld #3`, `(Discworld, Book 3)` or `Discworld`."""
    line = text.strip().strip("()[]").strip()
    match = re.fullmatch(r"(.+?)[\s,:;-]*(?:#|\bbook\b|\bvolume\b|\bvol\.?)\s*(\d+(?:\.\d+)?)", line, re.IGNORECASE)
    if match:
        return SeriesPlace(match[1], match[2])
    return SeriesPlace(line) if line else None


def book(title: str, author: str | None, series: SeriesPlace | None, language: str | None) -> Book:
    """Make a book of what a list says about it."""
    return Book(title, people(author or ""), series=(series,) if series else (), language=language)
