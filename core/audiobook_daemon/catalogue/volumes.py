"""What a series consists of: its listed works, doublets put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook_daemon.catalogue.gap_rules import GapRules
from audiobook_daemon.catalogue.naming import SeriesNames
from audiobook_daemon.catalogue.title_forms import TitleForm, compare_forms, title_forms
from audiobook_daemon.catalogue.work_kinds import kind_of
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.ids import normal_isbn
from audiobook_daemon.matching.numbers import Position
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import Book, Work, WorkKind


@dataclass(frozen=True, slots=True)
class Volume:
    """A work of the series, with everything that is listed of it."""

    works: tuple[Work, ...]
    """The one to want first."""
    kind: WorkKind
    forms: tuple[TitleForm, ...]
    positions: frozenset[Position]
    ids: frozenset[str]

    @property
    def work(self) -> Work:
        """The record to show and to want."""
        return self.works[0]

    @property
    def single(self) -> str | None:
        """Its position, if it has exactly one that is no range."""
        singles = {place.first for place in self.positions if not place.last}
        return singles.pop() if len(singles) == 1 else None


def ids_of(book: Book) -> frozenset[str]:
    """All ids of a book in their plain forms."""
    given = (book.asin, book.isbn, *book.other_ids)
    return frozenset(normal_isbn(item) or item.upper() for item in given if item and any(map(str.isdigit, item)))


def volumes_of(
    works: Sequence[Work], names: SeriesNames, rules: GapRules, languages: tuple[str, ...] = ()
) -> tuple[Volume, ...]:
    """The volumes that works make, those in wanted languages first and apart from the others."""
    volumes: list[Volume] = []
    for work in sorted(
        works, key=lambda one: bool(one.book.language and languages) and one.book.language not in languages
    ):
        volume = _volume(work, names)
        place = next((index for index, known in enumerate(volumes) if _is_same(known, volume, rules, languages)), None)
        if place is None:
            volumes.append(volume)
        else:
            volumes[place] = _joined(volumes[place], volume)
    return tuple(volumes)


def _volume(work: Work, names: SeriesNames) -> Volume:
    kind = kind_of(work)
    forms = title_forms(work.book, names)
    return Volume((work,), kind, forms, frozenset(names.listed_positions(work.book)), ids_of(work.book))


def _joined(one: Volume, other: Volume) -> Volume:
    return Volume(
        (*one.works, *other.works),
        one.kind,
        (*one.forms, *(form for form in other.forms if form not in one.forms)),
        one.positions | other.positions,
        one.ids | other.ids,
    )


def _is_same(one: Volume, other: Volume, rules: GapRules, languages: tuple[str, ...]) -> bool:
    if (one.kind in _APART or other.kind in _APART) and one.kind is not other.kind:
        return False
    mine, theirs = one.work, other.work
    if not rules.translations and _other_language(mine.book.language, theirs.book.language, languages):
        return False
    if bool(mine.abridged) != bool(theirs.abridged) or one.kind is WorkKind.DRAMATISATION:
        return False
    readers = agreement(mine.narrators, theirs.narrators)
    if rules.narrator_is_edition and readers is Likeness.DIFFERENT:
        return False
    if one.ids & other.ids:
        return True
    if one.positions and other.positions and not one.positions & other.positions:
        return False
    people = agreement(mine.book.authors, theirs.book.authors)
    if people is Likeness.DIFFERENT:
        return False
    placed = bool(one.positions & other.positions)
    if placed and rules.one_per_position:
        return True
    return compare_forms(one.forms, other.forms) is Likeness.SAME


def _other_language(mine: str | None, theirs: str | None, languages: tuple[str, ...]) -> bool:
    """Whether two works are in different languages; what is of an unknown one is in a wanted one, most likely."""
    if mine == theirs:
        return False
    if mine and theirs:
        return True
    return bool(languages) and (mine or theirs) not in languages


_APART = frozenset({WorkKind.DRAMATISATION, WorkKind.PART, WorkKind.OMNIBUS, WorkKind.COMPANION, WorkKind.OTHER})
