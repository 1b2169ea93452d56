"""Numbers and texts as the report writes them."""

from __future__ import annotations

import re
from datetime import datetime

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~&])")
_THIN = "\u202f"
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")

FIELDS = {
    "title": "Title",
    "authors": "Author",
    "narrators": "Narrator",
    "runtime": "Running time",
    "description": "Description",
    "cover": "Cover",
    "id": "ASIN or ISBN",
    "year": "Year",
    "genres": "Genre",
    "publisher": "Publisher",
    "language": "Language",
    "position": "Place in the series",
}


def plain(text: str) -> str:
    """Titles may hold anything; what would move the cursor or turn the line round becomes a space."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == _THIN else " " for char in text)


def markdown(text: str) -> str:
    """A text in which Markdown sees no marks."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def number(value: float) -> str:
    """A number with thin spaces between the thousands, without decimals."""
    return f"{value:,.0f}".replace(",", _THIN)


def hours(value: float) -> str:
    """A time in hours, with a decimal where there are few."""
    return f"{value:.1f}" if 0 < value < 10 else number(value)


def length(value: float) -> str:
    """A time given in hours, in minutes where it is shorter than one."""
    return f"{value * 60:.0f} min" if value < 1 else f"{hours(value)} h"


def size(count: int) -> str:
    """A size in the largest unit that leaves a number to it."""
    value = float(count)
    for unit in _UNITS[:-1]:
        if value < 1000:
            return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} {_UNITS[-1]}"


def days(value: float) -> str:
    """How long one would listen without a pause."""
    if value < 48:
        return f"{hours(value)} hours"
    return f"{number(value / 24)} days" if value < 24 * 730 else f"{value / 24 / 365.25:.1f} years"


def share(part: float, whole: float) -> float:
    """A part in percent with one decimal, for the length of a bar."""
    return round(100 * part / whole, 1) if whole else 0.0


def moment(value: datetime) -> str:
    """A moment in the time of this machine, to the minute."""
    return value.astimezone().strftime("%Y-%m-%d %H:%M")


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"
