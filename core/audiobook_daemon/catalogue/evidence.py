"""How surely an owned copy is a volume of a series."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from functools import lru_cache

from audiobook_daemon.catalogue.copies import Copy
from audiobook_daemon.catalogue.gap_rules import GapRules
from audiobook_daemon.catalogue.title_forms import TitleForm, compare_forms
from audiobook_daemon.catalogue.volumes import Volume
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.works import agreement
from audiobook_daemon.models import WorkKind


class Evidence(IntEnum):
    """The more the surer."""

    NONE = 0
    MAYBE = 1
    """The titles are alike, and nothing else is known."""
    PLACE = 2
    """The place alone: a title of another region, most likely."""
    TITLE_AGAINST_PLACE = 3
    """The title alone, with the number of another edition or order."""
    TITLE_IN_PART = 4
    """The place, and titles that are alike."""
    TITLE = 5
    TITLE_AND_PLACE = 6
    ID = 7


def weigh(copy: Copy, volume: Volume, rules: GapRules) -> Evidence:
    """How surely a copy is a volume, or the part of it that the copy says it is."""
    if not _may_be(copy, volume, rules):
        return Evidence.NONE
    if copy.ids & volume.ids:
        return Evidence.ID
    title = _titles(copy, volume)
    place = _place(copy, volume)
    if title is Likeness.DIFFERENT and not place:
        return Evidence.NONE
    people = _people(copy, volume)
    if people is Likeness.DIFFERENT:
        agreed = copy.inside and place and title is Likeness.SAME
        return Evidence.TITLE_IN_PART if agreed else Evidence.NONE
    if title is Likeness.SAME:
        counted = copy.placed or volume.kind is not WorkKind.OMNIBUS  # `Vol. 1` may hold volumes 1 to 3
        return _by_title(copy, place=place if counted else None)
    if place:
        return Evidence.TITLE_IN_PART if title is Likeness.UNSURE else Evidence.PLACE
    alike = title is Likeness.UNSURE and place is None and (copy.inside or not copy.item.book.series)
    return Evidence.MAYBE if alike else Evidence.NONE


def _by_title(copy: Copy, *, place: bool | None) -> Evidence:
    if place is None:
        return Evidence.TITLE
    if place:
        return Evidence.TITLE_AND_PLACE
    return Evidence.NONE if copy.forms[0].bare else Evidence.TITLE_AGAINST_PLACE


def _may_be(copy: Copy, volume: Volume, rules: GapRules) -> bool:
    """Whether language, voices, length and readers do not speak against it."""
    if (volume.kind is WorkKind.DRAMATISATION) != copy.dramatised and not (copy.dramatised and rules.dramatised):
        return False
    if copy.abridged and rules.unabridged_only:
        return False
    languages = {work.book.language for work in volume.works}
    mine = copy.item.book.language
    if mine and None not in languages and mine not in languages and not rules.translations:
        return False
    if not rules.narrator_is_edition:
        return True
    return any(agreement(copy.item.narrators, work.narrators) is not Likeness.DIFFERENT for work in volume.works)


def _people(copy: Copy, volume: Volume) -> Likeness | None:
    found = [_agreement(copy.item.book.authors, work.book.authors) for work in volume.works]
    return next((likeness for likeness in found if likeness is not Likeness.DIFFERENT), found[0])


def is_piece(copy: Copy, volume: Volume) -> bool:
    """Whether a copy is only a part of a volume, and no volume of its own (`Salt, Part 1` may be volume `Salt 1`)."""
    if copy.part is None or volume.kind is WorkKind.PART:
        return False
    if volume.single and "." in volume.single and volume.single in {place.first for place in copy.positions}:
        return False
    return compare_forms(tuple(_numbered(form) for form in copy.forms), volume.forms) is not Likeness.SAME or not any(
        form.reading.numbers.get("") == copy.part for form in volume.forms
    )


@lru_cache(maxsize=10_000)
def _agreement(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Likeness | None:
    return agreement(mine, theirs)


def _titles(copy: Copy, volume: Volume) -> Likeness:
    if not is_piece(copy, volume):
        return compare_forms(tuple(_numbered(form) for form in copy.forms), volume.forms)
    return compare_forms(tuple(_whole(form) for form in copy.forms), volume.forms)


def _numbered(form: TitleForm) -> TitleForm:
    """The title with the number of the part as if it were a volume's."""
    reading = form.reading
    if not reading.part or not reading.names or reading.names[0].numbers:
        return form
    named = (replace(reading.names[0], numbers=(reading.part,)), *reading.names[1:])
    return replace(form, reading=replace(reading, names=named, part=None))


def _whole(form: TitleForm) -> TitleForm:
    return replace(form, reading=replace(form.reading, part=None))


def _place(copy: Copy, volume: Volume) -> bool | None:
    """Whether they stand at one place; None if one of them stands nowhere."""
    mine = {(place.first, place.last) for place in copy.positions}
    theirs = {(place.first, place.last) for place in volume.positions}
    return bool(mine & theirs) if mine and theirs else None
