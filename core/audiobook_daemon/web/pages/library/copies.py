"""What tells the copies of a book apart; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audiobook_daemon.catalogue.keepers import bitrate
from audiobook_daemon.catalogue.wording import worded
from audiobook_daemon.store import DuplicateRecord, OwnedBook
from audiobook_daemon.upkeep.report.words import length, size
from audiobook_daemon.web.pages.cards import Card, card

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a book."""

    id: int
    card: Card
    keep: bool
    """Whether it is the one that should stay."""
    status: str
    different: tuple[tuple[str, str | None], ...]
    """Name and value of what is not the same in all copies; None for what is not known of this one."""
    path: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Books that are one, or an omnibus with what it holds."""

    id: int
    likeness: str
    title: str
    reason: str
    copies: tuple[Copy, ...]
    same: tuple[tuple[str, str], ...]
    """What all of them have in common."""
    gone: int
    """How many of them are there no more."""
    choosable: bool
    """Whether one of them can be kept and the others be second copies."""


def group_of(record: DuplicateRecord, books: Mapping[int, OwnedBook]) -> Group:
    """Set the copies of a group side by side, the one that should stay first."""
    there = [books[number] for number in record.books if number in books]
    there.sort(key=lambda one: one.id != record.keeper)
    told = {one.id: properties(one) for one in there}
    names = list(dict.fromkeys(name for values in told.values() for name in values))
    differs = [name for name in names if len({values.get(name) for values in told.values()}) > 1]
    first = told[there[0].id] if there else {}
    copies = tuple(_copy(one, record.keeper, [(name, told[one.id].get(name)) for name in differs]) for one in there)
    return Group(
        record.id,
        record.likeness,
        there[0].item.book.title if there else "Books that are gone",
        record.reason,
        copies,
        tuple((name, first[name]) for name in names if name not in differs) if len(there) > 1 else (),
        len(record.books) - len(there),
        record.state == "open" and record.keeper is not None and sum(one.status == "active" for one in copies) > 1,
    )


def properties(book: OwnedBook) -> dict[str, str]:
    """What a person compares beside title and author, in the order in which it weighs; the unknown is left out."""
    item, kilobits = book.item, bitrate(book.item)
    found = {
        "Files": "missing" if item.missing else f"{item.files}" if item.files else None,
        "Recording": "abridged" if item.abridged else None,
        "Running time": length(item.runtime / _HOUR) if item.runtime else None,
        "Format": item.format,
        "Bitrate": f"{kilobits} kbit/s" if kilobits else None,
        "Size": size(item.size) if item.size else None,
        "Chapters": f"{item.chapters}" if item.chapters is not None else None,
        "Subtitle": item.book.subtitle,
        "Read by": worded(item.narrators) or None,
        "Series": worded(item.book.series) or None,
        "Year": worded(item.book.year),
        "Publisher": item.publisher,
        "Language": item.book.language,
        "ASIN": item.book.asin,
        "ISBN": item.book.isbn,
        "Described": f"{book.completeness} %" if book.completeness is not None else None,
        "Library": item.library or None,
        "Added": f"{item.added:%Y-%m-%d}" if item.added else None,
    }
    return {name: value for name, value in found.items() if value}


def _copy(book: OwnedBook, keeper: int | None, different: Sequence[tuple[str, str | None]]) -> Copy:
    return Copy(book.id, card(book), book.id == keeper, book.status.value, tuple(different), book.item.path)
