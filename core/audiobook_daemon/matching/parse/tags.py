"""Reads the tags that lie within audio files: of audiobooks the album is the book, the title mostly a chapter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.ids import find_asin, find_isbn
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.folder_levels import says_only_track, without_disc
from audiobook_daemon.matching.parse.folder_name import read_name
from audiobook_daemon.matching.parse.folder_people import Above, is_among
from audiobook_daemon.matching.parse.narration import THE_AUTHOR, cut_narration
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.parse.sidecar_fields import read_year
from audiobook_daemon.matching.people import is_placeholder, split_people
from audiobook_daemon.models import SeriesPlace

_NARRATORS = ("narrator", "narrators", "narratedby", "narrated by", "nrt", "©nrt", "readby", "read by", "performer")
_SERIES = ("series", "show", "tvshow", "mvnm", "movementname", "movement name", "grouping")
_POSITIONS = ("series-part", "series part", "seriespart", "series_part", "mvin", "movement", "movementnumber")
_ASINS = ("asin", "audible_asin", "audible asin", "cdek")
_TRACK_NUMBER = re.compile(r"^\s*0*(\d{1,4})\s*[-.):_]?\s+(?=\S)")
_LONGEST = 2_000
_SHORT_REMARK = 80


def read_tags(
    *,
    title: str | None = None,
    artist: str | None = None,
    albumartist: str | None = None,
    album: str | None = None,
    composer: str | None = None,
    year: str | int | None = None,
    comment: str | None = None,
    track: str | int | None = None,
    other: Mapping[str, str | Sequence[str]] | None = None,
) -> Claims:
    """What the tags of one audio file claim about its book, in the fields that music players know.

    `other` holds further tags by their names in lower case, as far as a reader gives them. A composer is the narrator
    unless the author stands there once more.
    """
    more = {name.casefold(): _one(value) for name, value in (other or {}).items()}
    authors, narrators = _people(artist, albumartist, composer, _first(more, _NARRATORS), comment)
    name = _name_of_book(album, title, track)
    claims = read_name(without_disc(name), Above(authors)) if name else Claims()
    extra = Claims(
        narrators=narrators,
        year=read_year(str(year or "")),
        language=language_code(more.get("language", "")),
        publisher=more.get("publisher") or more.get("label") or None,
        asin=find_asin(_first(more, _ASINS)) or find_asin((comment or "")[:_LONGEST]),
        isbn=find_isbn(more.get("isbn", "")),
    )
    said = read_remark(comment) if comment and len(comment) <= _SHORT_REMARK else None
    series = _series(more)
    claims = replace(claims, authors=authors or claims.authors, series=series or claims.series)
    return merged(claims, extra, said or Claims())


def _name_of_book(album: str | None, title: str | None, track: str | int | None) -> str:
    """The album, or the title where there is no album and the title is no chapter's."""
    name = (album or "").strip()[:_LONGEST]
    if name and not _says_nothing(name):
        return name
    name = (title or "").strip()[:_LONGEST]
    if not name or says_only_track(name) or _says_nothing(name):
        return ""
    found = _TRACK_NUMBER.match(name)
    counted = found is not None and str(track or "").partition("/")[0].strip().lstrip("0") == found[1]
    return name[found.end() :] if found and counted else name


def _says_nothing(name: str) -> bool:
    """Whether a player or a person without an idea wrote it (`Unknown Album`); digits alone may be a title."""
    return not name.isdigit() and (is_placeholder(name) or name.casefold().startswith("unknown "))


def _people(
    artist: str | None, albumartist: str | None, composer: str | None, reader: str, comment: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors and narrators; `Author, Narrator` in one field is parted where another field names one of them."""
    album_people, track_people = _names(albumartist), _names(artist)
    readers = _names(reader)
    authors = tuple(name for name in album_people or track_people if not is_among(name, readers))
    composers = tuple(name for name in _names(composer) if not is_among(name, authors))
    if not album_people and len(authors) > 1:
        written_by_others = tuple(name for name in authors if not is_among(name, _names(composer)))
        if written_by_others and len(written_by_others) < len(authors):
            composers = tuple(name for name in authors if not is_among(name, written_by_others))
            authors = written_by_others
    if not readers and not composers and (narration := cut_narration((comment or "")[:_LONGEST])) is not None:
        readers = authors if narration.names == (THE_AUTHOR,) else narration.names
    return authors, readers or composers


def _names(text: str | None) -> tuple[str, ...]:
    if not text or is_placeholder(text):
        return ()
    return tuple(name for name in split_people(text[:_LONGEST], keep_roles=True) if not is_placeholder(name))


def _series(more: Mapping[str, str]) -> tuple[SeriesPlace, ...]:
    """The series of its own tag; a grouping counts only where it names a number."""
    name = _first(more, _SERIES[:-1])
    found = read_positions(_first(more, _POSITIONS))
    if name:
        return (SeriesPlace(name, str(found[0]) if found else None),)
    grouped = read_name(more.get("grouping", ""), Above())
    return tuple(place for place in grouped.series if place.name and place.position)


def _first(more: Mapping[str, str], names: Sequence[str]) -> str:
    return next((more[name] for name in names if more.get(name)), "")


def _one(value: str | Sequence[str]) -> str:
    return (value if isinstance(value, str) else "; ".join(value))[:_LONGEST].strip()
