"""Reads the path of a book in a library or among downloads: author, series, number, title out of folders and file."""

from __future__ import annotations

from dataclasses import fields, replace

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.folder_above import authors_of, ends_like_series, read_above
from audiobook_daemon.matching.parse.folder_levels import WHOLE_BOOKS, Levels, cut_path
from audiobook_daemon.matching.parse.folder_name import read_name
from audiobook_daemon.matching.parse.folder_people import Above, is_among
from audiobook_daemon.matching.people import person_likelihood
from audiobook_daemon.matching.text import title_key, words

_SURELY = 0.85
_LONGEST = 4_096


def read_path(path: str, *, is_file: bool = False, root_is_generic: bool = False) -> Claims:
    """What a path claims about its book.

    The deeper name is the better evidence for the book, the upper one for its author. `root_is_generic` says that the
    first folder is a place where books lie and no author. A number without the name of a series stands in a series with
    an empty name.
    """
    levels = cut_path(path[-_LONGEST:], is_file=is_file, root_is_generic=root_is_generic)
    name, upper, second = _book(levels)
    if name is None:
        return levels.remarks
    above = read_above(levels, upper, read_name(name, Above()))
    claims = _placed(read_name(name, above), above)
    if second is not None:
        added = _placed(read_name(second, _known(claims, above)), above)
        numbered = _is_whole(levels) or any(place.name for place in read_name(second, Above()).series)
        claims = _completed(claims, added if numbered else replace(added, series=()))
    return merged(claims, levels.remarks)


def _book(levels: Levels) -> tuple[str | None, tuple[str, ...], str | None]:
    """The name that is the book's, the folders above it, and a second name of the same book."""
    folder, stem = levels.folder, levels.stem
    if folder is None or stem is None:
        return folder or stem, levels.upper, None
    if _holds_books(folder, stem, levels):
        return stem, (*levels.upper, folder), None
    return folder, levels.upper, stem


def _holds_books(folder: str, stem: str, levels: Levels) -> bool:
    """Whether the folder right above a file is its author's or its series', so that the file is the book."""
    of_folder, of_file = read_name(folder, Above()), read_name(stem, Above())
    if not of_file.title or title_key(of_file.title) == title_key(of_folder.title or ""):
        return False
    if not levels.upper and any(is_among(name, authors_of(folder)) for name in of_file.authors):
        return True
    series = of_file.series[0].name if of_file.series else ""
    if series and title_key(series) == title_key(of_folder.title or ""):
        return True
    if (of_file.series or _is_whole(levels)) and (ends_like_series(folder) or ends_like_series(of_folder.title or "")):
        return True
    if _tells_of(of_folder.title or folder, stem) or _tells_of(of_file.title, folder):
        return False
    if not levels.upper and not of_folder.authors and person_likelihood(folder) >= _SURELY:
        return True
    if not of_file.series or of_folder.year or of_folder.asin or of_folder.series:
        return False
    return _is_whole(levels)


def _is_whole(levels: Levels) -> bool:
    return bool(set(levels.remarks.formats) & WHOLE_BOOKS)


def _tells_of(title: str, name: str) -> bool:
    found = set(words(title))
    return bool(found) and found <= set(words(name))


def _placed(claims: Claims, above: Above) -> Claims:
    return claims if claims.authors else replace(claims, authors=above.authors)


def _known(claims: Claims, above: Above) -> Above:
    series = next((place.name for place in claims.series if place.name), None)
    return Above(claims.authors or above.authors, series or above.series)


def _completed(claims: Claims, second: Claims) -> Claims:
    """What a file's name adds to its folder's, where it speaks of the same book."""
    one, other = words(claims.title or ""), words(second.title or "")
    if not set(one) <= set(other) and not set(other) <= set(one):
        return claims
    missing = {
        field.name: getattr(second, field.name)
        for field in fields(Claims)
        if getattr(claims, field.name) in {None, ()} and getattr(second, field.name) not in {None, ()}
    }
    if claims.series and second.series and not claims.series[0].position and second.series[0].position:
        first = replace(claims.series[0], position=second.series[0].position)
        missing["series"] = (first, *claims.series[1:])
    return replace(claims, **missing)
