"""Which owned books are by one author, however the name is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from audiobook_daemon.matching import author_key
from audiobook_daemon.matching.people import is_placeholder, natural_name, split_people
from audiobook_daemon.models import LibraryItem


@dataclass(frozen=True, slots=True)
class OwnedAuthor:
    """The owned books of one author."""

    key: str
    """The key of the author's name, as in `matching.author_key`."""
    name: str
    """The spelling of most books, given name first."""
    items: tuple[LibraryItem, ...]
    spellings: tuple[str, ...] = ()
    """The other spellings among the books."""


def group_authors(items: Iterable[LibraryItem]) -> tuple[OwnedAuthor, ...]:
    """The authors of owned books, in the order of their keys; a book may have several, and `Various` is nobody."""
    written: defaultdict[str, dict[tuple[str, str], LibraryItem]] = defaultdict(dict)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for name in dict.fromkeys(_people(item.book.authors)):
            key = author_key(name)
            if key and not is_placeholder(name):
                written[key][item.library, item.id] = item
                spelled[key][name] += 1
    return tuple(_author(key, tuple(written[key].values()), spelled[key]) for key in sorted(written))


def _people(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield from split_people(name) or (name,)


def _author(key: str, items: tuple[LibraryItem, ...], spelled: Counter[str]) -> OwnedAuthor:
    natural: Counter[str] = Counter()
    for name, count in spelled.items():
        natural[natural_name(name)] += count
    name = min(natural, key=lambda one: (one.isupper() or one.islower(), -natural[one], -len(one), one))
    return OwnedAuthor(key, name, items, tuple(sorted(spelling for spelling in spelled if spelling != name)))
