"""Which volumes of a series the owned copies are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audiobook_daemon.catalogue.copies import Copy, copy_of
from audiobook_daemon.catalogue.evidence import Evidence, is_piece, weigh
from audiobook_daemon.catalogue.gap_rules import GapRules
from audiobook_daemon.catalogue.naming import NAMELESS, SeriesNames
from audiobook_daemon.catalogue.title_forms import compare_forms, title_forms
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.numbers import read_positions
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.models import Book, LibraryItem, WorkKind


@dataclass(slots=True)
class Holdings:
    """What of the volumes is there, by their index."""

    held: dict[int, tuple[Evidence, LibraryItem]] = field(default_factory=dict)
    doubts: dict[int, LibraryItem] = field(default_factory=dict)
    """Volumes that a copy may be, and the copy."""
    strays: list[Copy] = field(default_factory=list)
    """Copies of the series that are none of the volumes."""
    copies: tuple[Copy, ...] = ()

    def hold(self, index: int, evidence: Evidence, item: LibraryItem) -> None:
        """Note a copy, unless a surer one is known."""
        if index not in self.held or self.held[index][0] < evidence:
            self.held[index] = (evidence, item)


def find_held(volumes: Sequence[Volume], items: Sequence[LibraryItem], names: SeriesNames, rules: GapRules) -> Holdings:
    """Find out which volumes are there: as copies of their own, in collections, or in all their parts."""
    copies = [copy_of(item, names) for item in items]
    weighed = [_weighed(copy, volumes, rules) for copy in copies]
    learnt = _other_names(copies, weighed, volumes, names)
    if learnt:
        names = names.with_also(learnt)
        copies = [copy_of(item, names) for item in items]
        weighed = [_weighed(copy, volumes, rules) for copy in copies]
    holdings = Holdings(copies=tuple(copies))
    parts: defaultdict[int, list[Copy]] = defaultdict(list)
    order = sorted(range(len(copies)), key=lambda index: -max(weighed[index].values(), default=Evidence.NONE))
    for index in order:
        _place_copy(copies[index], weighed[index], volumes, holdings, parts)
    for index, pieces in parts.items():
        if _is_whole(pieces):
            holdings.hold(index, Evidence.TITLE, pieces[0].item)
    _open_collections(volumes, holdings)
    return holdings


def _weighed(copy: Copy, volumes: Sequence[Volume], rules: GapRules) -> dict[int, Evidence]:
    """The evidence for each volume that has any."""
    found = {index: weigh(copy, volume, rules) for index, volume in enumerate(volumes)}
    return {index: evidence for index, evidence in found.items() if evidence}


def _place_copy(
    copy: Copy,
    weighed: dict[int, Evidence],
    volumes: Sequence[Volume],
    holdings: Holdings,
    parts: defaultdict[int, list[Copy]],
) -> None:
    best = max(weighed.values(), default=Evidence.NONE)
    if best < Evidence.TITLE_AGAINST_PLACE and (split := _split_of(copy, volumes)):
        parts[split[0]].append(split[1])
        return
    chosen = [index for index, evidence in weighed.items() if evidence is best]
    if best is Evidence.PLACE:
        chosen = [index for index in chosen if holdings.held.get(index, (Evidence.PLACE,))[0] is Evidence.PLACE]
    if best is Evidence.MAYBE:
        holdings.doubts.update(dict.fromkeys(chosen, copy.item))
    elif not chosen and copy.inside:
        holdings.strays.append(copy)
    for index in chosen if best > Evidence.MAYBE else ():
        if is_piece(copy, volumes[index]):
            parts[index].append(copy)
        else:
            holdings.hold(index, best, copy.item)


def _split_of(copy: Copy, volumes: Sequence[Volume]) -> tuple[int, Copy] | None:
    """The volume whose part stands at `2.1`, where nothing of that place is listed."""
    for place in copy.positions:
        whole, _, part = place.first.partition(".")
        if place.last or len(part) != 1 or part == "0" or any(volume.single == place.first for volume in volumes):
            continue
        for index, volume in enumerate(volumes):
            if volume.single == whole and volume.kind is not WorkKind.DRAMATISATION:
                return index, _as_part(copy, part)
    return None


def _as_part(copy: Copy, part: str) -> Copy:
    return Copy(**{name: getattr(copy, name) for name in copy.__slots__ if name != "part"}, part=part)


def _is_whole(pieces: Sequence[Copy]) -> bool:
    """Whether parts make a whole: as many as they say, or an unbroken row of at least two."""
    have = {piece.part for piece in pieces if piece.part}
    counts = [int(piece.part_count) for piece in pieces if piece.part_count and piece.part_count.isdigit()]
    if counts:
        return len(have) >= max(counts)
    rows = ("123456789", "abcdefghi")
    return len(have) > 1 and any(have == set(row[: len(have)]) for row in rows)


def _open_collections(volumes: Sequence[Volume], holdings: Holdings) -> None:
    """Take what collections hold for there: the numbers they say, or the titles their listing names."""
    for copy in holdings.copies:
        if copy.range:
            _hold_range(copy.range, copy.item, volumes, holdings)
    for index, (_, item) in list(holdings.held.items()):
        volume = volumes[index]
        for place in volume.positions:
            if place.last:
                _hold_range((place.first, place.last), item, volumes, holdings)
        for title in (title for work in volume.works for title in work.contains):
            _hold_title(title, item, volumes, holdings)


def _hold_range(span: tuple[str, str], item: LibraryItem, volumes: Sequence[Volume], holdings: Holdings) -> None:
    first, last = float(span[0]), float(span[1])
    for index, volume in enumerate(volumes):
        if volume.single and volume.single.isdigit() and first <= float(volume.single) <= last:
            holdings.hold(index, Evidence.TITLE, item)


def _hold_title(title: str, item: LibraryItem, volumes: Sequence[Volume], holdings: Holdings) -> None:
    forms = title_forms(Book(title), NAMELESS)
    for index, volume in enumerate(volumes):
        if volume.kind not in {WorkKind.OMNIBUS, WorkKind.DRAMATISATION} and (
            compare_forms(forms, volume.forms) is Likeness.SAME
        ):
            holdings.hold(index, Evidence.TITLE, item)


def _other_names(
    copies: Sequence[Copy], weighed: Sequence[dict[int, Evidence]], volumes: Sequence[Volume], names: SeriesNames
) -> Iterator[str] | list[str]:
    """Names under which copies stand at the places that their titles have in this series, and never at others."""
    agreed: Counter[tuple[str, str]] = Counter()
    refused: set[tuple[str, str]] = set()
    spelled: dict[tuple[str, str], str] = {}
    for copy, found in zip(copies, weighed, strict=True):
        for place in copy.item.book.series:
            if names.holds(place) or not place.position:
                continue
            key = series_key(place.name)
            titled = [volumes[index].single for index, evidence in found.items() if evidence >= Evidence.TITLE]
            for single in titled:
                spelled[key] = place.name
                if single and single in {one.first for one in read_positions(place.position)}:
                    agreed[key] += 1
                else:
                    refused.add(key)
    return [spelled[key] for key in agreed if key not in refused]
