"""The hard gates: what no preference can make up for, each with a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from audiobook_daemon.matching.text import position_key, words
from audiobook_daemon.models import Book, Release, Stance, Verdict, Wish

_ABRIDGED = frozenset({"abridged", "abridgement", "abridgment", "gekürzt", "gekurzt", "gekuerzt", "summary", "abrégé"})
_DRAMATISED = ("dramatized adaptation", "dramatised adaptation", "graphicaudio", "graphic audio", "full cast drama")
_PACK = re.compile(
    r"\b(?:box ?set|collection|omnibus|complete series|books? \d+ ?(?:-|–|to|through) ?\d+)\b", re.IGNORECASE
)
_RANGE = re.compile(r"\d\s*[-–]\s*\d|,")
_EBOOK_FORMATS = frozenset({"epub", "pdf", "mobi", "azw3", "cbz", "cbr", "djvu", "txt"})
_LEAST_BITRATE = 8
_MOST_BITRATE = 2000


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the gates let through; sizes in bytes."""

    languages: tuple[str, ...] = ("en",)
    min_seeders: int = 1
    min_size: int = 10_000_000
    max_size: int = 15_000_000_000


def gates(wish: Wish, release: Release, rules: GateRules) -> tuple[Verdict, ...]:
    """Every veto that stands against a release, in the order of the gates; none means it may pass."""
    found = []
    for code, gate in _GATES:
        if reason := gate(wish, release, rules):
            found.append(Verdict(code, Stance.VETO, reason))
    return tuple(found)


def no_single_book(book: Book) -> str | None:
    """Why a listed title is not one book read as it was written (a collection, a summary, a dramatisation), or None."""
    wish, listed = Wish(Book("")), Release("", "", book.title, series=book.series)
    rules = GateRules()
    return _pack(wish, listed, rules) or _abridged(wish, listed, rules) or _dramatised(wish, listed, rules)


def _not_audio(_: Wish, release: Release, __: GateRules) -> str | None:
    if release.audio is False:
        return "its category is not audiobooks"
    if release.formats and set(release.formats) <= _EBOOK_FORMATS:
        return f"it holds no audio but {', '.join(release.formats)}"
    return None


def _language(wish: Wish, release: Release, rules: GateRules) -> str | None:
    accepted = (wish.book.language,) if wish.book.language and not wish.languages else wish.languages or rules.languages
    if release.language and accepted and release.language not in accepted:
        return f"its language is {release.language}, wanted is {' or '.join(accepted)}"
    return None


def _abridged(wish: Wish, release: Release, _: GateRules) -> str | None:
    if wish.abridged:
        return None
    said = set(words(f"{release.title} {release.tags or ''}")) & _ABRIDGED
    wanted = set(words(wish.book.title)) & _ABRIDGED
    if release.abridged or (said - wanted and release.abridged is not False):
        return "it is abridged"
    return None


def _dramatised(wish: Wish, release: Release, _: GateRules) -> str | None:
    text = " ".join(words(f"{release.title} {release.tags or ''}"))
    wanted = " ".join(words(f"{wish.book.title} {wish.book.subtitle or ''}"))
    for mark in _DRAMATISED:
        if mark in text and mark not in wanted:
            return "it is a dramatisation"
    return None


def _pack(wish: Wish, release: Release, _: GateRules) -> str | None:
    if _PACK.search(release.title) and not _PACK.search(wish.book.title):
        return "it is a collection of several books"
    for place in release.series:
        if place.position and _RANGE.search(place.position):
            mine = [own.position for own in wish.book.series if own.position]
            if not any(position_key(own) == position_key(place.position) for own in mine):
                return f"it covers {place.name} {place.position}"
    return None


def _volume(wish: Wish, release: Release, _: GateRules) -> str | None:
    for own in wish.book.series:
        for place in release.series:
            same = words(own.name) == words(place.name)
            if same and own.position and place.position and position_key(own.position) != position_key(place.position):
                return f"it is {place.name} {place.position}, wanted is {own.position}"
    return None


def _size(_: Wish, release: Release, rules: GateRules) -> str | None:
    if release.size is None:
        return None
    if release.size < rules.min_size:
        return f"its {release.size} bytes are less than the least size"
    if release.size > rules.max_size:
        return f"its {release.size} bytes are more than the largest size"
    return None


def _bitrate(wish: Wish, release: Release, _: GateRules) -> str | None:
    if release.size is None or not wish.runtimes:
        return None
    rates = [release.size * 8 / 1000 / runtime for runtime in wish.runtimes if runtime > 0]
    if rates and (max(rates) < _LEAST_BITRATE or min(rates) > _MOST_BITRATE):
        return f"its size would mean {rates[0]:.0f} kbit/s for the known running time"
    return None


def _seeders(_: Wish, release: Release, rules: GateRules) -> str | None:
    if release.seeders is not None and release.seeders < rules.min_seeders:
        return f"it has {release.seeders} seeders"
    return None


_GATES: tuple[tuple[str, Callable[[Wish, Release, GateRules], str | None]], ...] = (
    ("not_audio", _not_audio),
    ("language", _language),
    ("abridged", _abridged),
    ("dramatised", _dramatised),
    ("pack", _pack),
    ("other_volume", _volume),
    ("size", _size),
    ("implied_bitrate", _bitrate),
    ("no_seeders", _seeders),
)
