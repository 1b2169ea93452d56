"""What a book may be called in the title of a release: its titles, its people, its series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.matching.people import natural_name
from audiobook_daemon.matching.titles import joined, read_title, tokenise
from audiobook_daemon.matching.titles.reading import Stretch, TitleReading
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book

_SUBTITLE_LOST = -0.8
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
        ranged or any(title.collection for title in titles),
    )


@lru_cache(maxsize=50_000)
def name_forms(name: str) -> tuple[NameForm, ...]:
    """How a person may be written in a title, the surest first: full, inverted, without middle names, surname only."""
    tokens = tokenise(natural_name(name))
    if not tokens:
        return ()
    first, *middle, last = tokens if len(tokens) > 1 else (tokens[0], tokens[0])
    if len(tokens) == 1:
        return (NameForm(joined(tokens), 1.3, name),)
    initials = "".join(token.key[0] for token in (first, *middle))
    forms = [
        NameForm(joined(tokens), 1.6, name),
        NameForm(joined((last, first, *middle)), 1.6, name),
        NameForm(joined((first, last)), 1.5, name),
        NameForm(joined((last, first)), 1.4, name),
        NameForm(initials + last.key, 1.3, name),
        NameForm(joined((last,)), SURNAME, name),
    ]
    return tuple({form.key: form for form in reversed(forms)}.values())[::-1]


def _with_subtitle(book: Book) -> str:
    return book.title if not book.subtitle or ":" in book.title else f"{book.title}: {book.subtitle}"


def _series(book: Book, titles: list[TitleReading]) -> tuple[tuple[str, str | None], ...]:
    """The series it is recorded in, and the volume that its own title says it is."""
    places = [(series_key(place.name)[0], place.position) for place in book.series]
    for title in titles:
        places += [
            (key or (title.names[0].key if title.names else ""), number) for key, number in title.numbers.items()
        ]
    known = {key for key, position in places if position}
    return tuple(dict.fromkeys(place for place in places if place[1] or place[0] not in known))


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
    if telling:
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
