"""What the files of a book say about themselves, and whether that contradicts the book they are to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching import compare_titles, is_same_book, words
from audiobook_daemon.matching.claims import Claims, Likeness
from audiobook_daemon.matching.contents import is_generic_folder
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.parse.tags import read_tags
from audiobook_daemon.matching.people import is_placeholder, looks_like_person, same_person
from audiobook_daemon.models import Book, Want, Wish
from audiobook_daemon.pipeline.verify.listening import Tags, Track

_FIELDS = ("artist", "albumartist", "album", "composer", "year", "comment", "track")
_SMALL = frozenset({
    *("the", "a", "an", "of", "and", "in", "to", "for", "on", "at", "by", "with", "from", "s"),
    *("der", "die", "das", "und", "von", "le", "la", "les", "de", "du", "et", "el", "los", "las", "y"),
    *("book", "volume", "vol", "part", "chapter", "track", "disc", "disk", "cd", "side", "file", "title", "album"),
    *("band", "teil", "kapitel", "livre", "tome", "partie", "chapitre", "libro", "parte", "capitulo"),
    *("audiobook", "audio", "unabridged", "abridged", "novel", "unknown", "untitled", "various", "mp3", "m4b"),
    *("prologue", "epilogue", "introduction", "credits", "opening", "end", "intro", "outro"),
})  # fmt: skip
"""Words that name no book."""


@dataclass(frozen=True, slots=True)
class Said:
    """What files agree in saying."""

    files: tuple[str, ...]
    """Their names."""
    claims: Claims

    @property
    def title(self) -> str | None:
        """What they call their book, or its series if it has no other name; None if they say nothing of it."""
        return self.claims.title or next((place.name for place in self.claims.series if place.name), None)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who is credited, whatever for: files tell authors and readers apart in all ways."""
        credited = (*self.claims.authors, *self.claims.narrators)
        return tuple(name for name in dict.fromkeys(credited) if not is_placeholder(name))

    @property
    def ids(self) -> frozenset[str]:
        """ASIN and ISBN."""
        found = normal_asin(self.claims.asin or ""), normal_isbn(self.claims.isbn or "")
        return frozenset(one for one in found if one)


def what_is_said(tracks: Sequence[Track]) -> tuple[Said, ...]:
    """What the files say, those that say the same together, the largest number first.

    The title of a book is the album; the title of a track is that of the book only where there is one file.
    """
    groups: dict[Claims, list[str]] = {}
    for track in tracks:
        groups.setdefault(_claims(track.tags, alone=len(tracks) == 1), []).append(track.name)
    found = [Said(tuple(names), claims) for claims, names in groups.items()]
    return tuple(sorted(found, key=lambda said: len(said.files), reverse=True))


def contradiction(want: Want, said: Said) -> str | None:
    """Say which other book the files surely are, or None: both their title and their people must be another's."""
    if not is_another_title(want, said) or not _are_strangers(want, said):
        return None
    subject = "its files are" if len(said.files) > 1 else f"{said.files[0]} is"
    return f"{subject} of {said.title} by {', '.join(said.people)}"


def is_another_title(want: Want, said: Said) -> bool:
    """Whether what the files call their book has little in common with any name of the wanted one."""
    book, release, title = want.wish.book, want.release, said.title
    if title is None or not _telling(title) or is_generic_folder(title):
        return False
    names = [book.title, *([book.subtitle] if book.subtitle else []), *book.aliases]
    around = [*(place.name for place in book.series), *([release.title] if release else [])]
    if _script(title) not in {_script(name) for name in names}:
        return False
    if any(_overlap(_telling(title), _telling(name)) for name in (*names, *around)):
        return False
    return all(compare_titles(title, name) is Likeness.DIFFERENT for name in names)


def confirms(wish: Wish, said: Said) -> bool:
    """Whether the files surely are of the wished book by their own account."""
    claims, book = said.claims, wish.book
    if claims.title is None or not claims.authors or not book.authors:
        return False
    told = Book(claims.title, claims.authors, claims.subtitle, claims.series)
    return is_same_book(told, replace(book, asin=None, isbn=None, other_ids=()))


def _claims(tags: Tags, *, alone: bool) -> Claims:
    stated: dict[str, str | None] = {name: "; ".join(tags[name]) if name in tags else None for name in _FIELDS}
    title = tags["title"][0] if alone and "title" in tags else None
    other = {name: texts for name, texts in tags.items() if name not in {*_FIELDS, "title"}}
    claims = read_tags(title=title, other=other, **stated)
    # What tells the files of one book apart is not what they say of the book.
    return replace(claims, part=None, year=None, tags=())


def _are_strangers(want: Want, said: Said) -> bool:
    release = want.release
    known = [*want.wish.book.authors, *want.wish.narrators]
    known += [*release.authors, *release.narrators] if release else []
    named = bool(want.wish.book.authors) and any(looks_like_person(name) for name in said.people)
    return named and all(same_person(one, other) is Likeness.DIFFERENT for one in said.people for other in known)


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if word not in _SMALL and not word.isdigit())


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other)) > 0


def _script(text: str) -> str:
    """The script of a text's first letter; nobody can say whether titles of different scripts are one."""
    first = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0]
