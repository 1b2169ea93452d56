"""Which records of people are one person: catalogues know many a person twice, and two people by one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people import same_person
from audiobook_daemon.matching.text import main_title, title_key
from audiobook_daemon.models import Book

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A record of a person in a catalogue, and the works listed under it."""

    name: str
    works: tuple[Book, ...] = ()
    other_names: tuple[str, ...] = ()
    born: int | None = None
    """The year."""


def records_of_person(name: str, owned: Sequence[Book], records: Mapping[K, PersonRecord]) -> tuple[K, ...]:
    """The keys of the records that are the person who wrote the owned books, in their order.

    A record that lists an owned work is surely theirs, and so is one that shares a work with such a record. One under
    another spelling (`K.D.` for `K. D.`) is too, for namesakes that a catalogue tells apart have the very same name.
    Without any sure one all records of the name count. Contradicting years of birth are two people.
    """
    named = {key: record for key, record in records.items() if _is_named(name, record)}
    titles = {key: {_key(book.title) for book in record.works} for key, record in named.items()}
    shelf = {_key(title) for book in owned for title in (book.title, *book.aliases)}
    sure = [key for key in named if titles[key] & shelf]
    if not sure:
        return tuple(named)
    born = {named[key].born for key in sure} - {None}
    spelled = {named[key].name for key in sure}
    known = set[str]().union(*(titles[key] for key in sure))

    def is_theirs(key: K) -> bool:
        record = named[key]
        if record.born is not None and born and record.born not in born:
            return False
        return key in sure or bool(titles[key] & known) or record.name not in spelled

    return tuple(key for key in named if is_theirs(key))


def _is_named(name: str, record: PersonRecord) -> bool:
    return any(same_person(name, other) is Likeness.SAME for other in (record.name, *record.other_names))


def _key(title: str) -> str:
    return title_key(main_title(title))
