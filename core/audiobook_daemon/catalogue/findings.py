"""What is wrong or lacking with one book of the library, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audiobook_daemon.catalogue.completeness import completeness, missing_fields
from audiobook_daemon.matching import position_key, title_key, words
from audiobook_daemon.matching.people import is_placeholder
from audiobook_daemon.models import LibraryItem

_TOLERANCE, _LEAST_TOLERANCE = 0.05, 600.0
_ABRIDGED = 0.75
"""A recording shorter than this share of every known edition is abridged or incomplete."""
_LOW = 50
_LONG = 3600.0
"""Seconds; in shorter recordings nobody misses chapters."""
_EMPTY_WORDS = frozenset({"unknown", "untitled", "title", "audiobook", "audio", "book", "album", "track", "unbekannt"})
_FILE_MARKS = frozenset({"kbps", "mp3", "m4b", "m4a"})


class Grade(StrEnum):
    """How bad a finding is."""

    WRONG = "wrong"
    LACKING = "lacking"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for."""

    code: str
    grade: Grade
    title: str
    remedy: str


CHECKS = (
    Check(
        "missing_files",
        Grade.WRONG,
        "Files are missing",
        "See whether the disk is mounted; else remove the item or get the book again.",
    ),
    Check(
        "short",
        Grade.WRONG,
        "Much shorter than known editions",
        "Probably abridged or incomplete: mark it as abridged, or replace it.",
    ),
    Check(
        "runtime",
        Grade.WRONG,
        "Running time fits no known edition",
        "See whether it is the right recording and whether all files are there.",
    ),
    Check(
        "no_author",
        Grade.WRONG,
        "No author",
        "Match the book in Audiobookshelf, or run audiobook-daemon do metadata_full.",
    ),
    Check(
        "placeholder_author",
        Grade.WRONG,
        "An author who is nobody",
        "Match the book in Audiobookshelf, or name the author by hand.",
    ),
    Check(
        "suspicious_title",
        Grade.WRONG,
        "A title that is none",
        "Match the book in Audiobookshelf, or write the title by hand.",
    ),
    Check(
        "title_is_series",
        Grade.WRONG,
        "The title is the series' name",
        "Write the volume's own title; the series has a field of its own.",
    ),
    Check(
        "narrator_as_author",
        Grade.HINT,
        "Author and reader are the same",
        "True of memoirs; else the reader has slipped into the author's field.",
    ),
    Check("ebook_only", Grade.HINT, "E-book without a recording", "Nothing, unless you want to listen to it."),
    Check(
        "no_position",
        Grade.LACKING,
        "In a series without a place",
        "Write the volume's number, else nobody can tell what is missing.",
    ),
    Check(
        "no_cover",
        Grade.LACKING,
        "No cover",
        "Match the book in Audiobookshelf, or run audiobook-daemon do metadata_full.",
    ),
    Check(
        "no_chapters", Grade.LACKING, "No chapters", "Look chapters up in Audiobookshelf's editor; it needs the ASIN."
    ),
    Check(
        "no_asin", Grade.LACKING, "No ASIN", "With it all else is found surely: run audiobook-daemon do metadata_full."
    ),
    Check(
        "incomplete",
        Grade.LACKING,
        "Hardly described",
        "Match the book in Audiobookshelf, or run audiobook-daemon do metadata_full.",
    ),
)
"""Every check, the gravest first."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What was found about one book; `code` is that of a check."""

    code: str
    detail: str | None = None
    """What exactly, where the check alone does not say it."""


def flaws(item: LibraryItem, editions: Sequence[float] = (), percent: int | None = None) -> tuple[Flaw, ...]:
    """Look a book over; `editions` are the running times of known editions, in seconds, `percent` its completeness.

    Where files are missing nothing else is said about the recording. What the library does not tell is no flaw.
    """
    return (*_of_recording(item, editions), *_of_names(item), *_of_description(item, percent))


def _of_recording(item: LibraryItem, editions: Sequence[float]) -> Iterator[Flaw]:
    if item.missing:
        yield Flaw("missing_files", item.path)
        return
    if item.files == 0:
        yield Flaw("ebook_only")
        return
    yield from _of_runtime(item, [one for one in editions if one > 0])
    if item.chapters == 0 and (item.runtime or 0) > _LONG:
        yield Flaw("no_chapters")


def _of_runtime(item: LibraryItem, editions: Sequence[float]) -> Iterator[Flaw]:
    runtime = item.runtime
    if not runtime or not editions:
        return
    nearest = min(editions, key=lambda known: abs(known - runtime))
    if abs(nearest - runtime) <= max(_LEAST_TOLERANCE, _TOLERANCE * nearest):
        return
    told = f"{_time(runtime)} here, {_time(nearest)} in the nearest edition"
    if runtime >= _ABRIDGED * min(editions):
        yield Flaw("runtime", told)
    elif not item.abridged:
        yield Flaw("short", told)


def _of_names(item: LibraryItem) -> Iterator[Flaw]:
    book = item.book
    named = [name for name in book.authors if name.strip()]
    if not named:
        yield Flaw("no_author", f"read by {', '.join(item.narrators)}" if item.narrators else None)
    elif all(is_placeholder(name) for name in named):
        yield Flaw("placeholder_author", ", ".join(named))
    elif {words(name) for name in named} == {words(name) for name in item.narrators}:
        yield Flaw("narrator_as_author", ", ".join(named))
    title = words(book.title)
    if _says_nothing(title) or (len(title) > 1 and not _FILE_MARKS.isdisjoint(title)):
        yield Flaw("suspicious_title", book.title)
    for place in book.series:
        if position_key(place.position) in {None, "1"} or words(place.name)[-1:] != title[-1:]:
            continue
        if title_key(place.name) == title_key(book.title):
            yield Flaw("title_is_series", f"{place.name} #{place.position}")


def _says_nothing(title: Sequence[str]) -> bool:
    """Whether a title is empty or made of filler alone; `1984` is a title."""
    return all(word.isdigit() or word in _EMPTY_WORDS for word in title) and not "".join(title).isdigit()


def _of_description(item: LibraryItem, percent: int | None) -> Iterator[Flaw]:
    book = item.book
    placeless = [place.name for place in book.series if not (place.position or "").strip()]
    if placeless and len(placeless) == len(book.series):
        yield Flaw("no_position", ", ".join(placeless))
    if item.cover is False:
        yield Flaw("no_cover")
    if not (book.asin or "").strip() and item.files != 0:
        yield Flaw("no_asin")
    percent = completeness(item) if percent is None else percent
    if percent < _LOW:
        yield Flaw("incomplete", f"{percent} %, without {', '.join(missing_fields(item)[:4])}")


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"
