"""Says how well a product answers a question. Pure and simple: the daemon itself identifies books more strictly.

The share of common title words counts in full if an author agrees; an unknown author lowers it, another one leaves a
third. Other languages, shortened, dramatised and partial recordings count for less than the whole book read aloud.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from audiobook_daemon import Book, WorkKind
from audiobook_plugins.audnexus.kinds import kind_of
from audiobook_plugins.audnexus.parse import Product
from audiobook_plugins.audnexus.people import names_agree
from audiobook_plugins.audnexus.positions import position

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERED = re.compile(r"[,:]?\s*(?:book|band|volume|vol\.?|teil|tome|part)\s+(\d+(?:\.\d+)?)\s*$", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "the", "der", "die", "das", "le", "la", "les", "el", "il"})
_NO_AUTHOR_ASKED, _NO_AUTHOR_TOLD, _OTHER_AUTHOR = 0.85, 0.6, 0.3
_PART_OF_TITLE, _OTHER_VOLUME, _OTHER_LANGUAGE, _OTHER_KIND, _ABRIDGED = 0.9, 0.3, 0.6, 0.7, 0.8


def score(book: Book, product: Product) -> float:
    """Compare; 0 is another book, 1 the very one."""
    result = title_score(book, product) * _author_share(book, product)
    if book.language and product.language and book.language.lower().partition("-")[0] != product.language:
        result *= _OTHER_LANGUAGE
    if kind_of(product) not in {WorkKind.UNKNOWN, WorkKind.NOVEL} and not _same_words(book.title, product.title):
        result *= _OTHER_KIND
    if product.abridged:
        result *= _ABRIDGED
    return round(result, 3)


def title_score(book: Book, product: Product) -> float:
    """Compare titles: share of common words, of the whole titles or of one's part against the other's whole."""
    theirs = [*_wholes(product.title, product.subtitle), _words(_bare(product.title))]
    ours = [words for title in (book.title, *book.aliases) for words in _wholes(title, book.subtitle)]
    best = max((_overlap(one, other) for one in ours for other in theirs), default=0.0)
    parts = [_words(_bare(part)) for part in re.split(r":\s|\s[-\u2013\u2014]\s", product.title)[:2]]
    parts += [_words(_bare(part)) for part in re.split(r":\s|\s[-\u2013\u2014]\s", book.title)[:1]]
    best = max([best, *(_PART_OF_TITLE * _overlap(part, one) for part in parts for one in (*ours, *theirs[:1]))])
    return min(best, _OTHER_VOLUME) if _other_volume(book, product) else best


def author_agrees(authors: Iterable[str], product: Product) -> bool:
    """Whether one of the names is an author of the product."""
    return any(names_agree(name, person.name) for name in authors for person in product.authors)


def series_key(name: str) -> str:
    """A series' name without articles, brackets and the words that shops put behind it."""
    words = [word for word in _tokens(_BRACKETS.sub(" ", name)) if word not in _ARTICLES]
    while len(words) > 1 and words[-1] in {"series", "trilogy", "saga", "novels", "books", "cycle", "reihe"}:
        words.pop()
    return " ".join(words)


def _author_share(book: Book, product: Product) -> float:
    if not book.authors:
        return _NO_AUTHOR_ASKED
    if not product.authors:
        return _NO_AUTHOR_TOLD
    return 1.0 if author_agrees(book.authors, product) else _OTHER_AUTHOR


def _other_volume(book: Book, product: Product) -> bool:
    """Whether both stand in one series, but at other places."""
    ours = {series_key(place.name): position(place.position) for place in book.series if place.position}
    theirs = {series_key(place.name): place.position for place in product.places if place.position}
    common = ours.keys() & theirs.keys()
    return bool(common) and all(ours[name] != theirs[name] for name in common)


def _wholes(title: str, subtitle: str | None) -> list[frozenset[str]]:
    return [_words(title), _words(f"{title} {subtitle}")] if subtitle else [_words(title)]


def _bare(title: str) -> str:
    """A title without what stands in brackets, and without the volume behind it."""
    return _NUMBERED.sub("", _BRACKETS.sub(" ", title)).strip() or title


def _same_words(one: str, other: str) -> bool:
    return _words(one) == _words(other)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _words(text: str) -> frozenset[str]:
    words = frozenset(_tokens(text.replace("&", " and ")))
    return words - _ARTICLES or words


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'\u2019")
    return [token.lstrip("0") or token for token in re.findall(r"[^\W_]+", plain)]
