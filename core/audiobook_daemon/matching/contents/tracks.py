"""Tells whether the files of one book are all there and in a sound order, as far as names, tags and durations say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from statistics import median

from audiobook_daemon.matching.contents.audio import AudioFile, path_parts
from audiobook_daemon.matching.contents.order import disc_named, name_places, order_by_names, order_by_tags, order_files
from audiobook_daemon.models import Stance, Verdict

_MOST_NAMED = 8
"""More numbers than this are not written out."""
_USEFUL = 0.7
"""The share of track tags that must differ before a number that is there twice says anything."""
_EVEN = 0.25
"""How far from the median the parts of a book may be that was cut evenly."""
_EVENLY = 0.8
_SHORT = 0.4
"""A part that is shorter than this share of the others may be cut off."""
_Numbers = dict[str, list[int]]
"""The numbers of each count, by where it runs (` of disc 2`, ` in 'CD 2'`); empty for a single one."""


def check_tracks(files: Sequence[AudioFile]) -> tuple[Verdict, ...]:
    """What speaks against the files of one book being complete and in order; nothing when all is well.

    Codes: `missing_tracks`, `missing_discs`, `doubled_tracks`, `order_disputed` (tags and names tell different orders)
    and `short_part` (in the middle of a book that was cut evenly). All are doubts.
    """
    found = [*_by_names(files), *_by_tags(files), *_disputed(files), *_short(files)]
    return tuple({(code, sentence): Verdict(code, Stance.DOUBT, sentence) for code, sentence in found}.values())


def _by_names(files: Sequence[AudioFile]) -> Iterator[tuple[str, str]]:
    places = name_places(files)
    numbers: _Numbers = defaultdict(list)
    totals: dict[str, int] = {}
    discs: dict[Hashable, set[int]] = defaultdict(set)
    for file in files:
        parts = path_parts(file.path)
        for depth in range(len(parts)):
            place = places[parts[: depth + 1]]
            if place.disc:
                discs[parts[:depth], place.disc[:-1]].add(place.disc[-1])
        place = places[parts]
        if place.number is not None:
            where = f" in {'/'.join(parts[:-1])!r}" + (f" of disc {place.disc[-1]}" if place.disc else "")
            numbers[where].append(place.number)
            if place.total:
                totals[where] = max(place.total, totals.get(where, 0))
    for counted in discs.values():
        yield from _missing_discs(counted)
    yield from _judge(numbers, totals, "by their names")


def _by_tags(files: Sequence[AudioFile]) -> Iterator[tuple[str, str]]:
    tracks = [file.track for file in files]
    if len(files) < 2 or any(track is None for track in tracks):
        return
    discs = [file.disc if file.disc is not None else disc_named(file) for file in files]
    numbers: _Numbers = defaultdict(list)
    for disc, track in zip(discs, tracks, strict=True):
        numbers["" if disc is None else f" of disc {disc}"].append(track or 0)
    if len({(disc, track) for disc, track in zip(discs, tracks, strict=True)}) < _USEFUL * len(files):
        return
    told = {disc for disc in discs if disc is not None}
    if len(told) > 1:
        yield from _missing_discs(told)
    yield from _judge(numbers, {}, "by their tags")


def _judge(numbers: _Numbers, totals: Mapping[str, int], source: str) -> Iterator[tuple[str, str]]:
    for where, (present, total) in sorted(_sequences(numbers, totals).items()):
        doubled = sorted(number for number, count in Counter(present).items() if count > 1)
        if doubled:
            yield "doubled_tracks", f"{_named('track', doubled)}{where} {_are(doubled)} there more than once, {source}"
        missing = _missing(present, total)
        if missing:
            yield "missing_tracks", f"{_named('track', missing)}{where} {_are(missing)} missing, {source}"


def _sequences(numbers: _Numbers, totals: Mapping[str, int]) -> dict[str, tuple[list[int], int | None]]:
    """The counts that run by themselves: one through all discs, or one on every disc (also `101`, `102`, `201`)."""
    together = [number for found in numbers.values() for number in found]
    starts = sorted(min(found) for found in numbers.values())
    goes_on = len(numbers) > 1 and len(set(together)) == len(together) and starts[1] > 1
    if len(numbers) == 1 or goes_on:
        total = max(totals.values(), default=None)
        hundreds = _hundreds(together)
        return hundreds if total is None and hundreds else {"": (together, total)} if together else {}
    return {where: (found, totals.get(where)) for where, found in numbers.items()}


def _hundreds(numbers: Sequence[int]) -> dict[str, tuple[list[int], int | None]]:
    discs: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        discs[number // 100].append(number % 100)
    # A count that runs through would not begin anew behind every hundred.
    anew = all(1 in found and 0 not in found for found in discs.values())
    if len(discs) < 2 or min(discs) < 1 or not anew or max(len(found) for found in discs.values()) > 90:
        return {}
    return {f" of disc {disc}": (found, None) for disc, found in discs.items()}


def _missing(present: Sequence[int], total: int | None) -> list[int]:
    """The gaps of a count that begins at 0 or 1; none if there are more gaps than numbers: then it is no count."""
    if total is None and len(present) < 2:
        return []
    last = max(*present, total or 0) if total is None or total >= max(present) else max(present)
    if last > 2 * len(present) + 1 and total is None:
        return []
    return sorted(set(range(1, last + 1)) - set(present)) if last < 10_000 else []


def _missing_discs(discs: Iterable[int]) -> Iterator[tuple[str, str]]:
    present = sorted(set(discs))
    missing = _missing(present, None)
    if missing:
        yield "missing_discs", f"{_named('disc', missing)} {_are(missing)} missing"


def _disputed(files: Sequence[AudioFile]) -> Iterator[tuple[str, str]]:
    tags = order_by_tags(files)
    if tags is None or not _names_count(files):
        return
    for place, (told, named) in enumerate(zip(tags, order_by_names(files), strict=True), start=1):
        if told is not named:
            yield "order_disputed", f"file {place} is {told.path!r} by its tags and {named.path!r} by its name"
            return


def _names_count(files: Sequence[AudioFile]) -> bool:
    """Whether names tell an order at all; an alphabet of titles does not."""
    places = name_places(files)
    return all(
        place.number is not None or place.disc or place.matter
        for file in files
        if (place := places[path_parts(file.path)])
    )


def _short(files: Sequence[AudioFile]) -> Iterator[tuple[str, str]]:
    inner = order_files(files)[1:-1]  # the first may be an opening, the last is what is left
    lengths = [file.duration for file in inner if file.duration]
    if len(lengths) < 3 or len(lengths) < len(inner):
        return
    usual = median(lengths)
    even = sum(abs(length - usual) <= _EVEN * usual for length in lengths)
    if even < min(_EVENLY * len(lengths), len(lengths) - 1):
        return
    for file, length in zip(inner, lengths, strict=True):
        if length < _SHORT * usual:
            minutes, others = round(length / 60), round(usual / 60)
            yield "short_part", f"{file.path!r} has {minutes} minutes where the other parts have about {others}"


def _named(noun: str, numbers: Sequence[int]) -> str:
    if len(numbers) > _MOST_NAMED:
        return f"{len(numbers)} {noun}s ({numbers[0]} to {numbers[-1]})"
    *first, last = map(str, numbers)
    return f"{noun}s {', '.join(first)} and {last}" if first else f"{noun} {last}"


def _are(numbers: Sequence[int]) -> str:
    return "are" if len(numbers) > 1 else "is"
