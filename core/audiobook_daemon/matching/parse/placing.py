"""Weighs which of the segments between dashes names the authors: by its words, its place and its company."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audiobook_daemon.matching.parse.numbering import cut_at_number, cut_at_trailing_number, is_track
from audiobook_daemon.matching.parse.personhood import odds, without_works
from audiobook_daemon.matching.parse.segments import Segment
from audiobook_daemon.matching.parse.subtitles import is_surely_subtitle
from audiobook_daemon.matching.text import words

_FIRST_PLACE = 0.9
"""What the first of several segments has ahead: most releases put the author there."""
_TITLED = 1.6
"""What a segment lacks that has a series or a remark in brackets on it."""
_OTHER_TITLED = 0.8
"""What a segment has ahead when such brackets hang on another one."""
_AFTER_NUMBER = 1.0
"""What a segment lacks behind a bare number: there stands a title."""
_LEAST = -1.0
_LEAST_BESIDE_TITLE = -2.0
"""Enough for a last segment when all others are worded as titles."""
_LEAST_BESIDE_NUMBER = 0.2
"""Needed when all others have a bare number and may be series."""
_NO_PERSON = -4.0
_LIKELY = 0.8
_CERTAIN = 2.2
"""Needed when nothing else could be the title, or when only a bracket parts the name from the rest."""


def weigh_places(segments: Sequence[Segment]) -> Iterator[tuple[float, int]]:
    """The segments that may name the authors: log odds with all evidence, and index."""
    if len(segments) < 2:
        return
    subtitled = len(segments) == 2 and is_surely_subtitle(segments[1].text)
    for index, segment in enumerate(segments):
        text = without_works(segment.text)
        if subtitled and (" " not in text or odds(text) < _NO_PERSON):
            continue
        if cut_at_number(text) or _is_series_of_other(text, segments):
            continue
        others = [other for place, other in enumerate(segments) if place != index]
        score = odds(text) + _FIRST_PLACE * (index == 0) - _TITLED * segment.titled
        score += _OTHER_TITLED * any(other.titled for other in others)
        if index > 0 and segments[index - 1].text.isdigit():
            score -= _AFTER_NUMBER
        if score >= _needed(segment, others, first=index == 0):
            yield score, index


def _is_series_of_other(text: str, segments: Sequence[Segment]) -> bool:
    """Whether another segment is this text with a number: a first volume that is called like its series."""
    numbered = (cut_at_trailing_number(other.text) for other in segments)
    return any(found is not None and words(found.head) == words(text) for found in numbered)


def _needed(segment: Segment, others: Sequence[Segment], *, first: bool) -> float:
    if not any(_may_be_title(other.text) for other in others):
        return _LIKELY if first else _CERTAIN
    if not first and all(other.text.isdigit() or cut_at_trailing_number(other.text) for other in others):
        return _LEAST_BESIDE_NUMBER
    parted_by_bracket = not segment.dash or (first and not others[0].dash)
    if parted_by_bracket:
        return _CERTAIN
    if not first and all(odds(other.text) < _NO_PERSON for other in others):
        return _LEAST_BESIDE_TITLE
    return _LEAST


def _may_be_title(text: str) -> bool:
    if is_track(text):
        return False
    found = cut_at_number(text)
    return found is None or bool(found.tail and not found.of) or (found.link in {",", ":"} and ": " in found.head)
