"""Takes the text of a title apart: what names the book, what places it in a series, what speaks of the recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse import Piece, cut_brackets, merged, peel, read_remark
from audiobook_daemon.matching.parse.packs import says_collection
from audiobook_daemon.matching.titles.endings import may_end_in_remark
from audiobook_daemon.matching.titles.spelling import tidied
from audiobook_daemon.matching.titles.tokens import Token, joined, significant, tokenise
from audiobook_daemon.matching.titles.vocabulary import ARTICLES_ABROAD, PART_WORDS, SERIES_WORDS, is_descriptive

_LONGEST = 500
_STRETCH_ENDS = frozenset({"(", "-", ":"})
_OR = frozenset({"or", "oder", "ou"})
_NUMBER_FILLERS = frozenset({"of", "in", "von", "der", "de", "no", "to", "thru", "through", "bis", "and"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a title between colons, dashes and brackets."""

    text: str
    key: str
    """The words without a number that ends it or is marked as a volume's; equal words have equal keys."""
    size: int
    """How many significant words it has."""
    numbers: tuple[str, ...] = ()
    marked: bool = False
    """Whether the numbers are marked as those of volumes."""
    series: bool = False
    """Whether it says of itself that it is a series (`Red Rising Trilogy`, `The Expanse #1`)."""
    bracket: bool = False
    leading: bool = False
    """Whether it is a number alone that stands before all else (`Book 1: Leviathan Wakes`)."""

    @property
    def descriptive(self) -> bool:
        """Whether it tells what kind of book it is and names none."""
        return is_descriptive(self.text)


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title taken apart."""

    whole: str
    """All words in one key, remarks about the recording left out."""
    names: tuple[Stretch, ...]
    """What may name the book; at least one unless the title has no word."""
    places: tuple[Stretch, ...]
    """What places it in a series."""
    part: str | None
    """Which part of a book that was cut up."""
    claims: Claims
    """What the remarks say of the recording."""
    collection: bool
    """Whether it says that it holds several books."""

    @property
    def numbers(self) -> dict[str, str]:
        """The numbers of volumes by the key of the series; those without a series, and of the title itself, by ``."""
        found: dict[str, str] = {}
        named = {name.key for name in self.names}
        for stretch in (*self.names, *self.places):
            if stretch.numbers:
                own = not stretch.key or stretch.key in named
                found.setdefault("" if own else stretch.key, "-".join(stretch.numbers))
        return found

    @property
    def led_by_number(self) -> bool:
        """Whether a number alone stands before the title, which then is no number of the title itself."""
        return any(place.leading for place in self.places)


@lru_cache(maxsize=50_000)
def read_title(text: str) -> TitleReading:
    """Take a title apart."""
    texts, claims = _without_remarks(tidied(text))
    stretches: list[Stretch] = []
    part: str | None = None
    whole: list[str] = []
    for piece in texts:
        for tokens, bracket in _stretches(piece):
            kept, told = _without_part(tokens)
            part = part or told
            if kept:
                whole.append(joined(kept))
                stretches.append(_stretch(piece.text, kept, bracket=bracket, first=not stretches))
    names, places = _sorted(stretches)
    collection = claims.collection or says_collection(text[:_LONGEST])
    return TitleReading("".join(whole), names, places, part or claims.part, claims, collection)


def _without_remarks(text: str) -> tuple[list[Piece], Claims]:
    kept: list[Piece] = []
    claims = Claims()
    for piece in cut_brackets(text):
        said = read_remark(piece.text) if piece.bracket else None
        if said is not None:
            claims = merged(claims, said)
            continue
        plain = piece.bracket or not may_end_in_remark(piece.text)
        rest, said = (piece.text, Claims()) if plain else peel(piece.text)
        claims = merged(claims, said)
        kept.append(Piece(rest, piece.bracket))
    return kept or [Piece(text)], claims


def _stretches(piece: Piece) -> Iterator[tuple[list[Token], bool]]:
    run: list[Token] = []
    tokens = tokenise(piece.text)
    if piece.bracket and any(token.marked for token in tokens):
        yield list(tokens), True
        return
    for token in tokens:
        if run and (token.gap in _STRETCH_ENDS or (token.gap in {",", ";"} and token.key in _OR)):
            yield run, bool(piece.bracket)
            run = []
        run.append(token)
    if run:
        yield run, bool(piece.bracket)


def _without_part(tokens: list[Token]) -> tuple[list[Token], str | None]:
    """The tokens without `Part 1 of 2` at their end, and the part."""
    for place, token in enumerate(tokens[:-1]):
        if token.key not in PART_WORDS or not tokens[place + 1].number:
            continue
        if all(item.number or item.key == "of" for item in tokens[place + 1 :]):
            return tokens[:place], tokens[place + 1].key
    return tokens, None


def _stretch(text: str, tokens: Sequence[Token], *, bracket: bool, first: bool) -> Stretch:
    written = text[tokens[0].start : tokens[-1].end]
    marked = [token for token in tokens if token.marked]
    if marked:
        begin = tokens.index(marked[0])
        end = begin + 1
        while end < len(tokens) and (tokens[end].number or tokens[end].key in _NUMBER_FILLERS):
            end += 1
        numbers = tuple(token.key for token in tokens[begin:end] if token.number)
        rest = [*tokens[:begin], *tokens[end:]]
    else:
        numbers, rest = _trailing_numbers(tokens)
    rest = _bare(rest)
    series = len(rest) > 1 and rest[-1].key in SERIES_WORDS and not first
    return Stretch(
        written,
        joined(rest[:-1] if series else rest),
        len(significant(rest)) if rest else 0,
        numbers,
        bool(marked),
        series or (bool(marked) and bool(rest)),
        bracket,
        first and not rest,
    )


def _trailing_numbers(tokens: Sequence[Token]) -> tuple[tuple[str, ...], list[Token]]:
    end = len(tokens)
    while end > 1 and tokens[end - 1].number:
        end -= 1
    return tuple(token.key for token in tokens[end:]), list(tokens[:end])


def _bare(tokens: list[Token]) -> list[Token]:
    if len(tokens) > 1 and tokens[0].key in ARTICLES_ABROAD:
        return tokens[1:]
    return tokens


def _sorted(stretches: list[Stretch]) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """What may name the book, and what only places it; the first stretch names it if nothing else does."""
    for place in range(2, len(stretches)):
        before = stretches[place - 1]
        if not stretches[place].key and before.key and not before.numbers and not before.descriptive:
            # `Title: Series (Book 1)`
            stretches[place - 1] = replace(before, numbers=stretches[place].numbers, marked=True, series=True)
            stretches[place] = replace(stretches[place], numbers=())
    names = [item for item in stretches if item.key and not item.series]
    if not names:
        named = next((item for item in stretches if item.key), None)
        names = [named] if named else []
    places = [item for item in stretches if not any(item is name for name in names)]
    return tuple(names), tuple(places)
