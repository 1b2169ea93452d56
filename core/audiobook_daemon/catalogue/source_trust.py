"""How much the word of a source is worth where sources contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from audiobook_daemon.models import Work

T = TypeVar("T", bound=Hashable)
W = TypeVar("W")

_TRUST = {"hardcover": 3.0, "audnexus": 3.0, "open_library": 2.0, "google_books": 1.0}
"""By the beginning of the instance's name: who keeps series by hand before who derives them."""
_STRANGER = 1.5
_JOINED = ", "


def trust(source: str) -> float:
    """The weight of an instance; one whose name tells nothing weighs little."""
    return next((weight for name, weight in _TRUST.items() if source.startswith(name)), _STRANGER)


def sources_of(work: Work) -> tuple[str, ...]:
    """The instances that list a work, which may be merged."""
    return tuple(work.source.split(_JOINED)) if work.source else ()


def joined_sources(works: Iterable[Work]) -> str:
    """The instances that list any of the works, the most trusted first."""
    found = {source for work in works for source in sources_of(work)}
    return _JOINED.join(sorted(found, key=lambda source: (-trust(source), source)))


def vote(works: Iterable[Work], value: Callable[[Work], T | None]) -> T | None:
    """What most of the trust speaks for; each source has one vote for a value, and the first of equals wins."""
    weights: dict[T, float] = {}
    counted: set[tuple[str, T]] = set()
    for work in works:
        said = value(work)
        for source in sources_of(work) or ("",):
            if said is not None and (source, said) not in counted:
                counted.add((source, said))
                weights[said] = weights.get(said, 0.0) + trust(source)
    return max(weights, key=lambda said: weights[said], default=None)


def first(works: Iterable[W], value: Callable[[W], T | None]) -> T | None:
    """The first value that is stated."""
    return next((said for work in works if (said := value(work))), None)
