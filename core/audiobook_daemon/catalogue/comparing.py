"""Compares what is owned with what is listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from audiobook_daemon.catalogue.counting import why_not
from audiobook_daemon.catalogue.gap_rules import GapRules, Gaps, LeftOut
from audiobook_daemon.catalogue.holding import Holdings, find_held
from audiobook_daemon.catalogue.missing_numbers import missing_numbers
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.releasing import is_announced, is_unreleased
from audiobook_daemon.catalogue.volumes import Volume, volumes_of
from audiobook_daemon.models import LibraryItem, Work, WorkKind

Veto = Callable[[Volume], str | None]
"""Why a volume does not count beside what the rules say, or None."""


def compare(
    name: str,
    names: SeriesNames,
    owned: Sequence[LibraryItem],
    works: Sequence[Work],
    rules: GapRules,
    today: date,
    veto: Veto = lambda _: None,
) -> Gaps:
    """Find which of the listed works are there, to come, left out, or missing, as seen from a series of these names."""
    languages = rules.languages or spoken(owned)
    volumes = volumes_of(works, names, rules, languages)
    holdings = find_held(volumes, owned, names, rules)
    missing, unreleased, left_out = [], [], []
    have = 0
    for index, volume in enumerate(volumes):
        reason = why_not(volume, volumes, languages, rules) or veto(volume)
        if index in holdings.held:
            have += reason is None
        elif reason is None and (is_unreleased(volume.works, today) or is_announced(volume, volumes)):
            unreleased.append(volume.work)
        elif reason or (reason := _doubt(index, volume, volumes, holdings)):
            left_out.append(LeftOut(volume.work, reason))
        else:
            missing.append(volume)
    return Gaps(
        name,
        tuple(volume.work for volume in sorted(missing, key=_order)),
        tuple(unreleased),
        tuple((volumes[index].work, item) for index, (_, item) in sorted(holdings.held.items())),
        tuple(left_out),
        missing_numbers(volumes, holdings),
        have + len(missing),
        have,
    )


def spoken(owned: Sequence[LibraryItem]) -> tuple[str, ...]:
    """The languages of the copies, if they are known."""
    return tuple(dict.fromkeys(item.book.language for item in owned if item.book.language))


def _doubt(index: int, volume: Volume, volumes: Sequence[Volume], holdings: Holdings) -> str | None:
    """Why a volume may be there after all, or None."""
    copy = holdings.doubts.get(index)
    if copy is not None:
        return f"it may be there as {copy.book.title!r}"
    if volume.kind is WorkKind.OMNIBUS:
        return _all_there(volume, volumes, holdings)
    return None


def _all_there(volume: Volume, volumes: Sequence[Volume], holdings: Holdings) -> str | None:
    spans = [(float(place.first), float(place.last)) for place in volume.positions if place.last]
    inside = [
        index
        for index, other in enumerate(volumes)
        if other.single and any(first <= float(other.single) <= last for first, last in spans)
    ]
    return "what it holds is there" if inside and all(index in holdings.held for index in inside) else None


def _order(volume: Volume) -> tuple[bool, float]:
    firsts = [float(place.first) for place in volume.positions]
    return (not firsts, min(firsts, default=0.0))
