"""The fields of a book one by one: out of items and records, back into changes, and when two values are one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, cast, get_args

from audiobook_daemon.matching import author_key, position_key, words
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import FactField, Facts, FieldValue, LibraryItem, SeriesPlace

TEXTS: Final = ("title", "subtitle", "publisher", "description")
PEOPLE: Final = ("authors", "narrators")
LABELS: Final = ("genres", "tags")
FIELDS: Final[tuple[str, ...]] = get_args(FactField)
"""Every field that can be written, in the order in which people read them."""
_OF_BOOK: Final = frozenset({"title", "subtitle", "authors", "series", "year", "language", "isbn", "asin"})

Values = Mapping[str, FieldValue]
"""The fields that have a value; a blank one is not among them."""


def values_of_item(item: LibraryItem) -> dict[str, FieldValue]:
    """What the library says about a book; its cover has no address and is not among it."""
    found = {field: getattr(item.book if field in _OF_BOOK else item, field) for field in FIELDS if field != "cover"}
    return {field: value for field, value in found.items() if not is_blank(value)}


def values_of_facts(facts: Facts) -> dict[str, FieldValue]:
    """What a record states."""
    found = {field: getattr(facts, field) for field in FIELDS}
    return {field: value for field, value in found.items() if not is_blank(value)}


def facts_of(source: str, values: Values) -> Facts:
    """The changes that give an item these values and leave all others."""
    return Facts(source, **cast(dict[str, Any], dict(values)))


def is_blank(value: object) -> bool:
    """Whether a value says nothing; `False` and 0 say something."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, tuple):
        return not any(not is_blank(entry.name if isinstance(entry, SeriesPlace) else entry) for entry in value)
    return value is None


def is_same(field: str, one: FieldValue | None, other: FieldValue | None) -> bool:
    """Whether two values differ in nothing but punctuation, case, accents, or the order of what has none."""
    if is_blank(one) or is_blank(other):
        return is_blank(one) and is_blank(other)
    return comparable(field, cast(FieldValue, one)) == comparable(field, cast(FieldValue, other))


def reads_same(field: str, one: FieldValue | None, other: FieldValue | None) -> bool:
    """As `is_same`, but names whose words stand in another order (`Merrow, Ada`) read differently."""
    if field not in PEOPLE or not isinstance(one, tuple) or not isinstance(other, tuple):
        return is_same(field, one, other)
    return {words(str(name)) for name in one} == {words(str(name)) for name in other}


def comparable(field: str, value: FieldValue) -> Hashable:
    """A form of the value in which equal ones are equal."""
    if isinstance(value, tuple):
        return frozenset(filter(None, (_entry(field, entry) for entry in value)))
    if isinstance(value, str) and field in _TEXTS:
        return _TEXTS[field](value)
    return value


def _entry(field: str, entry: str | SeriesPlace) -> Hashable:
    if isinstance(entry, SeriesPlace):
        return (series_key(entry.name), position_key(entry.position))
    return author_key(entry) if field in PEOPLE else words(entry)


def _folded(text: str) -> Hashable:
    # A text of signs alone has no words.
    return words(text) or text.strip()


_TEXTS: Final[Mapping[str, Callable[[str], Hashable]]] = {
    **dict.fromkeys(TEXTS, _folded),
    "isbn": lambda text: normal_isbn(text) or text.strip(),
    "asin": lambda text: normal_asin(text) or text.strip(),
    "language": lambda text: text.strip().casefold(),
    "published": lambda text: text.strip(),
    "cover": lambda text: text.strip(),
}
