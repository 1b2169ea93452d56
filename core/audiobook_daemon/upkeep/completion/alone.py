"""One series or author as a subject, found without reading the whole library."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from audiobook_daemon.catalogue.series_names import group_authors, group_series
from audiobook_daemon.matching import author_key
from audiobook_daemon.models import LibraryItem
from audiobook_daemon.store import (
    AuthorStanding,
    Database,
    Follow,
    MergeProposal,
    ProposalState,
    SeriesStanding,
    Standing,
)
from audiobook_daemon.upkeep.completion.subjects import Subject, author_subjects, series_subjects

S = TypeVar("S", bound=Standing)


@dataclass(frozen=True, slots=True)
class Alone(Generic[S]):
    """A subject, and where its books stand."""

    subject: Subject[S]
    rows: Mapping[tuple[str, str], int]
    """The ids of the books' rows, by library and item."""

    def row(self, item: LibraryItem) -> int:
        """The id of a book's row."""
        return self.rows[item.library, item.id]


async def series_alone(database: Database, standing: SeriesStanding) -> Alone[SeriesStanding]:
    """The subject of a series, of its own books and of its authors'."""
    merges = await database.merges.list(ProposalState.ACCEPTED, "series")
    own = await database.belongings.of(series={_name_in(key) for key in _keys_of(standing.key, merges)})
    people = (standing.authors, *(item.book.authors for item in own.values()))
    authors = {author_key(name) for names in people for name in names} - {""}
    items = {**own, **await database.belongings.of(authors=authors)} if authors else own
    follows = [one for one in await database.follows.all() if one.kind == "series"]
    subject = await asyncio.to_thread(_series, standing, tuple(items.values()), follows, merges)
    return Alone(subject, _rows(items))


async def author_alone(database: Database, standing: AuthorStanding) -> Alone[AuthorStanding]:
    """The subject of an author, of the owned books."""
    items = await database.belongings.of(authors=[standing.key])
    follows = [one for one in await database.follows.all() if one.kind == "author" and one.key == standing.key]
    subject = await asyncio.to_thread(_author, standing, tuple(items.values()), follows)
    return Alone(subject, _rows(items))


def _series(
    standing: SeriesStanding,
    items: tuple[LibraryItem, ...],
    follows: list[Follow],
    merges: tuple[MergeProposal, ...],
) -> Subject[SeriesStanding]:
    shelves = {author.key: author for author in group_authors(items)}
    subjects = series_subjects(group_series(items), shelves, [standing], follows, merges)
    return _meant(standing, subjects) or Subject(standing.key, standing.name, standing.authors, before=standing)


def _author(standing: AuthorStanding, items: tuple[LibraryItem, ...], follows: list[Follow]) -> Subject[AuthorStanding]:
    subjects = author_subjects(group_authors(items), [standing], follows)
    return _meant(standing, subjects) or Subject(standing.key, standing.name, (standing.name,), before=standing)


def _meant(standing: S, subjects: tuple[Subject[S], ...]) -> Subject[S] | None:
    return next((one for one in subjects if one.key == standing.key), None)


def _keys_of(key: str, merges: tuple[MergeProposal, ...]) -> set[str]:
    """The key, and those of the series that people made one with it."""
    found, fresh = {key}, {key}
    while fresh:
        fresh = {one.other for one in merges if one.one in fresh} - found
        found |= fresh
    return found


def _name_in(key: str) -> str:
    """What stands for the name in the key of a series (`foundation` in `foundation|asimov isaac`)."""
    return key.rpartition("|")[0] or key


def _rows(items: Mapping[int, LibraryItem]) -> dict[tuple[str, str], int]:
    return {(item.library, item.id): number for number, item in items.items()}
