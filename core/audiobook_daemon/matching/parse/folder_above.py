"""Tells which of the folders above a book is the author's and which the series'."""

from __future__ import annotations

import re

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.brackets import cut_brackets
from audiobook_daemon.matching.parse.folder_levels import Levels
from audiobook_daemon.matching.parse.folder_name import read_name
from audiobook_daemon.matching.parse.folder_people import Above
from audiobook_daemon.matching.parse.folder_place import article_first, without_series_word
from audiobook_daemon.matching.parse.folder_segments import tidied
from audiobook_daemon.matching.parse.folder_vocabulary import SERIES_ENDS
from audiobook_daemon.matching.parse.numbering import cut_at_number
from audiobook_daemon.matching.people import looks_like_person, person_likelihood, split_people
from audiobook_daemon.matching.text import title_key, words

_SURELY = 0.85
_RATHER = 0.5
_HARDLY = 0.05
_COLLECTION_END = re.compile(
    r"[\s,-]{1,4}(?:the\s+)?(?:complete\s+)?(?:audio(?:book)?s?\s+)?(?:collections?|works|discography|audiobooks?|bibliography"
    r"|library|books|hörbücher|sammlung)$",
    re.IGNORECASE,
)


def read_above(levels: Levels, upper: tuple[str, ...], own: Claims) -> Above:
    """What the folders above a book are; `own` is what its name claims by itself."""
    if not upper:
        return Above()
    if levels.anonymous or (levels.remarks.publisher and person_likelihood(upper[-1]) < _RATHER and len(upper) == 1):
        return Above(series=series_of(upper[-1], ()))
    if len(upper) == 1:
        return _single(upper[0], own)
    author = _author_place(upper)
    authors = authors_of(upper[author])
    if author == len(upper) - 1:
        return Above(authors)
    return Above(authors, series_of(upper[-1], authors))


def authors_of(folder: str) -> tuple[str, ...]:
    """The people whose folder it is."""
    bare = "".join(piece.text for piece in cut_brackets(tidied(folder)) if not piece.bracket).strip() or folder
    shorter = _COLLECTION_END.sub("", bare)
    if shorter != bare and looks_like_person(shorter):
        bare = shorter
    return split_people(bare) or (bare,)


def series_of(folder: str, authors: tuple[str, ...]) -> str | None:
    """The series whose folder it is, without the author, the numbers and the remarks that stand beside its name."""
    claims = read_name(folder, Above(authors))
    name = claims.title or (claims.series[0].name if claims.series else None)
    if claims.collection and claims.series and claims.series[0].name:
        name = claims.series[0].name
    return without_series_word(article_first(name)) if name else None


def ends_like_series(folder: str) -> bool:
    """Whether a name says by itself that it is no single book's (`Mistborn Trilogy`, `Dune 1-6`)."""
    bare = "".join(piece.text for piece in cut_brackets(folder) if not piece.bracket)
    found = words(bare)
    numbered = cut_at_number(folder)
    return bool(found and len(found) > 1 and found[-1] in SERIES_ENDS) or bool(numbered and numbered.range)


def _single(folder: str, own: Claims) -> Above:
    """The one folder above a book: its author's by habit, a series' where the book's own name says so."""
    if (pair := _author_and_series(folder)) is not None:
        return pair
    name = own.series[0].name if own.series else ""
    if name and title_key(name) == title_key(folder):
        return Above(own.authors, folder)
    if _is_series(folder):
        return Above(own.authors, series_of(folder, own.authors))
    likely = person_likelihood(folder)
    if likely < _RATHER and own.authors and _certain(own.authors) and not _is_called_after_series(own):
        return Above(own.authors, series_of(folder, own.authors))
    if likely <= _HARDLY and _is_numbered(own):
        return Above(own.authors, series_of(folder, own.authors))
    return Above(authors_of(folder))


def _author_and_series(folder: str) -> Above | None:
    """A folder of both (`Author - Series`, `Publisher - Series`), or None."""
    claims = read_name(folder, Above())
    name = claims.title or (claims.series[0].name if claims.series else None)
    if claims.authors and name:
        return Above(claims.authors, without_series_word(name))
    if claims.publisher and name:
        return Above(series=without_series_word(name))
    return None


def _is_called_after_series(own: Claims) -> bool:
    """Whether a title is nothing but a series and its number; the person beside it may then be the title."""
    place = own.series[0] if own.series else None
    return bool(place and place.position and title_key(own.title or "").startswith(title_key(place.name)))


def _is_series(folder: str) -> bool:
    """Whether a folder's last word says that it is a series', and the words before it name no person."""
    return ends_like_series(folder) and person_likelihood(folder.rpartition(" ")[0]) < _SURELY


def _is_numbered(own: Claims) -> bool:
    return any(place.position for place in own.series)


def _author_place(upper: tuple[str, ...]) -> int:
    """Which of several folders is the author's: the first that may well be a person's."""
    likely = [person_likelihood(folder) for folder in upper]
    if likely[-1] >= _SURELY and all(value <= _HARDLY for value in likely[:-1]):
        return len(upper) - 1
    if len(upper) == 2:
        return 0
    return next((place for place, value in enumerate(likely[:-1]) if value >= _RATHER), len(upper) - 2)


def _certain(names: tuple[str, ...]) -> bool:
    return all(person_likelihood(name) >= _SURELY for name in names)
