"""Reads the records of Open Library. Pure; a member of a wrong type is lost, its record is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audiobook_daemon import SeriesPlace, language_code, lenient, normal_isbn

Record = Mapping[str, object]
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d{2}(?!\d)")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_NUMBER = r"(?P<position>\d+(?:\.\d+)?(?:\s*-\s*\d+)?)"
_MARK = r"(?:[,;]\s*)?(?:#|\b(?:book|bk|vol|volume|no|number|v)\b\.?)"
_IN_TITLE = re.compile(rf"^(?P<title>.+?)\s*\((?P<name>[^()]{{2,80}}?)\s*{_MARK}\s*{_NUMBER}\)$", re.IGNORECASE)
_IN_WORDS = re.compile(rf"^(?P<name>[^;#]{{2,80}}?)\s*(?:{_MARK}|;)\s*#?\s*{_NUMBER}\.?$", re.IGNORECASE)
_GENRES = frozenset(
    """
    adventure/biography/classics/contemporary/crime/dystopian/essays/fairy tales/fantasy/historical fiction/history/
    horror/humor/humour/literary classics/literary fiction/memoir/mystery/mythology/nonfiction/paranormal/philosophy/
    poetry/psychology/romance/science fiction/self-help/short stories/suspense/thriller/thrillers/true crime/
    urban fantasy/war/western/westerns/young adult
    """.replace("\n    ", "")
    .strip()
    .split("/")
)
"""Subjects that are genres; most others are topics, shelf marks and notes of librarians."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work as a search or an author's list tells it."""

    key: str
    """`/works/OL…W`."""
    title: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    """Names; an author's list has none."""
    author_keys: tuple[str, ...] = ()
    year: int | None = None
    languages: tuple[str, ...] = ()
    """Of all its editions, ISO 639-1."""
    isbns: tuple[str, ...] = ()
    cover: int | None = None
    places: tuple[SeriesPlace, ...] = ()
    series_keys: tuple[str, ...] = ()
    editions: int = 0


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """One record of a person."""

    key: str
    """Without its path: `OL…A`."""
    name: str
    other_names: tuple[str, ...] = ()
    born: int | None = None
    works: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """A printed edition."""

    title: str | None = None
    work: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    isbns: tuple[str, ...] = ()
    places: tuple[SeriesPlace, ...] = ()


def work_row(record: Record) -> WorkRow | None:
    """Read a document of a search, or a work's record; None without key or title."""
    key, told = _line(record.get("key")), _line(record.get("title"))
    if key is None or told is None:
        return None
    title, in_title = series_in_title(told)
    stated = tuple(_places(record))
    return WorkRow(
        key=key,
        title=title,
        subtitle=_line(record.get("subtitle")),
        authors=tuple(_each_once(_texts(record.get("author_name")))),
        author_keys=_texts(record.get("author_key")) or tuple(_author_keys(record.get("authors"))),
        year=year(record.get("first_publish_year")) or year(record.get("first_publish_date")),
        languages=tuple(dict.fromkeys(filter(None, map(language_code, _texts(record.get("language")))))),
        isbns=tuple(dict.fromkeys(filter(None, map(normal_isbn, _texts(record.get("isbn")))))),
        cover=_cover(record),
        places=stated or ((in_title,) if in_title else ()),
        series_keys=_texts(record.get("series_key")),
        editions=_whole(record.get("edition_count")) or 0,
    )


def author_row(record: Record) -> AuthorRow | None:
    """Read a line of the search for authors; None without key or name."""
    key, name = _line(record.get("key")), _line(record.get("name"))
    if key is None or name is None:
        return None
    others = _texts(record.get("alternate_names"))
    return AuthorRow(
        key.rpartition("/")[2], name, others, year(record.get("birth_date")), _whole(record.get("work_count")) or 0
    )


def edition(record: Record) -> Edition:
    """Read an edition's record."""
    work = next((_line(one.get("key")) for one in lenient.objects(record.get("works"))), None)
    language = next((_line(one.get("key")) for one in lenient.objects(record.get("languages"))), None)
    published = year(record.get("publish_date"))
    numbers = (*_texts(record.get("isbn_13")), *_texts(record.get("isbn_10")))
    return Edition(
        title=_line(record.get("title")),
        work=work,
        publisher=next(iter(_texts(record.get("publishers"))), None),
        published=str(published) if published else None,
        language=language_code(language.rpartition("/")[2]) if language else None,
        isbns=tuple(dict.fromkeys(filter(None, map(normal_isbn, numbers)))),
        places=tuple(filter(None, map(series_in_words, _texts(record.get("series"))))),
    )


def series_in_title(title: str) -> tuple[str, SeriesPlace | None]:
    """Part `The Way of Kings (Stormlight Archive, #1)` into title and place; brackets without a number stay."""
    found = _IN_TITLE.match(title)
    if found is None:
        return title, None
    return found["title"], SeriesPlace(found["name"].strip(" ,;"), "".join(found["position"].split()))


def series_in_words(words: str) -> SeriesPlace | None:
    """Read `Discworld ; 8` or `Harry Potter #1`; what bears no number may be a publisher's imprint."""
    found = _IN_WORDS.match(words)
    return SeriesPlace(found["name"].strip(" ,;"), "".join(found["position"].split())) if found else None


def description(record: Record) -> str | None:
    """The description, which is a text or an object that holds one."""
    value = record.get("description")
    if isinstance(value, dict):
        value = value.get("value")
    if not isinstance(value, str):
        return None
    return "\n".join(line for one in value.split("\n") if (line := _line(_TAGS.sub("", one)))) or None


def genres(record: Record) -> tuple[str, ...]:
    """The subjects that are genres."""
    return tuple(subject for subject in _texts(record.get("subjects")) if subject.casefold().rstrip(".") in _GENRES)


def year(value: object) -> int | None:
    """The year in `July 1998`, `c1998` or 1998."""
    found = _YEAR.search(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    return int(found[0]) if found else None


def _places(record: Record) -> Iterator[SeriesPlace]:
    """The series of a newer work: parallel lists, of which the positions may be empty."""
    names, positions = record.get("series_name"), record.get("series_position")
    numbers = positions if isinstance(positions, list) else []
    for at, name in enumerate(names if isinstance(names, list) else ()):
        if plain := _line(name):
            yield SeriesPlace(plain, _line(numbers[at]) if at < len(numbers) else None)


def _each_once(names: Iterable[str]) -> Iterator[str]:
    """Leave out other spellings of a name that stand beside it (`MorrisonToni`)."""
    seen = set()
    for name in names:
        letters = "".join(sorted(filter(str.isalnum, name.casefold())))
        if letters not in seen:
            seen.add(letters)
            yield name


def _author_keys(authors: object) -> Iterator[str]:
    """The keys of `[{author: {key}}]` (works) or `[{key}]` (editions)."""
    for one in lenient.objects(authors):
        inner = one.get("author")
        key = _line((inner if isinstance(inner, dict) else one).get("key"))
        if key:
            yield key.rpartition("/")[2]


def _cover(record: Record) -> int | None:
    covers = record.get("covers")
    numbers = map(_whole, covers if isinstance(covers, list) else (record.get("cover_i"),))
    return next((number for number in numbers if number and number > 0), None)


def _line(value: object) -> str | None:
    return lenient.text(value, numbers=True)


def _texts(value: object) -> tuple[str, ...]:
    return lenient.texts(value, numbers=True)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
