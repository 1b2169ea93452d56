"""The hard gates: what no preference can make up for, each with a code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from audiobook_daemon.matching.contents import is_collection
from audiobook_daemon.matching.identity.reading import Reading, read
from audiobook_daemon.matching.parse import Content, content_type
from audiobook_daemon.matching.parse.vocabulary import AUDIO_FORMATS, COMIC_FORMATS, EBOOK_FORMATS
from audiobook_daemon.matching.text import words
from audiobook_daemon.matching.titles import read_title
from audiobook_daemon.models import Book, Price, Release, SeriesPlace, Stance, Verdict, Wish

_DERIVED = re.compile(
    r"(?:summary|summaries|analysis|review|study guide|reading guide|discussion|key (?:insights|takeaways|points)|"
    r"conversation starters|trivia|zusammenfassung|résumé|resumen|riassunto|workbook|companion) "
    r"(?:and (?:analysis|review|guide) )?(?:of|to|for|von|zu|de|di|on)\b"
    r"|\b(?:study guide|summary and analysis|book summary|cliffs ?notes|spark ?notes|quickread|blinkist|instaread|"
    r"getabstract|supersummary|bookrags|shortform|in 15 minutes|in 30 minutes|sidekick|unofficial (?:guide|companion)|"
    r"first chapters?|podcast|interviews? with|book club|read ?along|fan ?fiction)\b"
    r"|\b(?:summary|zusammenfassung|resumen|riassunto)\b|^analysis\b"
)
_ABRIDGED = frozenset({"abridged", "abridgement", "abridgment", "gekurzt", "gekuerzt", "abrege"})
_VIDEO = frozenset({"mkv", "avi", "wmv", "mpg", "mpeg", "webm", "m2ts", "vob", "xvid", "divx"})
_PIECES = frozenset({"sample", "samples", "excerpt", "preview", "leseprobe", "horprobe", "hoerprobe", "extrait"})
_LOSSLESS = frozenset({"flac", "wav", "alac", "ape", "aiff"})
_SPEECH = frozenset({"opus", "ogg"})
_SPEECH_SHARE = 0.5
"""Codecs that need less for the same voice."""
_LOSSLESS_SHARE = 5


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the gates let through; sizes in bytes."""

    languages: tuple[str, ...] = ("en",)
    min_seeders: int = 1
    min_size: int = 10_000_000
    max_size: int = 15_000_000_000
    min_bitrate: int = 24
    """kbit/s that the size means for the best fitting known running time; half of it for speech codecs."""
    max_bitrate: int = 400
    """The same; five times of it for lossless ones."""
    medium: str = "audiobook"
    """What is wanted: `audiobook`, `ebook` or `any`."""
    prices: tuple[Price, ...] = tuple(Price)
    """What a release may cost."""
    vip: bool = True
    """Whether releases for VIP members may be taken."""


def accepted_languages(wish: Wish, rules: GateRules) -> tuple[str, ...]:
    """The languages that would do: the wish's, else the book's own, else the configured ones."""
    if wish.languages:
        return wish.languages
    return (wish.book.language,) if wish.book.language else rules.languages


def gates(wish: Wish, reading: Reading, rules: GateRules, today: date | None = None) -> tuple[Verdict, ...]:
    """Every veto that stands against a release, in the order of the gates; none means it may pass."""
    release = reading.filled
    found = [
        Verdict(code, Stance.VETO, reason) for code, gate in _GATES if (reason := gate(wish, release, reading, rules))
    ]
    if today and wish.book.year and wish.book.year > today.year:
        found.append(Verdict("not_released", Stance.VETO, f"the book is not out before {wish.book.year}"))
    return tuple(found)


def no_single_book(book: Book) -> str | None:
    """Why a listed title is not one book read as it was written (a collection, a summary, a dramatisation), or None."""
    wish, listed = Wish(Book("")), read(Release("", "", book.title, series=book.series))
    release, rules = listed.filled, GateRules()
    if any(is_collection(book.title, number=place.position) for place in book.series or (SeriesPlace(""),)):
        return "it is a collection of several books"
    return (
        _derived(wish, release, listed, rules)
        or _abridged(wish, release, listed, rules)
        or _dramatised(wish, release, listed, rules)
    )


def is_derived(title: str) -> bool:
    """Whether a title is that of a summary or study guide of a book, or of a piece of it (`Summary of ...`)."""
    told = words(title)
    return bool(_DERIVED.search(" ".join(told))) or bool(_PIECES & set(told))


def _medium(_: Wish, release: Release, reading: Reading, rules: GateRules) -> str | None:
    """Whether it holds what is wanted; a title that names other formats than the category is believed."""
    formats = set(release.formats) | set(reading.claims.formats)
    heard, printed = formats & AUDIO_FORMATS, formats & (EBOOK_FORMATS | COMIC_FORMATS)
    seen = _VIDEO & set(words(release.title))
    if not (release.audio or heard) and (seen or content_type(release.title) is Content.VIDEO):
        return "it is a video"
    if rules.medium == "audiobook":
        if release.audio is False:
            return "its category is not audiobooks"
        return f"it holds no audio but {', '.join(sorted(printed))}" if printed and not heard else None
    if rules.medium == "ebook" and (heard or release.audio) and not printed:
        return "it holds no text but audio"
    return None


def _language(wish: Wish, release: Release, _: Reading, rules: GateRules) -> str | None:
    accepted = accepted_languages(wish, rules)
    if release.language and accepted and release.language not in accepted:
        return f"its language is {release.language}, wanted is {' or '.join(accepted)}"
    return None


def _abridged(wish: Wish, release: Release, reading: Reading, _: GateRules) -> str | None:
    if wish.abridged:
        return None
    wanted = set(words(wish.book.title))
    said = (set(words(release.title)) | set(words(release.tags or ""))) & _ABRIDGED
    if release.abridged or (said - wanted and release.abridged is not False):
        return "it is abridged"
    return "it is abridged" if reading.claims.abridged and release.abridged is None else None


def _dramatised(wish: Wish, release: Release, reading: Reading, _: GateRules) -> str | None:
    if wish.dramatised or read_title(wish.book.title).claims.dramatised:
        return None
    tags = read_title(release.tags).claims.dramatised if release.tags else None
    return "it is a dramatisation" if release.dramatised or reading.claims.dramatised or tags else None


def _derived(wish: Wish, release: Release, _: Reading, __: GateRules) -> str | None:
    told, wanted = words(release.title), words(f"{wish.book.title} {wish.book.subtitle or ''}")
    said = _DERIVED.search(" ".join(told))
    if said and said[0] not in " ".join(wanted):
        return "it is about the book"
    return "it is only a sample" if _PIECES & set(told) - set(wanted) else None


def _split(wish: Wish, _: Release, reading: Reading, __: GateRules) -> str | None:
    part = reading.claims.part
    if part is None or read_title(wish.book.title).part == part:
        return None
    return f"it is only part {part}" + (f" of {reading.claims.part_count}" if reading.claims.part_count else "")


def _size(_: Wish, release: Release, __: Reading, rules: GateRules) -> str | None:
    if release.size is None:
        return None
    if release.size < rules.min_size:
        return f"its {release.size} bytes are less than the least size"
    if release.size > rules.max_size:
        return f"its {release.size} bytes are more than the largest size"
    return None


def _bitrate(wish: Wish, release: Release, _: Reading, rules: GateRules) -> str | None:
    """A size that no usual bitrate makes of any known running time; lossless and speech codecs have their own."""
    rates = [release.size * 8 / 1000 / runtime for runtime in wish.runtimes if runtime > 0 and release.size]
    if not rates:
        return None
    formats = set(release.formats)
    least = rules.min_bitrate * (_SPEECH_SHARE if formats & _SPEECH else 1)
    most = rules.max_bitrate * (_LOSSLESS_SHARE if formats & _LOSSLESS else 1)
    if max(rates) < least or min(rates) > most:
        return f"its size would mean {rates[0]:.0f} kbit/s for the known running time"
    return None


def _seeders(_: Wish, release: Release, __: Reading, rules: GateRules) -> str | None:
    if release.seeders is not None and release.seeders < rules.min_seeders:
        return f"it has {release.seeders} seeders"
    return None


def _price(_: Wish, release: Release, __: Reading, rules: GateRules) -> str | None:
    if release.vip_only and not rules.vip:
        return "it is for VIP members only"
    return None if release.price in rules.prices else f"its price is {release.price}"


_GATES: tuple[tuple[str, Callable[[Wish, Release, Reading, GateRules], str | None]], ...] = (
    ("not_audio", _medium),
    ("language", _language),
    ("derived", _derived),
    ("abridged", _abridged),
    ("dramatised", _dramatised),
    ("part", _split),
    ("size", _size),
    ("implied_bitrate", _bitrate),
    ("no_seeders", _seeders),
    ("price", _price),
)
