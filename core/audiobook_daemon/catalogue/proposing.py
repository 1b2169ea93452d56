"""Decides which fields of a book are to be changed, and says why; what is in doubt stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from audiobook_daemon.catalogue.fields import (
    FIELDS,
    LABELS,
    Values,
    comparable,
    is_blank,
    is_same,
    reads_same,
    values_of_item,
)
from audiobook_daemon.catalogue.markup import plain_text
from audiobook_daemon.catalogue.placing import placed
from audiobook_daemon.catalogue.resolving import BY_ID, Standing, standings
from audiobook_daemon.catalogue.standardising import Forms, says_nothing_new, standardised
from audiobook_daemon.models import (
    LIBRARY,
    RULES,
    BookField,
    FieldChange,
    FieldValue,
    LibraryItem,
    SeriesPlace,
    Statement,
)

_VERIFIED: Final = frozenset({"title", "narrators"})
"""Fields that stay when anybody says that they are right."""


@dataclass(frozen=True, slots=True)
class CorrectionRules:
    """What may be changed."""

    fill: Collection[str] = ()
    """The fields that are written when they are empty."""
    correct: Collection[str] = ()
    """The fields that are also changed when the sources agree on another value."""
    least: float = 0.5
    """The support that a value needs."""
    drift: timedelta = timedelta(days=30)
    """A value that was corrected stays for so long."""
    covers: str = "missing"
    """`never`, `missing` or `larger`."""
    forms: Forms = field(default_factory=Forms)


def proposed(
    item: LibraryItem,
    statements: Iterable[Statement],
    known: Mapping[str, BookField],
    rules: CorrectionRules,
    now: datetime,
) -> tuple[FieldChange, ...]:
    """The changes that the item needs, in the order in which people read the fields.

    `known` are the fields on record, those that a person has set among them.
    """
    present = values_of_item(item)
    tidy = standardised(present, rules.forms)
    stated: dict[str, list[Statement]] = {}
    for one in statements:
        if not is_blank(one.value):
            stated.setdefault(one.field, []).append(one)
    changes: dict[str, FieldChange] = {}
    for name in FIELDS:
        record = known.get(name)
        if (record and record.guarded) or (name == "cover" and not _wants_cover(item, rules)):
            continue
        found = standings(stated.get(name, ()))
        change = _filled(name, found, rules) if name not in present else None
        if name in present and not _corrected_lately(record, rules, now):
            change = _corrected(name, tidy[name], present, found, rules)
        if change and name == "cover" and record and record.value == change.after:
            continue  # it was fetched from there already, or proved to be no larger
        change = change or _tidied(name, present, tidy, rules)
        if change and not reads_same(name, change.before, change.after):
            changes[name] = change
    return tuple(_sensible(changes, {**present, **tidy}))


def _wants_cover(item: LibraryItem, rules: CorrectionRules) -> bool:
    """Whether a cover may be fetched; whether it is larger shows only afterwards."""
    return (rules.covers != "never" and item.cover is False) or (rules.covers == "larger" and item.cover is True)


def _corrected_lately(record: BookField | None, rules: CorrectionRules, now: datetime) -> bool:
    if record is None or record.source == LIBRARY or record.changed is None:
        return False
    return now - record.changed < rules.drift


def _filled(name: str, found: tuple[Standing, ...], rules: CorrectionRules) -> FieldChange | None:
    """An empty field gets the best supported value, unless as much speaks for another one."""
    if name not in rules.fill or not found or found[0].support < rules.least or found[0].value is False:
        return None
    best = _fullest(found) if name == "description" else found[0]
    if name not in LABELS and name != "description" and len(found) > 1 and found[1].support >= best.support:
        return None
    return FieldChange(name, None, best.value, best.sources[0], f"It was empty; {_said_by(best)}.")


def _corrected(
    name: str, own: FieldValue, present: Values, found: tuple[Standing, ...], rules: CorrectionRules
) -> FieldChange | None:
    """Another value that the sources agree on, where the present one has less to speak for it."""
    if name not in rules.correct or name == "cover" or not found:
        return None
    best = found[0]
    value = placed(own, best.value) if name == "series" else best.value
    backing = max((one.support for one in found if is_same(name, one.value, own)), default=0.0)
    if is_same(name, value, own) or best.support < rules.least or not best.agreed or backing >= best.support:
        return None
    if name in _VERIFIED and backing > 0:
        return None
    if name == "title" and (len(best.sources) < 2 or best.weightiest < BY_ID):
        return None
    if _loses(name, own, value):
        return None
    return FieldChange(name, present[name], value, best.sources[0], f"It was something else; {_said_by(best)}.")


def _tidied(name: str, present: Values, tidy: Values, rules: CorrectionRules) -> FieldChange | None:
    """The present value in its proper form; what was moved here from another field fills an empty one."""
    before, after = present.get(name), tidy.get(name)
    if after is None or after == before or (before is None and name not in rules.fill):
        return None
    if name == "description" and before is not None and _same_reading(before, after):
        return None
    return FieldChange(name, before, after, RULES, "It was put into its proper form.")


def _same_reading(before: FieldValue, after: FieldValue) -> bool:
    """Whether only the blanks of a description differ; its markup counts, for people see that."""
    return "".join(str(before).split()) == "".join(str(after).split())


def _fullest(found: tuple[Standing, ...]) -> Standing:
    """Among descriptions that are about as well supported the longest one."""
    good = [one for one in found if one.support >= found[0].support - 0.1]
    return max(good, key=lambda one: len(plain_text(str(one.value))))


def _loses(name: str, old: FieldValue, new: FieldValue) -> bool:
    """Whether a value says less than the one it would replace: a shorter text, or fewer of the same names."""
    if name == "description":
        return len(plain_text(str(new))) < len(plain_text(str(old)))
    before, after = comparable(name, old), comparable(name, new)
    return isinstance(before, frozenset) and isinstance(after, frozenset) and after < before


def _sensible(changes: dict[str, FieldChange], values: Mapping[str, FieldValue]) -> Iterator[FieldChange]:
    """The changes without a subtitle that only repeats what other fields say."""
    after = {**values, **{name: change.after for name, change in changes.items() if change.after is not None}}
    title, series = str(after.get("title", "")), after.get("series", ())
    places = tuple(place for place in series if isinstance(place, SeriesPlace)) if isinstance(series, tuple) else ()
    for name, change in changes.items():
        if name == "subtitle" and says_nothing_new(str(change.after), title, places):
            continue
        yield change


def _said_by(standing: Standing) -> str:
    return (
        f"{_listed(standing.sources)} {'say' if len(standing.sources) > 1 else 'says'} so ({standing.support:.0%} sure)"
    )


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
