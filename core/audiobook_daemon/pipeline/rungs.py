"""The questions a wish can be looked for by, from the most exact to the widest; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching.parse import bare_title, cut_at_number, cut_brackets
from audiobook_daemon.matching.text import main_title, words
from audiobook_daemon.models import Book, Query, Release, SeriesPlace, Wish

_MOST_ALIASES = 3
_SHORT = 2
"""Words up to this long say too little about a title."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One question in two forms: by fields, and as plain words for an indexer that has none."""

    name: str
    query: Query
    text: str
    of_title: bool = False
    """Only what resembles the title is looked at: the question itself asks for much more."""

    def question(self, *, by_fields: bool) -> Query:
        """What an indexer of this kind is asked."""
        return self.query if by_fields else replace(self.query, text=self.text)


def rungs(wish: Wish, languages: Sequence[str] = ("en",), limit: int = 50) -> tuple[Rung, ...]:
    """The ladder for a wish; the wish itself is never widened, only the question."""
    return tuple(_rungs(wish.book, Query("", languages=_languages(wish, languages), limit=limit)))


def plan(ladder: Sequence[Rung], *, by_fields: bool, most: int, turn: int = 0) -> dict[str, Query]:
    """What an indexer is asked on which rung, by the rungs' names; what it was asked before is left out.

    It is asked `most` questions in one search: always the first, and of the others as many as there is room for, in
    turns from search to search (`turn` counts them), so that each has its time.
    """
    questions: dict[str, Query] = {}
    asked: set[object] = set()
    for rung in ladder:
        query = rung.question(by_fields=by_fields)
        said = _said(query)
        if any(said) and said not in asked:
            asked.add(said)
            questions[rung.name] = query
    names = list(questions)
    room = max(0, most - 1)
    others = names[1:]
    start = turn * room % len(others) if len(others) > room else 0
    chosen = {*names[:1], *(others[start:] + others[:start])[:room]}
    return {name: query for name, query in questions.items() if name in chosen}


def resembles(book: Book, release: Release) -> bool:
    """Whether a release shares at least half of the telling words of one of the book's titles or of its series."""
    told = {*words(release.title), *(word for place in release.series for word in words(place.name))}
    names = (_short(book.title), *_others(book), *(place.name for place in book.series))
    return any(len(set(wanted) & told) * 2 >= len(set(wanted)) for name in names if (wanted := _telling(name)))


def _rungs(book: Book, base: Query) -> Iterator[Rung]:
    authors = book.authors
    by = authors[0] if authors else ""
    short = _short(book.title)
    yield _titled("title and author" if by else "title", bare_title(book.title), authors, base)
    if authors:
        yield _titled("short title and author", short, authors, base)
    for other in _others(book):
        yield _titled(f"other title {other!r}{' and author' if by else ''}", other, authors, base)
    for place in book.series[:1]:
        yield _of_series(place, authors, base)
    yield _titled("short title alone", short, (), base)
    yield Rung("author alone", replace(base, authors=authors), by, of_title=True)
    anywhere = f"{short} {by}".strip()
    yield Rung("words anywhere", replace(base, title=short, text=anywhere), anywhere)


def _short(title: str) -> str:
    """A title without subtitle, brackets and the number of a volume."""
    bare = " ".join(piece.text.strip() for piece in cut_brackets(bare_title(title)) if not piece.bracket) or title
    main = main_title(bare)
    numbered = cut_at_number(main)
    return numbered.head if numbered and numbered.head else main


def _others(book: Book) -> tuple[str, ...]:
    """The other titles of a work; what follows the name of its series and a colon is one."""
    title = bare_title(book.title)
    begin, rest = words(main_title(title)), title[len(main_title(title)) :].lstrip(" :-–—")
    of_series = any(words(place.name) == begin[: len(words(place.name))] for place in book.series)
    aliases = [_short(alias) for alias in book.aliases[:_MOST_ALIASES]]
    return (rest, *aliases) if rest and of_series else tuple(aliases)


def _titled(name: str, title: str, authors: tuple[str, ...], base: Query) -> Rung:
    text = " ".join(filter(None, (title, *authors[:1])))
    return Rung(name, replace(base, title=title, authors=authors), text)


def _of_series(place: SeriesPlace, authors: tuple[str, ...], base: Query) -> Rung:
    name = f"series {place.name!r} {place.position or ''}".rstrip() + (" and author" if authors else "")
    text = " ".join(filter(None, (place.name, place.position, *authors[:1])))
    return Rung(name, replace(base, authors=authors, series=place), text)


def _languages(wish: Wish, usual: Sequence[str]) -> tuple[str, ...]:
    return wish.languages or ((wish.book.language,) if wish.book.language else tuple(usual))


def _said(query: Query) -> tuple[object, ...]:
    """What a question comes down to, whatever the order of plain words."""
    if query.text is not None:
        return (frozenset(words(query.text)),)
    series = words(query.series.name) if query.series and not query.title else ()
    return words(query.title), series, words(query.authors[0]) if query.authors else ()


def _telling(name: str) -> tuple[str, ...]:
    found = words(name)
    return tuple(word for word in found if len(word) > _SHORT) or found
