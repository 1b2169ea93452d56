"""Finds what is missing from a series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from audiobook_daemon.catalogue.gap_rules import GapRules, Gaps, LeftOut
from audiobook_daemon.catalogue.holding import Holdings, find_held
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.plain_series import plain_gaps
from audiobook_daemon.catalogue.releasing import is_announced, is_unreleased
from audiobook_daemon.catalogue.volumes import Volume, volumes_of
from audiobook_daemon.catalogue.work_kinds import PIECES
from audiobook_daemon.models import LibraryItem, Work, WorkKind

_MOST_NUMBERS = 200
"""A series is no longer; a higher number is a year or a mistake."""


def series_gaps(
    name: str,
    owned: Sequence[LibraryItem],
    works: Sequence[Work],
    rules: GapRules,
    today: date,
    *,
    aliases: Sequence[str] = (),
) -> Gaps:
    """Compare what is owned with what is listed of a series.

    `owned` may hold other books of the authors, for a book may be shelved under another series; `works` is everything
    listed, doublets and all. What may be there under another title is not missing: a gap leads to a download.
    """
    if (plain := plain_gaps(name, owned, works, rules, today)) is not None:
        return plain
    names = SeriesNames.of((name, *aliases))
    languages = rules.languages or _spoken(owned)
    volumes = volumes_of(works, names, rules, languages)
    holdings = find_held(volumes, owned, names, rules)
    missing, unreleased, left_out = [], [], []
    total = have = 0
    for index, volume in enumerate(volumes):
        held = index in holdings.held
        reason = _why_not(volume, volumes, languages, rules)
        if held:
            total, have = (total + 1, have + 1) if reason is None else (total, have)
        elif reason or (reason := _doubt(index, volume, volumes, holdings)):
            left_out.append(LeftOut(volume.work, reason))
        elif is_unreleased(volume.works, today) or is_announced(volume, volumes):
            unreleased.append(volume.work)
        else:
            missing.append(volume)
            total += 1
    return Gaps(
        name,
        tuple(volume.work for volume in sorted(missing, key=_order)),
        tuple(unreleased),
        tuple((volumes[index].work, item) for index, (_, item) in sorted(holdings.held.items())),
        tuple(left_out),
        _numbers(volumes, holdings),
        total,
        have,
    )


def _why_not(volume: Volume, volumes: Sequence[Volume], languages: tuple[str, ...], rules: GapRules) -> str | None:
    """Why a volume does not count, or None."""
    work = volume.work
    if volume.kind in rules.skip:
        return f"it is of a kind that is left out: {volume.kind}"
    if volume.kind is WorkKind.OTHER or (volume.kind in PIECES and _has_whole(volume, volumes)):
        return "it is no whole book"
    spoken = {one.book.language for one in volume.works}
    if languages and None not in spoken and not spoken & set(languages):
        return f"its language is {work.book.language}"
    if rules.unabridged_only and all(one.abridged for one in volume.works):
        return "it is abridged"
    if rules.placed_only and not volume.positions:
        return "it has no position in the series"
    if rules.skip_positions & {str(place) for place in volume.positions}:
        return "its position is left out"
    if rules.recorded_only and all(one.audiobook is False for one in volume.works):
        return "no recording of it is known"
    if (
        rules.readers
        and len({one.source for one in volume.works}) == 1
        and ", " not in work.source
        and max((one.readers or 0) for one in volume.works) < rules.readers
    ):
        return f"{work.source or 'one source'} alone lists it, and fewer than {rules.readers} readers have it"
    return None


def _has_whole(volume: Volume, volumes: Sequence[Volume]) -> bool:
    """Whether the whole is listed of which a volume is a part."""
    named = {form.core for form in volume.forms}
    return any(
        other is not volume
        and other.kind not in PIECES
        and (bool(other.positions & volume.positions) or any(form.core in named for form in other.forms))
        for other in volumes
    )


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


def _spoken(owned: Sequence[LibraryItem]) -> tuple[str, ...]:
    """The languages of the copies, if they are known."""
    return tuple(dict.fromkeys(item.book.language for item in owned if item.book.language))


def _order(volume: Volume) -> tuple[bool, float]:
    firsts = [float(place.first) for place in volume.positions]
    return (not firsts, min(firsts, default=0.0))


def _numbers(volumes: Sequence[Volume], holdings: Holdings) -> tuple[str, ...]:
    """Whole numbers up to the highest owned one that neither a copy nor a listed work has."""
    claimed: set[int] = set()
    owned: set[int] = set()
    for copy in holdings.copies:
        for place in copy.positions if copy.inside else ():
            owned |= _whole_numbers(place.first, place.last)
    for index, volume in enumerate(volumes):
        for place in volume.positions:
            numbers = _whole_numbers(place.first, place.last)
            claimed |= numbers
            owned |= numbers if index in holdings.held else set()
    highest = max(owned, default=0)
    if highest > _MOST_NUMBERS:
        return ()
    return tuple(str(number) for number in range(1, highest + 1) if number not in owned | claimed)


def _whole_numbers(first: str, last: str | None) -> set[int]:
    if not first.isdigit() or not (last or first).isdigit() or int(last or first) - int(first) > _MOST_NUMBERS:
        return set()
    return set(range(int(first), int(last or first) + 1))
