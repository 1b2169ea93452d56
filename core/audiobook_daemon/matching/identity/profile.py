"""What a book may be called in the title of a release: its titles, its people, its series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.matching.people import looks_like_person, natural_name, sort_name
from audiobook_daemon.matching.titles import joined, read_title, tokenise
from audiobook_daemon.matching.titles.reading import Stretch, TitleReading
from audiobook_daemon.matching.titles.spelling import spread
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book

_SUBTITLE_LOST = -1.5
"""A form without a subtitle that may be the name of the book."""
_REMARK_LOST = -0.1
"""A form without a subtitle that only describes."""
_PREFIX_LOST = -0.4
"""A form without what precedes a colon, when that is no known series."""
SURNAME = 1.2
"""The weight of a surname alone: hardly two people of one surname write books of one title."""
_NUMBER_LOST = -1.5
"""A form without the number that tells the volume; the number may stand elsewhere."""


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A form in which the title may stand in a text."""

    key: str
    size: int
    """How many significant words it has."""
    loss: float = 0.0
    """What it leaves out, as decimal logarithm of the odds that are lost."""
    missing: str = ""
    """What it leaves out, for people."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A form in which a person's name may stand in a text."""

    key: str
    weight: float
    """How far it speaks for this very person."""
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All forms of one book."""

    titles: tuple[TitleForm, ...]
    """The fullest first."""
    authors: tuple[NameForm, ...]
    series: tuple[tuple[str, str | None], ...]
    """Keys and positions."""
    numbers: tuple[str, ...]
    """The volume as the title alone tells it."""
    collection: bool
    """Whether the book itself is a collection."""


@lru_cache(maxsize=20_000)
def profile_of(book: Book) -> Profile:
    """The forms of a book."""
    titles = [read_title(text) for text in (_with_subtitle(book), *book.aliases)]
    series = _series(book, titles)
    series_keys = frozenset(key for key, _ in series if key)
    people = tuple(form for name in book.authors for form in name_forms(name))
    forms: dict[str, TitleForm] = {}
    for title in titles:
        for form in (*_title_forms(title, series_keys), *_without_author(title, people)):
            if form.key and (form.key not in forms or forms[form.key].loss < form.loss):
                forms[form.key] = form
    ranged = any("-" in (place.position or "") for place in book.series)
    return Profile(
        tuple(sorted(forms.values(), key=lambda form: (-form.loss, -len(form.key)))),
        people,
        series,
        _numbers(series, titles),
        ranged or any(title.collection for title in titles),
    )


@lru_cache(maxsize=50_000)
def name_forms(name: str) -> tuple[NameForm, ...]:
    """How a person may be written in a title, the surest first: full, inverted, without middle names, surname only."""
    natural = natural_name(name)
    tokens = tokenise(spread(natural))
    if len(tokens) < 2:
        return (NameForm(joined(tokens), 1.3, name),) if tokens else ()
    sorted_name = sort_name(natural)
    surname = joined(tokenise(sorted_name.partition(",")[0])) if "," in sorted_name else tokens[-1].key
    first = tokens[0].key
    initials = "".join(token.key[0] for token in tokens if not surname.endswith(token.key))
    forms = [
        NameForm(joined(tokens), 1.6, name),
        NameForm(joined(tokenise(sorted_name)), 1.6, name),
        NameForm(first + surname, 1.5, name),
        NameForm(surname + first, 1.4, name),
        NameForm(initials + surname, 1.3, name),
        NameForm(surname, SURNAME, name),
    ]
    return tuple({form.key: form for form in reversed(forms) if form.key}.values())[::-1]


def _with_subtitle(book: Book) -> str:
    return book.title if not book.subtitle or ":" in book.title else f"{book.title}: {book.subtitle}"


def _series(book: Book, titles: list[TitleReading]) -> tuple[tuple[str, str | None], ...]:
    """The series it is recorded in, and those that its titles name."""
    places = [(series_key(place.name)[0], place.position) for place in book.series]
    for title in titles:
        places += [(key, number) for key, number in title.numbers.items() if key]
    known = {key for key, position in places if position}
    return tuple(dict.fromkeys(place for place in places if place[1] or place[0] not in known))


def _numbers(series: tuple[tuple[str, str | None], ...], titles: list[TitleReading]) -> tuple[str, ...]:
    """The volume that the title itself tells (`Salt II`), where no series does; it may be a mere word of it."""
    if any(position for _, position in series):
        return ()
    return tuple(dict.fromkeys(title.numbers[""] for title in titles if "" in title.numbers))


def _title_forms(title: TitleReading, series: frozenset[str]) -> Iterator[TitleForm]:
    names = title.names
    size = sum(name.size for name in names)
    yield TitleForm(title.whole, size + len(title.numbers))
    if not names:
        return
    own = [_numbered(name) for name in names]
    number_lost = _NUMBER_LOST if "" in title.numbers and not title.led_by_number and not names[0].numbers else 0.0
    yield TitleForm("".join(own), size, number_lost)
    if len(names) == 1:
        return
    telling = [name for name in names[1:] if not name.descriptive and not name.bracket]
    if names[0].key not in series or not telling:
        missing = " ".join(name.text for name in names[1:])
        yield TitleForm(own[0], names[0].size, (_SUBTITLE_LOST if telling else _REMARK_LOST) + number_lost, missing)
    tail = " ".join(name.text for name in names[1:])
    if telling and names[-1].key not in series and (names[0].key in series or not looks_like_person(tail)):
        loss = 0.0 if names[0].key in series else _PREFIX_LOST
        yield TitleForm("".join(own[1:]), size - names[0].size, loss + number_lost, names[0].text)


def _numbered(name: Stretch) -> str:
    return name.key + "".join(f"\x1f{number}\x1f" for number in name.numbers)


def _without_author(title: TitleReading, people: tuple[NameForm, ...]) -> Iterator[TitleForm]:
    """`Tom Clancy's Rainbow Six` without its possessive author."""
    for form in people:
        possessive = f"{form.key}s"
        if (
            form.weight > 1
            and title.names
            and title.whole.startswith(possessive)
            and len(title.whole) > len(possessive)
        ):
            yield TitleForm(title.whole[len(possessive) :], max(1, title.names[0].size - 2), -0.1)
