"""In which order the files of a book are read, and whether their numbers leave a doubt about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from audiobook_daemon.pipeline.verify.listening import Track

_NUMBERS = re.compile(r"\d{1,6}")
_FEW = 5


@dataclass(frozen=True, slots=True)
class Order:
    """The reading order, and what speaks against it as the end of a sentence, or None."""

    paths: tuple[str, ...]
    doubt: str | None = None


def reading_order(tracks: Sequence[Track]) -> Order:
    """Find the reading order of files that stand in the order of their names.

    Their names decide where they are numbered, else the track numbers in the files do, if they are whole.
    """
    by_name = tuple(track.path for track in tracks)
    if len(tracks) < 2:
        return Order(by_name)
    placed = _track_numbers(tracks)
    numbers = _name_numbers(by_name)
    if placed is None:
        return Order(by_name, _gap(_last_column(numbers)) if numbers else None)
    by_track = tuple(path for _, path in sorted((placed[path], path) for path in by_name))
    doubt = _missing_tracks(tracks, placed)
    if by_track == by_name or not numbers:
        return Order(by_track, doubt)
    return Order(by_name, doubt or "the numbers in its names and its track numbers disagree about the order")


def _track_numbers(tracks: Sequence[Track]) -> dict[str, tuple[int, int]] | None:
    """Disc and track of each file; None unless every file has its own."""
    found = {track.path: (_number(track, "disc") or 0, _number(track, "track")) for track in tracks}
    whole = {path: (disc, number) for path, (disc, number) in found.items() if number is not None}
    return whole if len(set(whole.values())) == len(tracks) else None


def _number(track: Track, name: str) -> int | None:
    text = track.tags.get(name, ("",))[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _name_numbers(paths: Sequence[str]) -> list[tuple[int, ...]] | None:
    """The numbers in each name; None unless they tell all files apart."""
    found = [tuple(int(number) for number in _NUMBERS.findall(PurePosixPath(path).with_suffix("").as_posix()))
             for path in paths]  # fmt: skip
    return found if all(found) and len(set(found)) == len(found) else None


def _last_column(numbers: Sequence[tuple[int, ...]]) -> list[int]:
    """The one column of numbers that counts the files; empty if there is no such column."""
    if len({len(row) for row in numbers}) != 1:
        return []
    columns = [column for column in zip(*numbers, strict=True) if len(set(column)) > 1]
    return list(columns[0]) if len(columns) == 1 else []


def _missing_tracks(tracks: Sequence[Track], placed: dict[str, tuple[int, int]]) -> str | None:
    discs: defaultdict[int, list[int]] = defaultdict(list)
    for disc, number in placed.values():
        discs[disc].append(number)
    for disc, numbers in sorted(discs.items()):
        if gap := _gap(numbers):
            return f"{gap} on disc {disc}" if len(discs) > 1 else gap
    totals = {total for track in tracks if (total := _number(track, "track_total"))}
    if len(discs) == 1 and len(totals) == 1 and (total := totals.pop()) > len(tracks):
        return f"it counts {total} tracks and has {len(tracks)}"
    return None


def _gap(numbers: Sequence[int]) -> str | None:
    """The numbers missing between the lowest and the highest, if they are few."""
    if not numbers:
        return None
    missing = sorted(set(range(min(numbers), max(numbers) + 1)) - set(numbers)) if max(numbers) < 10_000 else []
    if not 0 < len(missing) <= max(_FEW, len(numbers)):
        return None
    told = ", ".join(str(number) for number in missing[:_FEW])
    return f"number {told} is missing" if len(missing) == 1 else f"the numbers {told} are missing"
