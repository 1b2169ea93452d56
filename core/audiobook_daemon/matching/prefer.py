"""The order among releases of the same book: one reason after the other, never a sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people import same_person
from audiobook_daemon.models import Price, Release, Wish

_ENOUGH_SEEDERS = (10, 3, 1)
_PRICES = (Price.FREE, Price.UNKNOWN, Price.PAID)


@dataclass(frozen=True, slots=True)
class Preference:
    """What makes one recording dearer than another; it decides only among releases of the same book.

    `order` names the criteria, the weightiest first: narrator, edition, language, format, bitrate, price, seeders,
    files, age. What is not named decides nothing. Bitrates are in kbit/s.
    """

    order: tuple[str, ...] = (
        *("narrator", "edition", "language", "format", "bitrate", "price", "seeders", "files", "age"),
    )
    narrators: tuple[str, ...] = ()
    """Dear readers, the dearest first; those of the wish go before them."""
    formats: tuple[str, ...] = ("m4b", "mp3", "m4a", "flac", "ogg", "opus")
    """File types, the dearest first."""
    ideal_bitrate: int = 128
    least_bitrate: int = 64
    """What is less is taken only if there is nothing else."""
    most_bitrate: int = 192
    """What is more costs space and is not heard."""
    editions: tuple[str, ...] = ()
    """Words that the title of a dear edition says, the dearest first (`anniversary`)."""
    languages: tuple[str, ...] = ()
    """ISO 639-1, the dearest first; without them the order in which the wish accepts languages."""

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.order) - set(CRITERIA)):
            raise ValueError(f"no criterion is called {', '.join(unknown)}; there are {', '.join(CRITERIA)}")


@dataclass(frozen=True, slots=True)
class Grade:
    """How a release stands in one criterion: less is dearer, and `said` is the fact in words."""

    place: float
    said: str


def grades(wish: Wish, release: Release, preference: Preference) -> tuple[Grade, ...]:
    """How a release stands in every criterion, the weightiest first."""
    return tuple(CRITERIA[name](wish, release, preference) for name in preference.order)


def sort_key(wish: Wish, release: Release, preference: Preference, odds: float = 0.0) -> tuple[object, ...]:
    """A sort key, the dearest release first; then nearness to a known running time, odds, seeders."""
    places = (grade.place for grade in grades(wish, release, preference))
    return (*places, _distance(wish, release), -round(odds, 2), -(release.seeders or 0), release.source, release.key)


def behind(wish: Wish, loser: Release, winner: Release, preference: Preference) -> str | None:
    """Why a release stands behind another one of the same book (`mp3 is behind m4b`), or None if it does not."""
    pairs = zip(grades(wish, loser, preference), grades(wish, winner, preference), strict=True)
    for mine, theirs in pairs:
        if mine.place != theirs.place:
            return f"{mine.said} is behind {theirs.said}" if mine.place > theirs.place else None
    return None


def _distance(wish: Wish, release: Release) -> float:
    """How far its running time is from the nearest known one; unknown is far."""
    if release.runtime is None or not wish.runtimes:
        return float("inf")
    return min(abs(known - release.runtime) for known in wish.runtimes)


def _narrator(wish: Wish, release: Release, preference: Preference) -> Grade:
    dear = (*wish.narrators, *preference.narrators)
    for place, name in enumerate(dear):
        if any(same_person(name, reader) is Likeness.SAME for reader in release.narrators):
            return Grade(place, name)
    return Grade(len(dear), ", ".join(release.narrators[:2]) or "an unknown narrator")


def _edition(_: Wish, release: Release, preference: Preference) -> Grade:
    if release.dramatised:
        return Grade(1000, "a dramatisation")
    if release.abridged:
        return Grade(900, "an abridgement")
    told = f"{release.title} {release.tags or ''}".casefold()
    for place, words in enumerate(preference.editions):
        if words.casefold() in told:
            return Grade(place, f"the {words} edition")
    return Grade(len(preference.editions), "another edition")


def _language(wish: Wish, release: Release, preference: Preference) -> Grade:
    dear = preference.languages or wish.languages
    if release.language in dear:
        return Grade(dear.index(release.language), release.language)
    return Grade(len(dear), release.language or "an unknown language")


def _format(_: Wish, release: Release, preference: Preference) -> Grade:
    known = [(preference.formats.index(kind), kind) for kind in release.formats if kind in preference.formats]
    if known:
        return Grade(*min(known))
    return Grade(len(preference.formats), ", ".join(release.formats) or "an unknown format")


def _bitrate(wish: Wish, release: Release, preference: Preference) -> Grade:
    """The rung of the ladder, so that small differences leave the choice to the rest; unknown is no good rung."""
    rate = release.bitrate
    if rate is None and release.size and wish.runtimes and wish.runtimes[0] > 0:
        rate = round(release.size * 8 / 1000 / wish.runtimes[0])
    if rate is None:
        return Grade(3, "an unknown bitrate")
    return Grade(_rung(rate, preference), f"{rate} kbit/s")


def _rung(rate: int, preference: Preference) -> int:
    if rate < preference.least_bitrate:
        return 4
    if rate < (preference.least_bitrate + preference.ideal_bitrate) / 2:
        return 2
    return 0 if preference.ideal_bitrate <= rate <= preference.most_bitrate else 1


def _price(_: Wish, release: Release, __: Preference) -> Grade:
    return Grade(_PRICES.index(release.price), f"price {release.price}")


def _seeders(_: Wish, release: Release, __: Preference) -> Grade:
    """Whether there are enough; the exact number decides only when nothing else does."""
    count = release.seeders or 0
    tier = next((tier for tier, enough in enumerate(_ENOUGH_SEEDERS) if count >= enough), len(_ENOUGH_SEEDERS))
    return Grade(tier, f"{count} seeders")


def _files(_: Wish, release: Release, __: Preference) -> Grade:
    count = release.files
    return Grade(float("inf"), "an unknown number of files") if count is None else Grade(count, f"{count} files")


def _age(_: Wish, release: Release, __: Preference) -> Grade:
    """The newer upload first: uploaders replace what was bad."""
    if release.published is None:
        return Grade(0.0, "an unknown age")
    return Grade(-release.published.timestamp(), f"the upload of {release.published.date().isoformat()}")


CRITERIA: dict[str, Callable[[Wish, Release, Preference], Grade]] = {
    "narrator": _narrator,
    "edition": _edition,
    "language": _language,
    "format": _format,
    "bitrate": _bitrate,
    "price": _price,
    "seeders": _seeders,
    "files": _files,
    "age": _age,
}
"""What `Preference.order` may name."""
