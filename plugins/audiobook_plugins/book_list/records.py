"""Cuts a table into its records, so that one broken quote costs one record and not the rest of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

_MOST_LINES = 200
"""A review in quotes may have line breaks; one quote that stays open for longer was never meant to."""
_DELIMITERS = ",;\t|"


def delimiter_of(header: str) -> str:
    """What parts the columns of a header: whatever parts it into the most."""
    return max(_DELIMITERS, key=lambda one: len(_strict([header], one) or ()))


def records(lines: Sequence[str], delimiter: str, first: int = 0) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the records from the line `first` on, each with its number from 0; None for one that cannot be read."""
    place = first
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        taken, record = _record(lines, place, delimiter)
        yield place, record
        place += taken


def _record(lines: Sequence[str], place: int, delimiter: str) -> tuple[int, list[str] | None]:
    """How many lines a record takes, and its fields."""
    for end in range(place + 1, min(place + _MOST_LINES, len(lines)) + 1):
        if end > place + 1 and '"' not in lines[end - 1]:
            continue  # a line without a quote closes none
        try:
            return end - place, _parsed(lines[place:end], delimiter, strict=True)
        except csv.Error as error:
            if "unexpected end" not in str(error):
                break
    return 1, _by_itself(lines[place], delimiter)


def _by_itself(line: str, delimiter: str) -> list[str] | None:
    """Read a line whose quotes are wrong, as far as they are closed at all."""
    if line.count('"') % 2:
        return None
    try:
        return _parsed([line], delimiter, strict=False)
    except csv.Error:
        return None


def _strict(lines: Sequence[str], delimiter: str) -> list[str] | None:
    try:
        return _parsed(lines, delimiter, strict=True)
    except csv.Error:
        return None


def _parsed(lines: Sequence[str], delimiter: str, *, strict: bool) -> list[str]:
    return next(csv.reader(["\n".join(lines)], delimiter=delimiter, strict=strict, skipinitialspace=True), [])
