"""10,000 releases judged with evidence, beside one string comparison for each."""

from __future__ import annotations

import time
from collections.abc import Iterator

from rapidfuzz import fuzz

from audiobook_daemon.matching import Rules, choose
from audiobook_daemon.models import Release, Wish
from figures import Figure, report
from shelf import item

_WISHES = 200
_RELEASES = 50


def measure() -> Iterator[Figure]:
    cases = [(Wish(item(number).book), _offers(number)) for number in range(0, _WISHES * 100, 100)]
    begin = time.perf_counter()
    chosen = sum(choose(wish, offers, Rules()).chosen is not None for wish, offers in cases)
    ours = time.perf_counter() - begin
    if chosen != _WISHES:
        raise ValueError(f"Only {chosen} of {_WISHES} books were found among their releases.")
    begin = time.perf_counter()
    for wish, offers in cases:
        for offer in offers:
            fuzz.ratio(wish.book.title, offer.title)
    least = time.perf_counter() - begin
    yield Figure("choose: 10,000 releases", ours, "s", least, "rapidfuzz over all titles", most=10_000 / 1_500)


def _offers(number: int) -> list[Release]:
    """What an indexer answers: the book itself in several formats, and its neighbours."""
    found = []
    for place in range(_RELEASES):
        book = item(number if place % 10 == 0 else number + place).book
        found.append(
            Release(
                source="mam",
                key=str(number * _RELEASES + place),
                title=f"{book.title} [Unabridged]",
                authors=book.authors,
                narrators=(f"Reader {place}",),
                series=book.series,
                language="en",
                formats=("m4b",) if place % 20 else ("mp3",),
                size=400_000_000 + place,
                bitrate=64 + place,
                seeders=1 + place,
            )
        )
    return found


if __name__ == "__main__":
    report(measure())
