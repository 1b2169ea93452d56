"""Tells the author's segment of a folder's name from those of the title and the series."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.parse.folder_segments import Segment
from audiobook_daemon.matching.parse.folder_vocabulary import SERIES_ENDS
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.people import person_likelihood, same_person, split_people
from audiobook_daemon.matching.text import words

_SURELY = 0.85
_RATHER = 0.5
_HARDLY = 0.05
_TURNED = 1.5
"""By how much the log odds of the last segment must be higher before a title is taken to stand before its author."""
_BY = re.compile(r"^(?P<title>.*\S)\s+(?:by|von|par)\s+(?P<names>\S.*)$")
_SAME = frozenset({Likeness.SAME, Likeness.SAME_EDITION, Likeness.SAME_WORK})


@dataclass(frozen=True, slots=True)
class Above:
    """What the folders above a name are known to be."""

    authors: tuple[str, ...] = ()
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The segments of a name without its people."""

    segments: tuple[Segment, ...]
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    listed: bool = False
    """Whether the author begins the name: what follows may be a series and then a title."""


def take_authors(segments: tuple[Segment, ...], above: Above, bracketed: tuple[tuple[str, ...], ...]) -> Taken:
    """Take the author's segment out; `bracketed` are people in brackets, who read where the author is known."""
    if above.authors:
        taken = _repeated(segments, above.authors)
    elif bracketed and not _stands_first(segments):
        return replace(_by(segments), authors=bracketed[0], narrators=_flat(bracketed[1:]))
    else:
        taken = _found(segments)
    known = taken.authors or above.authors
    if not known:
        return replace(taken, authors=_flat(bracketed[:1]), narrators=_flat(bracketed[1:]))
    strangers = tuple(name for name in _flat(bracketed) if not is_among(name, known))
    return replace(taken, narrators=strangers)


def is_among(name: str, names: tuple[str, ...]) -> bool:
    """Whether a name is surely one of those."""
    return any(same_person(name, other) in _SAME for other in names)


def _flat(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(name for group in groups for name in group)


def _repeated(segments: tuple[Segment, ...], authors: tuple[str, ...]) -> Taken:
    """Take out a segment that names the author of the folder above once more."""
    if len(segments) < 2:
        return _by_known(segments, authors)
    for place in (0, len(segments) - 1):
        one = segments[place]
        rest = (*segments[:place], *segments[place + 1 :])
        if not _is_only_people(one) and not any(other.text or other.series for other in rest):
            continue
        if one.is_text and any(is_among(name, authors) for name in split_people(one.text)):
            return Taken(rest, split_people(one.text), listed=place == 0)
    return _by_known(segments, authors)


def _by_known(segments: tuple[Segment, ...], authors: tuple[str, ...]) -> Taken:
    taken = _by(segments)
    return taken if any(is_among(name, authors) for name in taken.authors) else Taken(segments)


def _stands_first(segments: tuple[Segment, ...]) -> bool:
    return len(segments) > 1 and segments[0].is_text and person_likelihood(segments[0].text) > _RATHER


def _found(segments: tuple[Segment, ...]) -> Taken:
    """Find the author among segments of which none is known."""
    telling = [one for one in segments if one.text or one.series]
    titles = [one for one in telling if not one.is_text or read_remark(one.text) is None]
    has_more = len(titles) > 1 or (len(titles) == 1 and _other_title(segments))
    if not has_more:
        return _by(segments)
    first, last = titles[0], titles[-1]
    leads = segments[0] is first
    if last is not first and _likelihood(last) >= _RATHER:
        turned = _log_odds(last) - _log_odds(first) >= _TURNED
        if turned or not leads:
            return _without(segments, last)
    if leads and first.is_text and _likelihood(first) >= _enough(segments):
        return _without(segments, first)
    return _by(segments)


def _enough(segments: tuple[Segment, ...]) -> float:
    """How likely the first segment must name people to be the author's, for what stands behind it."""
    second = segments[1]
    if second.series is not None and len(segments) > 2:
        return 0.0  # `Author - Series 02 - Title` leaves no other place
    if second.number is not None and not second.series:
        return _SURELY  # a name right before a number is rather a series'
    return _HARDLY


def _other_title(segments: tuple[Segment, ...]) -> bool:
    """Whether a year could be the title that the only other segment has written (`George Orwell - 1984`)."""
    first = segments[0]
    return (
        segments[-1].year is not None and len(segments) > 1 and _likelihood(first) > _RATHER and _is_only_people(first)
    )


def _is_only_people(segment: Segment) -> bool:
    """Whether a segment has no word beside the names of people (`Stephen King Collection` has one)."""
    named = sum(len(words(name)) for name in split_people(segment.text))
    return len(words(segment.text)) <= named + segment.text.count("&") + segment.text.lower().count(" and ")


def _likelihood(segment: Segment) -> float:
    last = words(segment.text)[-1:]
    return person_likelihood(segment.text) if segment.is_text and not SERIES_ENDS.intersection(last) else 0.0


def _log_odds(segment: Segment) -> float:
    likelihood = min(max(_likelihood(segment), 0.001), 0.999)
    return math.log(likelihood / (1 - likelihood))


def _without(segments: tuple[Segment, ...], author: Segment) -> Taken:
    rest = tuple(one for one in segments if one is not author)
    return Taken(rest, split_people(author.text), listed=segments[0] is author)


def _by(segments: tuple[Segment, ...]) -> Taken:
    """`Title by Author` within the last segment with words."""
    for place in range(len(segments) - 1, -1, -1):
        found = _BY.match(segments[place].text)
        if found and person_likelihood(found["names"]) > _RATHER:
            kept = replace(segments[place], text=found["title"], written=found["title"])
            return Taken((*segments[:place], kept, *segments[place + 1 :]), split_people(found["names"]))
    return Taken(segments)
