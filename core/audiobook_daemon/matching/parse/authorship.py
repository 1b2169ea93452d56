"""Decides which segment of a release names its authors."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.parse.numbering import cut_at_number, cut_at_trailing_number
from audiobook_daemon.matching.parse.segments import Segment
from audiobook_daemon.matching.people import person_likelihood, same_person, split_people
from audiobook_daemon.matching.text import words

_BY = re.compile(r"(?:^|,?\s)(?:(?:written|authored)\s)?(?:by|von|par|door):?\s+(?=\S)", re.IGNORECASE)
_ENGLISH_BY = re.compile(r"by", re.IGNORECASE)
_WORKS = re.compile(
    r"[\s,:]{1,5}(?:(?:complete|collected|audio|audiobook|full|entire)\s){0,3}"
    r"(?:collection|audiobooks?|works|books|bibliography|library|discography)$",
    re.IGNORECASE,
)
_SERIES_WORDS = frozenset(
    words("""
        series saga chronicles chronicle trilogy cycle archive archives universe quartet duology quintet tales
        adventures mysteries mystery files legacy novels reihe serie zyklus trilogie chroniken
    """)
)
_FIRST_PLACE = 0.6
"""What the first of several segments has ahead: most releases put the author there."""
_TITLED = 1.6
"""What a segment lacks that has a series or a remark in brackets on it."""
_OTHER_TITLED = 0.8
"""What a segment has ahead when such brackets hang on another one."""
_AFTER_BY = 0.5
_AFTER_FOREIGN_BY = -1.5
"""What a name has ahead behind `by`; `von` and `par` stand in titles and in names."""
_LEAST_SCORE = -1.0
_LEAST_SCORE_AFTER_BY = 0.2
_LIKELY_SCORE = 0.8
_CERTAIN_SCORE = 2.2
"""Needed when nothing else could be the title, or when only a bracket parts the name from the rest."""
_MOST_BYS = 3
_PERHAPS = 0.3


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote it, and the segments without the authors."""

    authors: tuple[str, ...]
    segments: tuple[Segment, ...]


def find_authors(segments: Sequence[Segment], known: Sequence[str] = ()) -> Authorship:
    """Take the authors out of the segments; `known` are those that the release was searched by."""
    if found := _known_segment(segments, known) or _after_stated_by(segments):
        return found
    candidates = [*_after_by(segments), *_between_dashes(segments)]
    _, best = max(candidates, key=lambda candidate: candidate[0], default=(0.0, None))
    return best or Authorship((), tuple(segments))


def without_works(text: str) -> str:
    """A name without the words by which packs of one author are called (`Complete Collection`)."""
    return _WORKS.sub("", text)


def likelihood(text: str) -> float:
    """How likely a segment's text names people and is no title or series."""
    last = words(text)[-1:]
    return 0.1 if last and last[0] in _SERIES_WORDS else person_likelihood(text)


def _known_segment(segments: Sequence[Segment], known: Sequence[str]) -> Authorship | None:
    if not known:
        return None
    for index, segment in enumerate(segments):
        names = split_people(without_works(segment.text))
        if names and all(_is_known(name, known) for name in names):
            return Authorship(names, (*segments[:index], *segments[index + 1 :]))
    for index, segment in enumerate(segments):
        for found in reversed(list(_BY.finditer(segment.text))[-_MOST_BYS:]):
            names = split_people(segment.text[found.end() :])
            if names and any(_is_known(name, known) for name in names):
                return Authorship(names, _cut(segments, index, segment.text[: found.start()]))
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


def _after_stated_by(segments: Sequence[Segment]) -> Authorship | None:
    """`by` before a tracker's stamp or behind the number of a volume: what follows is a name, however strange."""
    for index, segment in enumerate(segments):
        for found in reversed(list(_BY.finditer(segment.text))[-_MOST_BYS:]):
            title, names = segment.text[: found.start()].strip(), segment.text[found.end() :].strip()
            numbered = cut_at_number(title)
            stated = segment.stamped or (numbered is not None and not numbered.tail)
            if title and stated and _ENGLISH_BY.search(found[0]) and likelihood(names) >= _PERHAPS:
                return Authorship(split_people(names), _cut(segments, index, title))
    return None


def _after_by(segments: Sequence[Segment]) -> Iterator[tuple[float, Authorship]]:
    for index, segment in enumerate(segments):
        for found in list(_BY.finditer(segment.text))[-_MOST_BYS:]:
            title, names = segment.text[: found.start()].strip(), segment.text[found.end() :].strip()
            score = _odds(names) + (_AFTER_BY if _ENGLISH_BY.search(found[0]) else _AFTER_FOREIGN_BY)
            if (title or index > 0) and score >= _LEAST_SCORE_AFTER_BY:
                yield score, Authorship(split_people(names), _cut(segments, index, title))


def _between_dashes(segments: Sequence[Segment]) -> Iterator[tuple[float, Authorship]]:
    if len(segments) < 2:
        return
    for index, segment in enumerate(segments):
        text = without_works(segment.text)
        if cut_at_number(text) or _is_series_of_other(text, segments):
            continue
        others = [other for place, other in enumerate(segments) if place != index]
        score = _odds(text) + _FIRST_PLACE * (index == 0) - _TITLED * segment.titled
        score += _OTHER_TITLED * any(other.titled for other in others)
        if score >= _needed(segment, others, first=index == 0):
            yield score, _taken(segments, index)


def _is_series_of_other(text: str, segments: Sequence[Segment]) -> bool:
    """Whether another segment is this text with a number: a first volume that is called like its series."""
    numbered = (cut_at_trailing_number(other.text) for other in segments)
    return any(found is not None and words(found.head) == words(text) for found in numbered)


def _needed(segment: Segment, others: Sequence[Segment], *, first: bool) -> float:
    if not any(_may_be_title(other.text) for other in others):
        return _LIKELY_SCORE if first else _CERTAIN_SCORE
    if not first and all(cut_at_trailing_number(other.text) for other in others):
        return _LEAST_SCORE_AFTER_BY
    parted_by_bracket = not segment.dash or (first and not others[0].dash)
    return _CERTAIN_SCORE if parted_by_bracket else _LEAST_SCORE


def _odds(text: str) -> float:
    chance = min(max(likelihood(text), 0.001), 0.999)
    return math.log(chance / (1 - chance))


def _may_be_title(text: str) -> bool:
    found = cut_at_number(text)
    return found is None or bool(found.tail and not found.of) or (found.link in {",", ":"} and ": " in found.head)


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
