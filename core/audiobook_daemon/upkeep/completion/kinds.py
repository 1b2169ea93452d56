"""What differs between completing series and completing authors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Generic, TypeVar

from audiobook_daemon.catalogue.bibliography import merge_series, merge_works
from audiobook_daemon.catalogue.gaps import Gaps, author_gaps, series_gaps
from audiobook_daemon.catalogue.series_names import MergeCandidate, group_authors, group_series, merge_candidates
from audiobook_daemon.matching import compare_series
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.models import AuthorQuestion, LibraryItem, SeriesQuestion, Work
from audiobook_daemon.plugin import Bibliography as Source
from audiobook_daemon.store import (
    AuthorStanding,
    Follow,
    Gap,
    GapKind,
    MergeProposal,
    ProposalState,
    SeriesStanding,
    Standing,
)
from audiobook_daemon.store.standings import Standings
from audiobook_daemon.upkeep.completion.alone import author_alone, series_alone
from audiobook_daemon.upkeep.completion.portions import Portion
from audiobook_daemon.upkeep.completion.rules import Terms, gap_rules
from audiobook_daemon.upkeep.completion.sources import Answer, Bibliography, believed, concluded, heard, in_proportion
from audiobook_daemon.upkeep.completion.subjects import Subject, author_subjects, keyed, merged, series_subjects
from audiobook_daemon.upkeep.house import House
from audiobook_daemon.upkeep.thinking import think

S = TypeVar("S", bound=Standing)


class NobodyAnswers(Exception):
    """No source could answer for one series or author; the text says why."""


class Kind(ABC, Generic[S]):
    """Series, or authors: how they are found, asked for and compared."""

    word: ClassVar[str]
    """How people call one, and a Follow does."""
    plural: ClassVar[str]
    gap: ClassVar[GapKind]
    origin: ClassVar[str]
    """Of the wants, and the name of the action."""
    most_owned_first: ClassVar[bool]

    def __init__(self, house: House, portion: Portion | None = None) -> None:
        self.house = house
        self._portion = portion
        """What is looked at; None is everything."""

    @property
    @abstractmethod
    def records(self) -> Standings[S]:
        """Where the standings are kept."""

    @property
    @abstractmethod
    def terms(self) -> Terms:
        """What the settings say at the moment."""

    @abstractmethod
    async def subjects(
        self, items: Sequence[LibraryItem], known: Sequence[S], *, propose: bool
    ) -> tuple[Subject[S], ...]:
        """All there are; with `propose`, names that are probably one are proposed to people."""

    @abstractmethod
    async def alone(self, standing: S) -> Subject[S]:
        """One of them, found without reading the whole library."""

    @abstractmethod
    async def ask(self, subject: Subject[S]) -> Answer:
        """Ask the sources; raises NobodyAnswers when none could."""

    @abstractmethod
    def gaps(self, subject: Subject[S], works: Sequence[Work], today: date) -> Gaps:
        """Compare what is owned with what there is."""

    @abstractmethod
    def standing(self, subject: Subject[S], found: Bibliography | None) -> S:
        """What is known of it but the numbers: by a new bibliography, or as it was."""

    @abstractmethod
    def keys_in(self, portion: Portion) -> Sequence[str]:
        """Those of this kind."""

    async def known(self) -> tuple[S, ...]:
        """What is known from before."""
        records, portion = self.records, self._portion
        return await (records.all() if portion is None else records.with_keys(self.keys_in(portion)))

    async def known_gaps(self) -> tuple[Gap, ...]:
        """The gaps that are known from before."""
        gaps, portion = self.house.database.gaps, self._portion
        return await (gaps.all(self.gap) if portion is None else gaps.of(self.gap, self.keys_in(portion)))

    async def follows(self) -> tuple[Follow, ...]:
        """The follows of this kind."""
        follows = await self.house.database.follows.all() if self._portion is None else self._portion.follows
        return tuple(one for one in follows if one.kind == self.word)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of wishes that name none."""
        return self.house.world.settings.rules.gates.languages


class SeriesKind(Kind[SeriesStanding]):
    """Series: a bibliography in order, with positions."""

    word, plural = "series", "series"
    gap = GapKind.SERIES
    origin = "series_completion"
    most_owned_first = False

    @property
    def records(self) -> Standings[SeriesStanding]:
        """Where the standings are kept."""
        return self.house.database.series

    @property
    def terms(self) -> Terms:
        """What the settings say at the moment."""
        return Terms.of_series(self.house.settings.series)

    def keys_in(self, portion: Portion) -> Sequence[str]:
        """The series."""
        return portion.series

    async def subjects(
        self, items: Sequence[LibraryItem], known: Sequence[SeriesStanding], *, propose: bool
    ) -> tuple[Subject[SeriesStanding], ...]:
        """The owned and the followed series."""
        merges = await self.house.database.merges.list(ProposalState.ACCEPTED, self.word)
        found, candidates = await think(_series_of, items, known, await self.follows(), merges)
        if propose:
            await self.house.database.merges.propose(
                [MergeProposal(self.word, one.one.key, one.other.key, one.canonical, one.reason) for one in candidates]
            )
        return found

    async def alone(self, standing: SeriesStanding) -> Subject[SeriesStanding]:
        """A series, found without reading the whole library."""
        return (await series_alone(self.house.database, standing)).subject

    async def ask(self, subject: Subject[SeriesStanding]) -> Answer:
        """Ask what belongs to a series, and merge what the sources say."""
        language = subject.languages[0] if subject.languages else None
        question = SeriesQuestion(subject.name, subject.authors, subject.books, language)
        answers = heard(await self.house.world.host.ask(Source.series_of, asked=question))
        if answers.nobody:
            raise NobodyAnswers("; ".join(one.reason for one in (*answers.silent, *answers.helpless)))
        records = [
            replace(record, works=works)
            for source, given in answers.given
            for record in given
            if (works := believed(record.works, source, subject.name))
        ]
        found = await think(merge_series, question, in_proportion(records, subject.name))
        if found is None:
            bibliography = None
        else:
            ids = {source: found.ids.get(source, "") for source in found.sources}
            bibliography = Bibliography(found.works, found.authors, ids, found.finished)
        return concluded(bibliography, answers.silent, subject.before.ids if subject.before else ())

    def gaps(self, subject: Subject[SeriesStanding], works: Sequence[Work], today: date) -> Gaps:
        """Compare the owned books with the volumes."""
        return gaps_in_series(subject, works, self.terms, self.languages, today)

    def standing(self, subject: Subject[SeriesStanding], found: Bibliography | None) -> SeriesStanding:
        """What is known of it but the numbers."""
        before = subject.before or SeriesStanding(subject.key, subject.name)
        authors, key, name = subject.authors or before.authors, subject.key, subject.name
        fresh = SeriesStanding(
            key, name, before.ids, before.works, checked=before.checked, reason=before.reason,
            authors=authors, finished=before.finished,
        ) if found is None else SeriesStanding(
            key, name, found.ids, found.works, authors=authors or found.authors, finished=found.finished
        )  # fmt: skip
        return fresh.heeding(before.stated)


class AuthorKind(Kind[AuthorStanding]):
    """Authors: whatever was recorded of their works."""

    word, plural = "author", "authors"
    gap = GapKind.AUTHOR
    origin = "author_completion"
    most_owned_first = True

    @property
    def records(self) -> Standings[AuthorStanding]:
        """Where the standings are kept."""
        return self.house.database.authors

    @property
    def terms(self) -> Terms:
        """What the settings say at the moment."""
        return Terms.of_authors(self.house.settings.authors)

    def keys_in(self, portion: Portion) -> Sequence[str]:
        """The authors."""
        return portion.authors

    async def subjects(
        self, items: Sequence[LibraryItem], known: Sequence[AuthorStanding], *, propose: bool
    ) -> tuple[Subject[AuthorStanding], ...]:
        """The owned and the followed authors."""
        del propose
        owned = await think(group_authors, items)
        return await think(author_subjects, owned, known, await self.follows())

    async def alone(self, standing: AuthorStanding) -> Subject[AuthorStanding]:
        """An author, found without reading the whole library."""
        return (await author_alone(self.house.database, standing)).subject

    async def ask(self, subject: Subject[AuthorStanding]) -> Answer:
        """Ask what an author has written, and merge what the sources say."""
        question = AuthorQuestion(subject.name, subject.books, self.languages)
        answers = heard(await self.house.world.host.ask(Source.works_by, asked=question))
        if answers.nobody:
            raise NobodyAnswers("; ".join(one.reason for one in (*answers.silent, *answers.helpless)))
        listed = [(source, believed(works, source, subject.name)) for source, works in answers.given]
        works = await think(merge_works, [work for _, given in listed for work in given])
        ids = {source: "" for source, given in listed if given}
        found = Bibliography(works, ids=ids) if works else None
        return concluded(found, answers.silent, subject.before.ids if subject.before else ())

    def gaps(self, subject: Subject[AuthorStanding], works: Sequence[Work], today: date) -> Gaps:
        """Compare the owned books with the recorded works."""
        rules = gap_rules(self.terms, subject.follow, self._languages_of(subject))
        return author_gaps(subject.name, subject.items, works, rules, today)

    def standing(self, subject: Subject[AuthorStanding], found: Bibliography | None) -> AuthorStanding:
        """What is known of the author but the numbers."""
        before = subject.before or AuthorStanding(subject.key, subject.name)
        favourite = len(subject.items) >= self.terms.least_owned
        key, name = subject.key, subject.name
        fresh = AuthorStanding(
            key, name, before.ids, before.works, checked=before.checked, reason=before.reason, favourite=favourite
        ) if found is None else AuthorStanding(key, name, found.ids, found.works, favourite=favourite)  # fmt: skip
        return fresh.heeding(before.stated)

    def _languages_of(self, subject: Subject[AuthorStanding]) -> tuple[str, ...]:
        """The wanted languages in which the author is read here; a translation of what is there is not missing."""
        return tuple(one for one in subject.languages if one in self.languages) or self.languages


def _series_of(
    items: Sequence[LibraryItem],
    known: Sequence[SeriesStanding],
    follows: Sequence[Follow],
    merges: Sequence[MergeProposal],
) -> tuple[tuple[Subject[SeriesStanding], ...], tuple[MergeCandidate, ...]]:
    owned = group_series(items)
    shelves = {author.key: author for author in group_authors(items)}
    candidates = merge_candidates(merged(keyed(owned, known), merges))
    return series_subjects(owned, shelves, known, follows, merges), candidates


def gaps_in_series(
    subject: Subject[SeriesStanding], works: Sequence[Work], terms: Terms, languages: tuple[str, ...], today: date
) -> Gaps:
    """Compare the owned books of a series with its volumes; `languages` are wanted where nothing is owned."""
    rules = gap_rules(terms, subject.follow, () if subject.items else languages)
    aliases = subject.spellings
    if subject.before and subject.before.name != subject.name:
        aliases = (*aliases, subject.before.name)
    return series_gaps(subject.name, subject.shelf, works, rules, today, aliases=aliases)


def place_in(subject: Subject[S], work: Work) -> str | None:
    """The position of a work in a series, whatever else it stands in."""
    for place in work.book.series:
        if compare_series(place.name, subject.name) is Likeness.SAME:
            return place.position
    return work.book.series[0].position if len(work.book.series) == 1 else None
