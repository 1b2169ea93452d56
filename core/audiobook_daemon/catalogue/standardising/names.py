"""Names of people: given name first, what they did for the book left away, nobody twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audiobook_daemon.matching import author_key, words
from audiobook_daemon.matching.people import split_people
from audiobook_daemon.matching.people.roles import is_author_role, open_brackets, split_role
from audiobook_daemon.models import FieldValue, SeriesPlace

_JOINS = re.compile(r"[;,&/]| (?:and|und|et|y|with) ", re.IGNORECASE)
_JOINING = frozenset({"and", "und", "et", "y", "with"})


def tidy_names(value: FieldValue, *, writers: bool) -> FieldValue:
    """The names of a list in natural order; of `writers` those who only translated or introduced are left out."""
    if not isinstance(value, tuple):
        return value
    credits_ = [split_role(open_brackets(name)) for name in value if not isinstance(name, SeriesPlace)]
    kept = [name for name, role in credits_ if not writers or role is None or is_author_role(role)]
    found: dict[str, str] = {}
    for name in kept or [name for name, _ in credits_]:
        for person in _people(name):
            found.setdefault(author_key(person), person)
    return tuple(found.values())


def _people(text: str) -> Iterator[str]:
    """The people of one entry; a text that cannot be parted without a loss is one name."""
    if not _JOINS.search(text):
        yield text
        return
    people = split_people(text, keep_roles=True)
    named = [word for person in people for word in words(person)]
    whole = all(len(words(person)) > 1 for person in people)  # `Smith & Sons` is a firm
    if whole and sorted(named) == sorted(word for word in words(text) if word not in _JOINING):
        yield from people
    else:
        yield text
