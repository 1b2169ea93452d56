"""Parts a library into portions that can be counted one by one, as if the whole were at hand; pure.

What shares an author or a series, by whatever chain, stands in one portion. A portion that is as it was when it was
counted need not be counted again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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

    @property
    def mark(self) -> int:
        """Is another when anything of the portion is."""
        return hash(tuple(self.marks))


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything there is, in glimpses."""

    books: Sequence[BookGlimpse]
    series: Sequence[StandingGlimpse]
    authors: Sequence[StandingGlimpse]
    gaps: Mapping[GapKind, Sequence[GapGlimpse]]
    follows: Sequence[Follow]
    merges: Sequence[MergeProposal]


def portions(sight: Sight) -> tuple[Portion, ...]:
    """The portions of a library, the smallest there are."""
    ties = _Ties()
    shelves = [ties.tie(_of_book(book)) for book in sight.books]
    for one in sight.series:
        ties.tie((_series(one.key), _name(one.name), *_owner(one.key), *_people(one.authors)))
    for merge in sight.merges:
        ends = (merge.one, merge.other)
        ties.tie((_name(merge.canonical), *map(_series, ends), *(node for end in ends for node in _owner(end))))
    for follow in sight.follows:
        ties.tie(_of_follow(follow, sight))
    found: defaultdict[str, Portion] = defaultdict(Portion)
    for book, shelf in zip(sight.books, shelves, strict=True):
        if shelf is not None:
            portion = found[ties.end(shelf)]
            portion.books.append(book.id)
            portion.marks.append(book.mark)
    _add_known(found, ties, sight)
    return tuple(found.values())


def gathered(small: Iterable[Portion], books: int) -> Iterator[Portion]:
    """The same portions put together to some of about so many books; a large one stays as it is."""
    whole = Portion()
    for one in small:
        whole.books += one.books
        whole.series += one.series
        whole.authors += one.authors
        whole.follows += one.follows
        whole.marks.append(one.mark)
        if len(whole.books) + len(whole.series) + len(whole.authors) >= books:
            yield whole
            whole = Portion()
    if whole.marks:
        yield whole


def _add_known(found: Mapping[str, Portion], ties: _Ties, sight: Sight) -> None:
    for one in sight.series:
        portion = found[ties.end(_series(one.key))]
        portion.series.append(one.key)
        portion.marks.append(one.mark)
    for one in sight.authors:
        portion = found[ties.end(_author(one.key))]
        portion.authors.append(one.key)
        portion.marks.append(one.mark)
    for kind, gaps in sight.gaps.items():
        node = _series if kind is GapKind.SERIES else _author
        for gap in gaps:
            found[ties.end(node(gap.owner))].marks.append(gap.mark)
    for follow in sight.follows:
        portion = found[ties.end(_followed(follow))]
        portion.follows.append(follow)
        portion.marks.append(hash(repr(follow)))


class _Ties:
    """What belongs together: each node leads to another one of its portion, and at last to its end."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    def end(self, node: str) -> str:
        """The node that stands for the whole portion."""
        path = []
        while (further := self._next.get(node, node)) != node:
            path.append(node)
            node = further
        for one in path:
            self._next[one] = node
        return node

    def tie(self, nodes: Sequence[str]) -> str | None:
        """Put nodes into one portion, and return one of them."""
        if not nodes:
            return None
        end = self.end(nodes[0])
        for node in nodes[1:]:
            if (other := self.end(node)) != end:
                self._next[other] = end
        return end


def _of_book(book: BookGlimpse) -> tuple[str, ...]:
    return (*_people(book.authors), *(node for name in book.series if (node := _name(name))))


def _of_follow(follow: Follow, sight: Sight) -> tuple[str, ...]:
    """A followed series belongs to every series that it may be."""
    node = _followed(follow)
    if follow.kind != "series":
        return (node,)
    own = set(words(follow.name))
    names = {name for book in sight.books for name in book.series} | {one.name for one in sight.series}
    names |= {merge.canonical for merge in sight.merges}
    alike = (
        _name(name)
        for name in names
        if not own.isdisjoint(words(name)) and compare_series(follow.name, name) is Likeness.SAME
    )
    return (node, _name(follow.name), *_owner(follow.key), *alike)


def _followed(follow: Follow) -> str:
    return _series(follow.key) if follow.kind == "series" else _author(follow.key)


def _series(key: str) -> str:
    return f"key {key}"


def _author(key: str) -> str:
    return f"author {key}"


@lru_cache(maxsize=8192)
def _name(name: str) -> str:
    key = series_key(name.strip())[0]
    return f"series {key}" if key else ""


def _owner(key: str) -> tuple[str, ...]:
    """The name, and the author if there is one, in the key of a series (`foundation|asimov isaac`)."""
    name, _, author = key.rpartition("|")
    return (f"series {name.partition(' (')[0]}", *((_author(author),) if author else ()))


@lru_cache(maxsize=8192)
def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    whole = (*names, *(one for name in names for one in split_people(name)))
    keys = {author_key(name): None for name in whole if not is_placeholder(name)}
    return tuple(_author(key) for key in keys if key)
