"""Decides who wrote a release: the authors that are known, those behind `by`, those between the dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.parse.numbering import cut_at_number
from audiobook_daemon.matching.parse.personhood import LIKELY, likelihood, odds, without_works
from audiobook_daemon.matching.parse.placing import weigh_places
from audiobook_daemon.matching.parse.segments import Segment
from audiobook_daemon.matching.people import same_person, split_people
from audiobook_daemon.matching.text import words

_BY = re.compile(r"(?:^|,?\s)(?:(?:written|authored)\s)?(?:by|von|par|door):?\s+(?=\S)", re.IGNORECASE)
_ENGLISH_BY = re.compile(r"by", re.IGNORECASE)
_MOST_BYS = 3
_AFTER_BY = 0.5
_AFTER_FOREIGN_BY = -1.5
"""What a name has ahead behind `by`; `von` and `par` stand in titles and in names."""
_LEAST = 0.2
_PERHAPS = 0.3


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote it, and the segments without the authors."""

    authors: tuple[str, ...]
    segments: tuple[Segment, ...]
    everything: bool = False
    """Whether it says that it holds all that they wrote."""


@dataclass(frozen=True, slots=True)
class _By:
    """A place where a segment says `by`."""

    index: int
    title: str
    names: str
    english: bool
    stated: bool
    """Whether a tracker's stamp follows, or the number of a volume precedes."""


def find_authors(
    segments: Sequence[Segment],
    known: Sequence[str] = (),
    *,
    authors_first: bool = False,
    everything: bool = False,
) -> Authorship:
    """Take the authors out of the segments; `known` are those that the release was searched by.

    With `authors_first` the first segment names them, as in scene releases; with `everything` a lone segment does.
    """
    bys = tuple(_bys(segments))
    if found := _known_segment(segments, bys, known) or _after_stated_by(segments, bys):
        return found
    if authors_first and len(segments) > 1 and not cut_at_number(segments[0].text):
        return _taken(segments, 0)
    if len(segments) == 1 and (alone := _author_of_works(segments[0].text, everything=everything)):
        return Authorship(alone, (), everything=True)
    candidates = [
        *_after_by(segments, bys),
        *((score, _taken(segments, index)) for score, index in weigh_places(segments)),
    ]
    _, best = max(candidates, key=lambda candidate: candidate[0], default=(0.0, None))
    return best or Authorship((), tuple(segments))


def _known_segment(segments: Sequence[Segment], bys: Sequence[_By], known: Sequence[str]) -> Authorship | None:
    if not known:
        return None
    for index, segment in enumerate(segments):
        names = split_people(without_works(segment.text))
        if names and all(_is_known(name, known) for name in names):
            return Authorship(names, (*segments[:index], *segments[index + 1 :]))
    for by in bys:
        names = split_people(by.names)
        if names and any(_is_known(name, known) for name in names):
            return Authorship(names, _cut(segments, by.index, by.title))
    return _known_words(segments, known)


def _known_words(segments: Sequence[Segment], known: Sequence[str]) -> Authorship | None:
    """The known author's name at the beginning or end of a segment, with nothing between it and the title."""
    for index, segment in enumerate(segments):
        pieces = segment.text.split()
        for name in known:
            width = len(name.split())
            for part, rest in ((pieces[:width], pieces[width:]), (pieces[-width:], pieces[:-width])):
                if rest and words(" ".join(part)) == words(name):
                    return Authorship((name,), _cut(segments, index, " ".join(rest).strip(" ,:-")))
    return None


def _bys(segments: Sequence[Segment]) -> Iterator[_By]:
    for index, segment in enumerate(segments):
        for found in list(_BY.finditer(segment.text))[: -_MOST_BYS - 1 : -1]:
            title, names = segment.text[: found.start()].strip(), segment.text[found.end() :].strip()
            numbered = cut_at_number(title)
            stated = segment.stamped or (numbered is not None and not numbered.tail)
            yield _By(index, title, names, bool(_ENGLISH_BY.search(found[0])), stated and bool(title))


def _after_stated_by(segments: Sequence[Segment], bys: Sequence[_By]) -> Authorship | None:
    """`by` before a tracker's stamp or behind the number of a volume: what follows is a name, however strange."""
    for by in bys:
        if by.stated and by.english and likelihood(by.names) >= _PERHAPS:
            return Authorship(split_people(by.names), _cut(segments, by.index, by.title))
    return None


def _after_by(segments: Sequence[Segment], bys: Sequence[_By]) -> Iterator[tuple[float, Authorship]]:
    for by in bys:
        score = odds(by.names) + (_AFTER_BY if by.english else _AFTER_FOREIGN_BY)
        if (by.title or by.index > 0) and score >= _LEAST:
            yield score, Authorship(split_people(by.names), _cut(segments, by.index, by.title))


def _author_of_works(text: str, *, everything: bool) -> tuple[str, ...]:
    """The author of whom a text says that it holds everything (`Agatha Christie Complete Works`)."""
    name = without_works(text)
    sure = everything or (name != text and likelihood(name) > LIKELY)
    return split_people(name) if sure else ()


def _taken(segments: Sequence[Segment], index: int) -> Authorship:
    names = split_people(without_works(segments[index].text))
    rest = [*segments[:index], *segments[index + 1 :]]
    if index == 0 and rest:
        rest[0] = replace(rest[0], dash=True)
    return Authorship(names, tuple(rest))


def _cut(segments: Sequence[Segment], index: int, title: str) -> tuple[Segment, ...]:
    kept = (replace(segments[index], text=title),) if title else ()
    return (*segments[:index], *kept, *segments[index + 1 :])


def _is_known(name: str, known: Sequence[str]) -> bool:
    return any(same_person(name, other) not in {Likeness.DIFFERENT, Likeness.UNSURE} for other in known)
