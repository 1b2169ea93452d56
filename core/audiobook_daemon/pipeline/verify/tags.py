"""What the files of a book say about themselves, and whether that contradicts the book they are to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audiobook_daemon.matching import words
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity import identify
from audiobook_daemon.matching.ids import normal_asin, normal_isbn
from audiobook_daemon.matching.people import is_placeholder, same_person, split_people
from audiobook_daemon.models import Release, Want, Wish
from audiobook_daemon.pipeline.verify.listening import Track

_CREDITS = ("artist", "albumartist", "author", "authors", "composer")
_READERS = ("narrat", "reader", "readby", "read by")
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
    """What files agree in saying; empty where they say nothing."""

    files: tuple[str, ...]
    """Their names."""
    titles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Everybody who is credited, whatever for: files tell authors and readers apart in all ways."""
    narrators: tuple[str, ...] = ()
    """Those who are expressly said to read it."""
    asins: frozenset[str] = frozenset()
    isbns: frozenset[str] = frozenset()


def what_is_said(tracks: Sequence[Track]) -> tuple[Said, ...]:
    """What the files say, those that say the same together, the largest number first.

    The title of a book is the album; the title of a track is that of the book only where there is one file.
    """
    groups: dict[Said, list[str]] = {}
    for track in tracks:
        groups.setdefault(_said(track, alone=len(tracks) == 1), []).append(track.name)
    found = [Said(tuple(names), one.titles, one.people, one.narrators, one.asins, one.isbns)
             for one, names in groups.items()]  # fmt: skip
    return tuple(sorted(found, key=lambda said: len(said.files), reverse=True))


def contradiction(want: Want, said: Said) -> str | None:
    """Say which other book the files surely are, or None: both their title and their people must be another's."""
    if not said.titles or not is_another_title(want, said) or not _are_strangers(want, said):
        return None
    return f"{_subject(said)} of {said.titles[0]} by {', '.join(said.people)}"


def is_another_title(want: Want, said: Said) -> bool:
    """Whether what the files call themselves has little in common with any name of the book."""
    book, release = want.wish.book, want.release
    names = [book.title, book.subtitle or "", *book.aliases, *(place.name for place in book.series)]
    known = [_telling(name) for name in (*names, release.title if release else "")]
    alike = {_script(name) for name in names if name}
    told = [title for title in said.titles if _telling(title)]
    return bool(told) and all(
        _script(title) in alike and not any(_overlap(_telling(title), name) for name in known) for title in told
    )


def confirms(wish: Wish, said: Said, floor: float) -> bool:
    """Whether the files, judged as a release is, surely are the wished book."""
    return any(
        identify(wish, Release("files", "", title, said.people, said.narrators)).score >= floor for title in said.titles
    )


def _said(track: Track, *, alone: bool) -> Said:
    tags = track.tags
    titles = tags.get("album", ()) or (tags.get("title", ()) if alone else ())
    credited = tuple(dict.fromkeys(name for field in _CREDITS for name in _people(tags.get(field, ()))))
    readers = [text for field, texts in tags.items() if any(mark in field for mark in _READERS) for text in texts]
    ids = {field: texts for field, texts in tags.items() if "asin" in field or "isbn" in field}
    return Said(
        (),
        titles,
        credited,
        tuple(dict.fromkeys(_people(readers))),
        frozenset(found for texts in ids.values() for text in texts if (found := normal_asin(text))),
        frozenset(found for texts in ids.values() for text in texts if (found := normal_isbn(text))),
    )


def _people(texts: Iterable[str]) -> list[str]:
    found = [name for text in texts for name in split_people(text, keep_roles=True)]
    return [name for name in found if not is_placeholder(name)]


def _are_strangers(want: Want, said: Said) -> bool:
    release = want.release
    known = [*want.wish.book.authors, *want.wish.narrators]
    known += [*release.authors, *release.narrators] if release else []
    told = (*said.people, *said.narrators)
    return bool(want.wish.book.authors and told) and all(
        same_person(one, other) is Likeness.DIFFERENT for one in told for other in known
    )


def _subject(said: Said) -> str:
    return "its files are" if len(said.files) > 1 else f"{said.files[0]} is"


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if word not in _SMALL and not word.isdigit())


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other)) > 0


def _script(text: str) -> str:
    """The script of a text's first letter; nobody can say whether titles of different scripts are one."""
    first = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0]
