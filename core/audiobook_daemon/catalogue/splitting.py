"""Books that are sold in pieces: which pieces there are, and whether they make a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon.catalogue.copies import Copy
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.numbers import Position, read_positions
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import LibraryItem, WorkKind

_ROWS = ("123456789", "abcdefghi")


@dataclass(frozen=True, slots=True)
class Piece:
    """A copy that is a part of a volume."""

    item: LibraryItem
    part: str
    """A number, or a letter of `1a`."""
    count: str | None
    """How many parts there are, if it says so."""


def is_whole(pieces: Sequence[Piece]) -> bool:
    """Whether parts make a whole: as many as they say, or an unbroken row of at least two."""
    have = {piece.part for piece in pieces if piece.part}
    counts = [int(piece.count) for piece in pieces if piece.count and piece.count.isdigit()]
    if counts:
        return len(have) >= max(counts)
    return len(have) > 1 and any(have == set(row[: len(have)]) for row in _ROWS)


def split_pieces(copy: Copy, volumes: Sequence[Volume]) -> tuple[tuple[int, Piece], ...]:
    """What a copy at `2.1` is part 1 of: the volumes at 2, where nothing is listed at its place."""
    return tuple(_pieces(copy, copy.positions, volumes))


def outside_pieces(
    copy: Copy, volumes: Sequence[Volume], pieces: Mapping[int, Sequence[Piece]]
) -> Iterator[tuple[int, Piece]]:
    """What a copy under another series' name completes, by its place there and the pieces known here."""
    stated = (place for one in copy.item.book.series for place in read_positions(one.position or ""))
    for index, piece in _pieces(copy, stated, volumes):
        known = pieces.get(index, ())
        written = [agreement(copy.item.book.authors, one.item.book.authors) for one in known]
        if Likeness.SAME in written and piece.part not in {one.part for one in known}:
            yield index, piece


def _pieces(copy: Copy, positions: Iterable[Position], volumes: Sequence[Volume]) -> Iterator[tuple[int, Piece]]:
    for place in positions:
        whole, _, part = place.first.partition(".")
        if place.last or len(part) != 1 or part == "0" or any(volume.single == place.first for volume in volumes):
            continue
        for index, volume in enumerate(volumes):
            if volume.single == whole and volume.kind is not WorkKind.DRAMATISATION:
                yield index, Piece(copy.item, part, copy.part_count)
