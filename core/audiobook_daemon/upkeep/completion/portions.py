"""Parts a library into portions that can be counted one by one, as if the whole were at hand; pure.

What shares an author or a series, by whatever chain, stands in one portion. A portion that is as it was when it was
counted need not be counted again.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from audiobook_daemon.matching import author_key, compare_series, words
from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.people import is_placeholder, split_people
from audiobook_daemon.matching.works import series_key
from audiobook_daemon.store import BookGlimpse, Follow, GapGlimpse, GapKind, MergeProposal, StandingGlimpse


@dataclass(slots=True)
class Portion:
    """Some books, and the series and authors that nothing else belongs to."""

    books: list[int] = field(default_factory=list)
    """The ids of their rows."""
    series: list[str] = field(default_factory=list)
    """The keys of the known ones."""
    authors: list[str] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    """Of the smallest portions in it; each is another when anything of its portion is."""


@dataclass(slots=True)
class _Column:
    """Things, each with the node it belongs to and its mark; plain numbers, for there are a hundred thousand."""

    nodes: array[int] = field(default_factory=lambda: array("q"))
    marks: array[int] = field(default_factory=lambda: array("q"))

    def add(self, node: int, mark: int) -> None:
        self.nodes.append(node)
        self.marks.append(mark)


class Parting:
    """Takes everything there is, in glimpses and in any order, and parts it at last."""

    def __init__(self) -> None:
        self._ties = _Ties()
        self._people: dict[tuple[str, ...], int | None] = {}
        self._names: dict[str, int | None] = {}
        self._books, self._series, self._authors, self._gaps = _Column(), _Column(), _Column(), _Column()
        self._ids = array("q")
        self._series_keys: list[str] = []
        self._author_keys: list[str] = []
        self._follows: list[Follow] = []

    def add_books(self, books: Iterable[BookGlimpse]) -> None:
        """Take books; one without an author and a series belongs nowhere."""
        for book in books:
            nodes = [self._of_people(book.authors), *map(self._of_name, book.series)]
            node = self._ties.tie([one for one in nodes if one is not None])
            if node is not None:
                self._books.add(node, book.mark)
                self._ids.append(book.id)

    def add_series(self, series: Iterable[StandingGlimpse]) -> None:
        """Take series that are known from before."""
        for one in series:
            own = self._ties.node(_series(one.key))
            nodes = (self._of_name(one.name), self._of_people(one.authors), *self._of_key(one.key))
            self._ties.tie([own, *(node for node in nodes if node is not None)])
            self._series.add(own, one.mark)
            self._series_keys.append(one.key)

    def add_authors(self, authors: Iterable[StandingGlimpse]) -> None:
        """Take authors that are known from before."""
        for one in authors:
            self._authors.add(self._ties.node(_author(one.key)), one.mark)
            self._author_keys.append(one.key)

    def add_gaps(self, gaps: Iterable[GapGlimpse]) -> None:
        """Take gaps."""
        for gap in gaps:
            name = _series(gap.owner) if gap.kind is GapKind.SERIES else _author(gap.owner)
            self._gaps.add(self._ties.node(name), gap.mark)

    def add_decisions(self, merges: Iterable[MergeProposal], follows: Iterable[Follow]) -> None:
        """Take what people said, after everything else: a followed series is any whose name may be meant."""
        for merge in merges:
            ends = (merge.one, merge.other)
            keys = [self._ties.node(_series(key)) for key in ends]
            canonical = self._of_name(merge.canonical)
            nodes = (*keys, *(node for key in ends for node in self._of_key(key)))
            self._ties.tie(nodes if canonical is None else (canonical, *nodes))
        for follow in follows:
            self._follows.append(follow)
            if follow.kind == "series":
                self._ties.tie([self._ties.node(_followed(follow)), *self._of_key(follow.key), *self._meant(follow)])

    def portions(self, but: Collection[int] = ()) -> tuple[tuple[Portion, ...], frozenset[int]]:
        """The smallest portions there are, but those of some marks; and the marks of all."""
        marks: dict[int, int] = {}
        for column in (self._books, self._series, self._authors, self._gaps):
            for node, mark in zip(column.nodes, column.marks, strict=True):
                end = self._ties.end(node)
                marks[end] = hash((marks.get(end), mark))
        for follow in self._follows:
            end = self._ties.end(self._ties.node(_followed(follow)))
            marks[end] = hash((marks.get(end), repr(follow)))
        chosen = {end: Portion(marks=[mark]) for end, mark in marks.items() if mark not in but}
        self._fill(chosen)
        return tuple(chosen.values()), frozenset(marks.values())

    def _fill(self, chosen: dict[int, Portion]) -> None:
        end = self._ties.end
        for number, node in zip(self._ids, self._books.nodes, strict=True):
            if portion := chosen.get(end(node)):
                portion.books.append(number)
        for key, node in zip(self._series_keys, self._series.nodes, strict=True):
            if portion := chosen.get(end(node)):
                portion.series.append(key)
        for key, node in zip(self._author_keys, self._authors.nodes, strict=True):
            if portion := chosen.get(end(node)):
                portion.authors.append(key)
        for follow in self._follows:
            if portion := chosen.get(end(self._ties.node(_followed(follow)))):
                portion.follows.append(follow)

    def _of_people(self, names: tuple[str, ...]) -> int | None:
        if names not in self._people:
            whole = (*names, *(one for name in names for one in split_people(name)))
            keys = {author_key(name): None for name in whole if not is_placeholder(name)}
            self._people[names] = self._ties.tie([self._ties.node(_author(key)) for key in keys if key])
        return self._people[names]

    def _of_name(self, name: str) -> int | None:
        if name not in self._names:
            key = series_key(name.strip())[0]
            self._names[name] = self._ties.node(_name(key)) if key else None
        return self._names[name]

    def _of_key(self, key: str) -> list[int]:
        """The name, and the author if there is one, in the key of a series (`foundation|asimov isaac`)."""
        name, _, author = key.rpartition("|")
        nodes = [self._ties.node(_name(name.partition(" (")[0]))]
        return [*nodes, self._ties.node(_author(author))] if author else nodes

    def _meant(self, follow: Follow) -> list[int]:
        own = set(words(follow.name))
        return [
            node
            for name, node in self._names.items()
            if node is not None
            and not own.isdisjoint(words(name))
            and compare_series(follow.name, name) is Likeness.SAME
        ]


def gathered(small: Iterable[Portion], books: int) -> Iterator[Portion]:
    """The same portions put together to some of about so many books; a large one stays as it is."""
    whole = Portion()
    for one in small:
        whole.books += one.books
        whole.series += one.series
        whole.authors += one.authors
        whole.follows += one.follows
        whole.marks += one.marks
        if len(whole.books) + len(whole.series) + len(whole.authors) >= books:
            yield whole
            whole = Portion()
    if whole.marks:
        yield whole


class _Ties:
    """What belongs together: each node leads to another one of its portion, and at last to its end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._next: array[int] = array("q")

    def node(self, name: str) -> int:
        """The node of a name."""
        number = self._numbers.setdefault(name, len(self._next))
        if number == len(self._next):
            self._next.append(number)
        return number

    def end(self, node: int) -> int:
        """The node that stands for the whole portion."""
        further = self._next
        while (step := further[node]) != node:
            further[node] = node = further[step]
        return node

    def tie(self, nodes: Sequence[int]) -> int | None:
        """Put nodes into one portion, and return one of them."""
        if not nodes:
            return None
        end = self.end(nodes[0])
        for node in nodes[1:]:
            self._next[self.end(node)] = end
        return end


def _followed(follow: Follow) -> str:
    return _series(follow.key) if follow.kind == "series" else _author(follow.key)


def _series(key: str) -> str:
    return f"key {key}"


def _author(key: str) -> str:
    return f"author {key}"


def _name(key: str) -> str:
    return f"series {key}"
