"""Which volumes of a series the owned copies are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook_daemon.catalogue.copies import Copy, copy_of
from audiobook_daemon.catalogue.evidence import Evidence, is_piece, weigh
from audiobook_daemon.catalogue.gap_rules import GapRules
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.omnibuses import opened
from audiobook_daemon.catalogue.other_names import other_names
from audiobook_daemon.catalogue.splitting import Piece, is_whole, outside_pieces, split_pieces
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.models import LibraryItem

Weighed = dict[int, Evidence]
"""The evidence for each volume that has any, by the volume's index."""


@dataclass(slots=True)
class Holdings:
    """What of the volumes is there, by their index."""

    copies: tuple[Copy, ...]
    held: dict[int, tuple[Evidence, LibraryItem]] = field(default_factory=dict)
    doubts: dict[int, LibraryItem] = field(default_factory=dict)
    """Volumes that a copy may be or hold, and the copy."""
    strays: list[Copy] = field(default_factory=list)
    """Copies of the series that are none of the volumes."""
    pieces: dict[int, list[Piece]] = field(default_factory=dict)

    def hold(self, index: int, evidence: Evidence, item: LibraryItem) -> None:
        """Note a copy, unless a surer one is known."""
        if index not in self.held or self.held[index][0] < evidence:
            self.held[index] = (evidence, item)


def find_held(volumes: Sequence[Volume], items: Sequence[LibraryItem], names: SeriesNames, rules: GapRules) -> Holdings:
    """Find out which volumes are there: as copies of their own, in collections, or in all their parts."""
    copies, weighed = _look(volumes, items, names, rules)
    learnt = other_names(copies, weighed, volumes, names)
    if learnt:
        copies, weighed = _look(volumes, items, names.with_also(learnt), rules)
    holdings = Holdings(tuple(copies))
    surest_first = sorted(range(len(copies)), key=lambda number: -max(weighed[number].values(), default=Evidence.NONE))
    for number in surest_first:
        _settle(copies[number], weighed[number], volumes, holdings)
    _put_together(volumes, holdings)
    _open_collections(volumes, holdings)
    return holdings


def _look(
    volumes: Sequence[Volume], items: Sequence[LibraryItem], names: SeriesNames, rules: GapRules
) -> tuple[list[Copy], list[Weighed]]:
    copies = [copy_of(item, names) for item in items]
    titled: dict[str, list[int]] = {}
    for index, volume in enumerate(volumes):
        for form in volume.forms:
            titled.setdefault(form.core, []).append(index)
    return copies, [_weighed(copy, volumes, titled, rules) for copy in copies]


def _weighed(copy: Copy, volumes: Sequence[Volume], titled: Mapping[str, list[int]], rules: GapRules) -> Weighed:
    """The evidence for the volumes of the very title, if that is enough, or else for all."""
    if not copy.ids:
        near = _all(copy, volumes, titled.get(copy.forms[0].core, ()), rules)
        if max(near.values(), default=Evidence.NONE) >= Evidence.TITLE:
            return near
    return _all(copy, volumes, range(len(volumes)), rules)


def _all(copy: Copy, volumes: Sequence[Volume], places: Iterable[int], rules: GapRules) -> Weighed:
    found = ((index, weigh(copy, volumes[index], rules)) for index in places)
    return {index: evidence for index, evidence in found if evidence}


def _settle(copy: Copy, weighed: Weighed, volumes: Sequence[Volume], holdings: Holdings) -> None:
    """Note what a copy is by the best of its evidence; a place alone gives way to what is known better."""
    best = max(weighed.values(), default=Evidence.NONE)
    if best < Evidence.TITLE_AGAINST_PLACE and (split := split_pieces(copy, volumes)):
        for index, piece in split:
            holdings.pieces.setdefault(index, []).append(piece)
        return
    chosen = [index for index, evidence in weighed.items() if evidence is best]
    if best is Evidence.PLACE:
        chosen = [index for index in chosen if index not in holdings.held or holdings.held[index][0] is best]
    if best is Evidence.MAYBE:
        holdings.doubts.update(dict.fromkeys(chosen, copy.item))
    elif not chosen:
        holdings.strays.append(copy)
    else:
        for index in chosen:
            _take(index, best, copy, volumes[index], holdings)


def _take(index: int, evidence: Evidence, copy: Copy, volume: Volume, holdings: Holdings) -> None:
    if is_piece(copy, volume):
        holdings.pieces.setdefault(index, []).append(Piece(copy.item, copy.part or "", copy.part_count))
    else:
        holdings.hold(index, evidence, copy.item)


def _put_together(volumes: Sequence[Volume], holdings: Holdings) -> None:
    """Take volumes for there whose parts are all there, under whatever series some of them are shelved."""
    for stray in holdings.strays:
        for index, piece in tuple(outside_pieces(stray, volumes, holdings.pieces)):
            holdings.pieces[index].append(piece)
    for index, pieces in holdings.pieces.items():
        if is_whole(pieces):
            holdings.hold(index, Evidence.TITLE, pieces[0].item)


def _open_collections(volumes: Sequence[Volume], holdings: Holdings) -> None:
    """Take for there what collections hold, and for doubtful what they may hold."""
    for item, inside, perhaps in opened(
        volumes, holdings.copies, {index: it for index, (_, it) in holdings.held.items()}
    ):
        for index in inside:
            holdings.hold(index, Evidence.TITLE, item)
        for index in perhaps:
            holdings.doubts.setdefault(index, item)
