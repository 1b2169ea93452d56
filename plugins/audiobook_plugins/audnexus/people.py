"""Tells the authors from those who are written beside them: translators, editors, the narrator once more. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

_ROLE = re.compile(r"\s+[-\u2013\u2014]\s+(?P<role>[^-\u2013\u2014]+)$")
_OF_AUTHORS = frozenset({"author", "autor", "autorin", "auteur", "autore", "autrice", "co-author", "creator", "writer"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named by the shop."""

    name: str
    asin: str | None = None


def authors_of(named: Iterable[Person], narrators: Collection[str], publisher: str | None) -> tuple[Person, ...]:
    """Keep the authors: nobody with another role behind the name, not the publisher, and not the narrator again.

    The first is never taken for the narrator, for authors read their own books; and if nobody were left, all stay.
    """
    everybody, authors = [], []
    for person in named:
        name, role = _parted(person.name)
        bare = Person(name, person.asin)
        everybody.append(bare)
        if role is None or role.casefold() in _OF_AUTHORS:
            authors.append(bare)
    beside = {name_key(name) for name in narrators}
    kept = [
        person
        for place, person in enumerate(authors)
        if name_key(person.name) != name_key(publisher or "") and (place == 0 or name_key(person.name) not in beside)
    ]
    return _each_once(kept or authors or everybody)


def name_key(name: str) -> str:
    """A name without what is spelt now so, now so."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _each_once(people: Sequence[Person]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(name_key(person.name), person)
    return tuple(found.values())


def _parted(name: str) -> tuple[str, str | None]:
    found = _ROLE.search(name)
    return (name, None) if found is None else (name[: found.start()].strip(), found["role"].strip())
