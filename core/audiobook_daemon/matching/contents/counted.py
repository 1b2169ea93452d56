"""Finds the count that runs through the names of the files of one folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from audiobook_daemon.matching.contents.folders import PIECE_KINDS
from audiobook_daemon.matching.contents.matter import matter_rank
from audiobook_daemon.matching.contents.shapes import Shape, name_tokens, titles_in
from audiobook_daemon.matching.contents.tokens import Tokens, begins_with_number, common_beginning

_YEARS = 1000


def read_counts(names: Sequence[str]) -> list[Shape] | None:
    """The shapes of names that, behind a common beginning, all go on with a number of one count.

    First and last matter may go without a number. None if there is no such count.
    """
    tokens = [name_tokens(name) for name in names]
    matters = [matter_rank(name) for name in tokens]
    width = common_beginning([name for name, matter in zip(tokens, matters, strict=True) if not matter])
    shapes: list[Shape] = []
    for name, matter in zip(tokens, matters, strict=True):
        rest = name if matter else name[width:]
        shape = _counted(name[:width], rest)
        if shape is None and not matter_rank(rest):
            return None
        shapes.append(shape or Shape(()))
    numbers = [shape.numbers[0] for shape in shapes if shape.numbers]
    return shapes if len(set(numbers)) == len(numbers) > 1 and _is_count(numbers) else None


def spell_numbers(names: Sequence[str]) -> bool:
    """Whether names differ only by a number in words (`One`, `Two`, `Three`)."""
    tokens = [name_tokens(name) for name in names]
    width = common_beginning(tokens)
    begun = [(begins_with_number(name[width:]), len(name) - width) for name in tokens]
    return all(number is not None and number[1] == length for number, length in begun)


def name_bare_volumes(names: Sequence[str]) -> bool:
    """Whether names are numbers of volumes and nothing else (`Book 1`, `Book 2`)."""
    return all(len(tokens) == 1 and " " in tokens[0].text for tokens in map(name_tokens, names))


def differ_by_volume(names: Sequence[str]) -> bool:
    """Whether names differ by nothing but the number of a volume (`Poems, Book 1`, `Poems, Book 2`)."""
    tokens = [name_tokens(name) for name in names]
    width = common_beginning(tokens)
    return all(len(name) == width + 1 and " " in name[width].text for name in tokens)


def _counted(beginning: Tokens, rest: Tokens) -> Shape | None:
    place = next((place for place, token in enumerate(rest[:2]) if token.value is not None), None)
    if place is None or (place == 1 and rest[0].mark not in PIECE_KINDS):
        return None
    number = rest[place].value
    marked = any(token.mark in PIECE_KINDS for token in rest)
    base = tuple(token.text for token in beginning)
    return Shape(base, () if number is None else (number,), titles_in(rest[place + 1 :]), marked=marked)


def _is_count(numbers: Sequence[int]) -> bool:
    """Whether numbers count: without large gaps, or anew behind every hundred (`101`, `102`, `201`); years do not."""
    if max(numbers) >= _YEARS and min(numbers) > 1:
        return False
    if max(numbers) - min(numbers) <= 3 * len(numbers) + 5:
        return True
    hundreds: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        hundreds[number // 100].append(number % 100)
    return min(hundreds) == 1 and len(hundreds) == max(hundreds) and all(1 in found for found in hundreds.values())
