"""Sorts the loose files of one folder into books by their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from statistics import median
from typing import TypeVar

from audiobook_daemon.matching.contents.audio import WHOLE_BOOKS, AudioFile
from audiobook_daemon.matching.contents.matter import matter_rank
from audiobook_daemon.matching.contents.shapes import Shape, read_counted, read_shape
from audiobook_daemon.matching.contents.tokens import begins_with_number, common_beginning, tokenise

Group = list[AudioFile]
_T = TypeVar("_T")
_LONG_FOR_A_CHAPTER = 2.5 * 3600
_LARGE_FOR_A_CHAPTER = 140_000_000
"""Bytes: five hours at 64 kbit/s, two and a half at 128."""
_SMALL_FOR_A_BOOK = 40_000_000
_MOST_BOOKS = 60
"""More numbered files than this in one folder are chapters."""


def split_loose(files: Sequence[AudioFile]) -> list[Group]:
    """The books among files that lie in one folder, judged by names, endings, sizes and durations.

    Every file is in exactly one of the groups.
    """
    if len(files) < 2:
        return [list(files)] if files else []
    if twins := _encodings(files):
        return [group for encoding in twins for group in split_loose(encoding)]
    counted = _all_counted(files)
    if counted is not None:
        return _books_or_pieces(files, counted)
    shapes = [read_shape(file.name) for file in files]
    if _spell_numbers(files) or (all(_is_bare_volume(shape) for shape in shapes) and not _are_large(files)):
        return [list(files)]
    return _adopt_strays(_collect(files, shapes))


def _encodings(files: Sequence[AudioFile]) -> list[Group]:
    """The same names in several formats are one book several times: each format by itself; empty if it is not so."""
    endings: dict[str, Group] = defaultdict(list)
    for file in files:
        endings[file.ending].append(file)
    names = Counter(name for group in endings.values() for name in {file.name.casefold() for file in group})
    doubled = sum(count > 1 for count in names.values())
    smallest = min(len(group) for group in endings.values())
    return list(endings.values()) if len(endings) > 1 and doubled and 2 * doubled >= smallest else []


def _all_counted(files: Sequence[AudioFile]) -> list[Shape] | None:
    """The shapes of files that all begin with numbers of one count (unnumbered first and last matter aside)."""
    shapes = [read_counted(file.name) for file in files]
    numbers = [shape.numbers for shape in shapes if shape]
    if len(numbers) < 2 or len(set(numbers)) < len(numbers):
        return None
    if max(numbers)[0] - min(numbers)[0] > 3 * len(numbers) + 5:
        return None
    if any(shape is None and not matter_rank(tokenise(file.name)) for shape, file in zip(shapes, files, strict=True)):
        return None
    return [shape or Shape(()) for shape in shapes]


def _spell_numbers(files: Sequence[AudioFile]) -> bool:
    """Whether the names differ only by a number in words (`One`, `Two`, `Three`)."""
    names = [tokenise(file.name) for file in files]
    width = common_beginning(names)
    begun = [(begins_with_number(name[width:]), len(name) - width) for name in names]
    return all(number is not None and number[1] == length for number, length in begun)


def _is_bare_volume(shape: Shape) -> bool:
    return len(shape.base) == 1 and " " in shape.base[0]


def _books_or_pieces(files: Sequence[AudioFile], shapes: Sequence[Shape]) -> list[Group]:
    """Numbered files with different words behind the numbers: chapters of one book, or a book each."""
    if not _are_books(files, shapes):
        return [list(files)]
    by_title: dict[Hashable, Group] = defaultdict(list)
    for file, shape in zip(files, shapes, strict=True):
        by_title[shape.tail].append(file)
    return list(by_title.values())


def _are_books(files: Sequence[AudioFile], shapes: Sequence[Shape]) -> bool:
    tails = {shape.tail for shape in shapes if shape.tail}
    if len(tails) < 2 or len(files) > _MOST_BOOKS:
        return False
    if all(len(shape.tail) > 1 and any(" " in word for word in shape.tail) for shape in shapes):
        return True  # `1 - Book One - Emma`: each is a volume with a title
    pieces = sum(
        shape.marked or not shape.tail or bool(matter_rank(tokenise(" ".join(shape.tail)))) for shape in shapes
    )
    if 2 * pieces > len(shapes):
        return False
    return _are_large(files)


def _are_large(files: Sequence[AudioFile]) -> bool:
    """Whether files are large enough to be a book each; where nothing is known, the ending decides."""
    durations = [file.duration for file in files if file.duration]
    if 2 * len(durations) > len(files):
        return median(durations) >= _LONG_FOR_A_CHAPTER
    whole = all(file.ending in WHOLE_BOOKS for file in files)
    sizes = [file.size for file in files if file.size]
    if 2 * len(sizes) > len(files):
        return median(sizes) >= (_SMALL_FOR_A_BOOK if whole else _LARGE_FOR_A_CHAPTER)
    return whole


def _collect(files: Sequence[AudioFile], shapes: Sequence[Shape]) -> dict[tuple[str, ...], list[Group]]:
    """Files by the words of their work; a work whose numbers are taken twice falls apart by what follows them."""
    found: dict[tuple[str, ...], list[tuple[AudioFile, Shape]]] = defaultdict(list)
    for file, shape in zip(files, shapes, strict=True):
        found[shape.base].append((file, shape))
    _count_letters(found)
    return {base: _judge(members) for base, members in found.items()}


def _count_letters(found: dict[tuple[str, ...], list[tuple[AudioFile, Shape]]]) -> None:
    """Letters count pieces as numbers do: `Title a`, `Title b`."""
    lettered: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for base in found:
        if base and len(base[-1]) == 1 and base[-1].isalpha():
            lettered[base[:-1]].append(base)
    for base, variants in lettered.items():
        letters = sorted(variant[-1] for variant in variants)
        if len(variants) > 1 and letters == [chr(ord("a") + place) for place in range(len(letters))]:
            for variant in variants:
                for file, shape in found.pop(variant):
                    numbers = (ord(variant[-1]) - ord("a") + 1, *shape.numbers)
                    found.setdefault(base, []).append((file, Shape(base, numbers, shape.tail, shape.marked)))


def _judge(members: list[tuple[AudioFile, Shape]]) -> list[Group]:
    files, shapes = [file for file, _ in members], [shape for _, shape in members]
    if len(members) == 1:
        return [files]
    numbers = [shape.numbers for shape in shapes]
    if not any(numbers):
        return [files]
    if len(set(numbers)) == len(numbers):
        if _leads_apart(shapes):
            return list(_by(files, [shape.numbers[0] for shape in shapes]).values())
        return _books_or_pieces(files, shapes)
    by_tail = _by(members, [shape.tail for shape in shapes])
    if len(by_tail) > 1 and all(len({shape.numbers for _, shape in group}) == len(group) for group in by_tail.values()):
        return [[file for file, _ in group] for group in by_tail.values()]
    return [files]


def _leads_apart(shapes: Sequence[Shape]) -> bool:
    """Whether the first of two numbers is a title (`1984 - 01`) and no disc (`1 - 01`): it has large gaps."""
    leads = {shape.numbers[0] for shape in shapes if len(shape.numbers) > 1}
    if any(shape.base or len(shape.numbers) < 2 for shape in shapes) or len(leads) < 2:
        return False
    return max(leads) > 3 * len(leads) + 5


def _by(items: Sequence[_T], keys: Sequence[Hashable]) -> dict[Hashable, list[_T]]:
    found: dict[Hashable, list[_T]] = defaultdict(list)
    for item, key in zip(items, keys, strict=True):
        found[key].append(item)
    return found


def _adopt_strays(by_base: dict[tuple[str, ...], list[Group]]) -> list[Group]:
    """Give single unnumbered files to the sequence that they introduce, end or belong to."""
    groups = [(base, group) for base, found in by_base.items() for group in found]
    sequences = [(base, group) for base, group in groups if len(group) > 1]
    kept: list[Group] = [group for _, group in sequences]
    for base, group in groups:
        if len(group) > 1:
            continue
        owner = _owner(base, group[0], sequences)
        if owner is None:
            kept.append(group)
        else:
            owner.append(group[0])
    return kept


def _owner(base: tuple[str, ...], stray: AudioFile, sequences: Sequence[tuple[tuple[str, ...], Group]]) -> Group | None:
    for begun, group in sorted(sequences, key=lambda sequence: -len(sequence[0])):
        rest = tokenise(" ".join(base[len(begun) :]))
        if begun and base[: len(begun)] == begun and matter_rank(rest):
            return group
    if len(sequences) != 1:
        return None
    begun, group = sequences[0]
    if stray.ending != group[0].ending:
        return None
    few = len(group) > 2 and stray.ending not in WHOLE_BOOKS and not begun
    return group if few or matter_rank(tokenise(stray.name)) else None
