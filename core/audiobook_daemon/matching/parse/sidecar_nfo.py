"""Reads `.nfo` texts: lines of `Label: value` between ornaments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.ids import find_asin, find_isbn, normal_asin, normal_isbn
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.remarks import scan
from audiobook_daemon.matching.parse.series import read_series, read_series_phrase
from audiobook_daemon.matching.parse.sidecar_fields import Sidecar, plain_text, read_list, read_title, read_year
from audiobook_daemon.matching.people import is_placeholder, split_people
from audiobook_daemon.matching.text import words
from audiobook_daemon.models import SeriesPlace

_LABELS = {
    "title": "title, book title, titel, titre, titolo, titulo, book, name",
    "subtitle": "subtitle, untertitel, sous titre",
    "authors": """author, authors, author s, writer, writers, written by, by, autor, autoren, auteur, auteurs, autore,
        schrijver""",
    "narrators": """narrator, narrators, narrator s, narrated by, read by, reader, readers, performed by, voiced by,
        sprecher, sprecherin, gelesen von, lu par, narrateur, narrador, narrado por, voix, voce""",
    "series": "series, series name, serie, reihe, cycle, saga",
    "position": """position in series, series position, series number, series part, number in series, book number,
        volume, book no, band, series index""",
    "year": """year, date, copyright, release date, released, published, publication date, publish date, publish year,
        release year, publication year, original publication date, jahr, erscheinungsjahr, annee, ano, anno""",
    "language": "language, lang, sprache, langue, idioma, lingua, taal",
    "publisher": "publisher, published by, verlag, editeur, editorial, editore, uitgever",
    "asin": "asin, audible asin, amazon asin",
    "isbn": "isbn, isbn10, isbn13, isbn 10, isbn 13",
    "genres": "genre, genres, genre s, category, categories, kategorie, genero",
    "tags": "tags, tag, keywords, schlagworte",
    "abridged": "abridged, abridgement",
    "unabridged": "unabridged",
    "bitrate": "bitrate, bit rate, audio bitrate, encoded bitrate, bitrate kbps",
    "format": """format, file type, filetype, file format, codec, audio format, encoded codec, container, quality,
        version, edition, type, encoding""",
}
_FIELDS = {" ".join(words(label)): name for name, labels in _LABELS.items() for label in labels.split(",")}
_DESCRIPTIONS = frozenset(
    " ".join(words(heading))
    for heading in (
        *("description", "book description", "summary", "publisher s summary", "plot", "synopsis", "about this book"),
        *("overview", "beschreibung", "inhalt", "klappentext", "résumé", "descripción", "sinopsis", "trama"),
    )
)
_SECTION = re.compile(r"(?:[A-Z][a-z]+ )?(?:Information|Info|Details|Notes|Data)", re.IGNORECASE)
_ORNAMENTS = " \t*|║│┃▌▐█░▒▓■●•·»«>¦+~=_-"
_LINE = re.compile(r"^(?P<label>[^\W\d_](?:[\w' ()/-]{0,30}[\w)])?)[\s.·_-]{0,60}[:=](?P<value>.*)$")
_YES = frozenset({"yes", "true", "y", "ja", "oui", "si", "1"})
_NO = frozenset({"no", "false", "n", "nein", "non", "0"})
_MISSING = frozenset({"", "n a", "na", "none", "null", "unknown", "tba", "not available"})
_LONGEST_LINE = 1_000
_BITRATE = re.compile(r"(?<!\d)(\d{2,3})(?!\d)(?:\s?k|$)", re.IGNORECASE)


def read_nfo(text: str) -> Sidecar:
    """What an nfo text says; of several lines for one thing the first stands."""
    lines = [line[:_LONGEST_LINE].strip(_ORNAMENTS) for line in text.splitlines()]
    fields = _fields(lines)
    genres, tags = read_list(fields.get("genres", "")), read_list(fields.get("tags", ""))
    return Sidecar(_claims(fields), genres, tags, _description(lines))


def _claims(fields: Mapping[str, str]) -> Claims:
    title, subtitle, places = read_title(fields.get("title", ""))
    claims = Claims(
        title=title,
        subtitle=fields.get("subtitle") or subtitle,
        authors=_people(fields.get("authors", "")),
        narrators=_people(fields.get("narrators", "")),
        series=_series(fields) or places,
        year=read_year(fields.get("year", "")),
        language=language_code(fields.get("language", "")),
        publisher=fields.get("publisher"),
        abridged=_abridged(fields),
        bitrate=_bitrate(fields.get("bitrate", "")),
        asin=_id(fields.get("asin", ""), normal_asin, find_asin),
        isbn=_id(fields.get("isbn", ""), normal_isbn, find_isbn),
    )
    recording = scan(fields.get("format", "")).claims
    return merged(claims, Claims(formats=recording.formats, bitrate=recording.bitrate, abridged=recording.abridged))


def _fields(lines: Sequence[str]) -> Mapping[str, str]:
    """The known labels of a text with the first value that each of them has."""
    found: dict[str, str] = {}
    for line in lines:
        cut = _LINE.match(line)
        name = _FIELDS.get(" ".join(words(cut["label"]))) if cut else None
        value = cut["value"].strip(_ORNAMENTS) if cut else ""
        if name and name not in found and " ".join(words(value)) not in _MISSING:
            found[name] = value
    return found


def _description(lines: Sequence[str]) -> str | None:
    """The text below its heading (or behind its label), as far as the next heading or known label."""
    told: list[str] | None = None
    for line in lines:
        label = " ".join(words(line.partition(":")[0]))
        if told is None:
            told = [line.partition(":")[2]] if label in _DESCRIPTIONS else None
        elif label in _FIELDS or label in _DESCRIPTIONS or _SECTION.fullmatch(line):
            break
        else:
            told.append(line)
    return plain_text(" ".join(told)) if told else None


def _people(text: str) -> tuple[str, ...]:
    return tuple(name for name in split_people(text, keep_roles=True) if not is_placeholder(name))


def _series(fields: Mapping[str, str]) -> tuple[SeriesPlace, ...]:
    """The series of its own line, whose number may stand within it or on another line."""
    named, numbered = fields.get("series", ""), read_positions(fields.get("position", ""))
    position = str(numbered[0]) if numbered else None
    if not named:
        return (SeriesPlace("", position),) if position else ()
    reading = read_series_phrase(named) or read_series(named)
    if reading and reading.name and reading.position and (reading.marked or position is None):
        return (SeriesPlace(reading.name, reading.position),)
    return (SeriesPlace(named, position),)


def _abridged(fields: Mapping[str, str]) -> bool | None:
    for name, meaning in (("abridged", True), ("unabridged", False)):
        value = words(fields.get(name, ""))
        if value and value[0] in _YES:
            return meaning
        if value and value[0] in _NO:
            return not meaning
    return scan(fields.get("abridged", "")).claims.abridged


def _bitrate(text: str) -> int | None:
    found = _BITRATE.search(text.strip())
    return int(found[1]) if found else None


def _id(text: str, normal: Callable[[str], str | None], find: Callable[[str], str | None]) -> str | None:
    return normal(text) or find(text) if text else None
