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


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same last name, and first names or initials that do not differ."""
    first, second = _parts(one), _parts(other)
    if not first or not second or first[-1] != second[-1]:
        return False
    short, long = sorted((first[:-1], second[:-1]), key=len)
    if not short:
        return not long
    return short[0][0] == long[0][0] and all(any(_same(part, match) for match in long) for part in short)


def name_key(name: str) -> str:
    """A name without what is spelt now so, now so."""
    return "".join(_parts(name))


def _each_once(people: Sequence[Person]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(name_key(person.name), person)
    return tuple(found.values())


def _parted(name: str) -> tuple[str, str | None]:
    found = _ROLE.search(name)
    return (name, None) if found is None else (name[: found.start()].strip(), found["role"].strip())


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'\u2019")
    return re.findall(r"[^\W_]+", plain)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
