"""Finds the numbers of volumes, and ranges of them, that a release title states."""

from __future__ import annotations

from audiobook_daemon.matching.identity.labels import Kind, Labels, Stated
from audiobook_daemon.matching.identity.profile import Profile
from audiobook_daemon.matching.titles.vocabulary import DIVISIONS

_RANGE = frozenset("-‐‑‒–—~&+,")
_RANGE_WORDS = frozenset({"to", "and", "thru", "through", "bis", "und", "&"})
_LEAST_STRANGE = 1000
"""No series has so many volumes."""


def label_volumes(labels: Labels, profile: Profile) -> None:
    """Label the numbers that stand where a volume is named, and note what they state."""
    tokens = labels.line.tokens
    own = {position for _, position in profile.series}
    place = 0
    while place < len(tokens):
        end = place + 1
        if tokens[place].number and labels.kinds[place] is None and _may_be_volume(tokens[place].key):
            end = _end_of_range(labels, place)
            stated = _stated(labels, place, end)
            if (
                stated.marked
                or stated.named
                or stated.behind_title
                or _stands_alone(labels, place, end)
                or stated.first in own
            ):
                labels.stated.append(stated)
                labels.put(Kind.POSITION, place, end)
        place = end


def _end_of_range(labels: Labels, place: int) -> int:
    tokens, text = labels.line.tokens, labels.line.text
    end = place + 1
    while end < len(tokens):
        token = tokens[end]
        between = text[tokens[end - 1].end : token.start].strip()
        if token.key in _RANGE_WORDS and end + 1 < len(tokens) and tokens[end + 1].number and not between:
            end += 2
        elif token.number and between and set(between) <= _RANGE and labels.kinds[end] is None:
            end += 1
        else:
            break
    return end


def _stated(labels: Labels, place: int, end: int) -> Stated:
    tokens = labels.line.tokens
    numbers = [token.key for token in tokens[place:end] if token.number]
    last = numbers[-1] if len(numbers) > 1 and float(numbers[-1]) > float(numbers[0]) else None
    before = place - 1
    if before > 0 and tokens[before].key in DIVISIONS:
        before -= 1
    near = tokens[place].gap in {"", ","} or (tokens[place].marked and tokens[place].gap == ":")
    behind = before >= 0 and labels.kinds[before] is Kind.TITLE and near
    return Stated(place, numbers[0], last, tokens[place].marked, _is_named(labels, place, end), behind)


def _is_named(labels: Labels, place: int, end: int) -> bool:
    """Whether the name of the own series stands beside a number: before it, or behind it with `of`."""
    kinds, tokens = labels.kinds, labels.line.tokens
    if place > 0 and kinds[place - 1] is Kind.SERIES:
        return True
    while end < len(tokens) and (tokens[end].light or tokens[end].key in {"of", "in", "from", "von", "de"}):
        end += 1
    return end < len(tokens) and kinds[end] is Kind.SERIES and tokens[end].gap == ""


def _stands_alone(labels: Labels, place: int, end: int) -> bool:
    """Whether nothing but a series stands beside a number in its stretch (`02 - Title`, `[Saga 02]`)."""
    begin, stop = labels.line.stretch(labels.line.stretches[place])
    return end == stop and (begin == place or all(kind is None for kind in labels.kinds[begin:place]))


def _may_be_volume(key: str) -> bool:
    return float(key) < _LEAST_STRANGE
