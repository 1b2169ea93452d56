"""What nothing explains in the title of a release, and how far it speaks against the book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audiobook_daemon.matching.identity.labels import Kind, Labels
from audiobook_daemon.matching.identity.reading import Reading
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.matching.people import person_likelihood
from audiobook_daemon.matching.titles import is_descriptive

_BESIDE, _BESIDE_EACH = -2.2, -1.0
_BESIDE_GENERIC = -0.7
_BEHIND, _BEHIND_EACH = -1.2, -0.4
_BEFORE_EACH, _BEFORE_MOST = -0.25, -0.75
_BRACKET_EACH, _BRACKET_MOST = -0.3, -0.9
_SLOT_EACH, _SLOT_MOST = -1.0, -2.0
_HARMLESS = -0.2
_OTHER_SERIES = -0.3
_NUMBER = -1.0
_AFTER_REMARKS = -0.05
_PERHAPS_READER = -0.8
_MOST = -5.0
_PERHAPS_PERSON, _SURELY_PERSON = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class Leftover:
    """Neighbouring words that nothing explains."""

    text: str
    weight: float
    """How they change the odds, as a decimal logarithm."""
    stranger: bool = False
    """Whether they seem to name another author."""


@dataclass(frozen=True, slots=True)
class _Run:
    begin: int
    end: int
    link: str
    """What parts it from the title: nothing, `,`, `:`, `-`, `(`, or `elsewhere` beside other known words."""
    before: bool


def leftovers(labels: Labels, reading: Reading) -> tuple[Leftover, ...]:
    """The unexplained runs of a line, each weighed by where it stands."""
    return tuple(_weigh(run, labels, reading) for run in _runs(labels))


def _runs(labels: Labels) -> Iterator[_Run]:
    tokens, kinds, stretches = labels.line.tokens, labels.kinds, labels.line.stretches
    place = 0
    while place < len(tokens):
        if kinds[place] is not None:
            place += 1
            continue
        end, last = place + 1, place + 1
        while end < len(tokens) and stretches[end] == stretches[place] and kinds[end] in {None, Kind.NOISE}:
            if tokens[end].gap == "," and kinds[end] is None:
                break
            end += 1
            if kinds[end - 1] is None:
                last = end
        yield _Run(place, last, *_link(labels, place, last))
        place = last


def _link(labels: Labels, begin: int, end: int) -> tuple[str, bool]:
    """What parts a run from the title, and whether it stands before it."""
    stretches, tokens = labels.line.stretches, labels.line.tokens
    anchor = labels.anchor
    if anchor is None:
        return "", False
    first, last = anchor
    before = end <= first
    bracket = _in_bracket(labels, begin)
    if before:
        if stretches[begin] != stretches[first]:
            return "(" if bracket else "-", True
        between = range(end, first)
        marks = [tokens[place].gap for place in range(end, first + 1)]
    else:
        if stretches[begin] != stretches[last - 1]:
            if not bracket and Kind.AUTHOR in labels.kinds[last:begin]:
                return "elsewhere", False
            return "(" if bracket else tokens[_first_of(labels, begin)].gap or "-", False
        between = range(last, begin)
        marks = [tokens[place].gap for place in range(last, begin + 1)]
    if any(labels.kinds[place] not in {None, Kind.NOISE} for place in between):
        return "elsewhere", before
    return next((mark for mark in marks if mark), ""), before


def _first_of(labels: Labels, place: int) -> int:
    return labels.line.stretch(labels.line.stretches[place])[0]


def _in_bracket(labels: Labels, place: int) -> bool:
    first = labels.line.tokens[_first_of(labels, place)]
    return first.gap == "(" and labels.line.text[: first.start].rstrip()[-1:] in "([{<【（「『《"


def _weigh(run: _Run, labels: Labels, reading: Reading) -> Leftover:
    text = labels.line.written(run.begin, run.end)
    told = [labels.line.tokens[place] for place in range(run.begin, run.end) if labels.kinds[place] is None]
    count = sum(not token.number for token in told)
    if not count:
        return Leftover(text, _NUMBER if run.link == "" and not run.before else _HARMLESS)
    if run.link == "" and labels.spot is None:
        return Leftover(text, max(_SLOT_MOST, _SLOT_EACH * count))
    if run.link == "":
        return Leftover(text, _beside(text, count))
    if _follows_remarks(run, reading):
        return Leftover(text, _AFTER_REMARKS)
    if _is_series(run, labels):
        return Leftover(text, _OTHER_SERIES)
    if (likelihood := person_likelihood(text)) > _PERHAPS_PERSON:
        if not reading.release.authors and labels.author is None:
            return Leftover(text, 0.0, stranger=True)
        doubtful = likelihood < _SURELY_PERSON and run.link in {":", "-", ","} and not run.before
        return Leftover(text, _PERHAPS_READER if doubtful else _HARMLESS)
    if is_descriptive(text, by_length=run.link == ":"):
        return Leftover(text, _HARMLESS)
    return Leftover(text, _apart(run, count))


def _beside(text: str, count: int) -> float:
    """Words without a mark between them and the title: most likely the title goes on, and is another one."""
    if is_descriptive(text):
        return max(_MOST, _BESIDE_GENERIC * count)
    return max(_MOST, _BESIDE + _BESIDE_EACH * (count - 1))


def _apart(run: _Run, count: int) -> float:
    if run.link == "(":
        return max(_BRACKET_MOST, _BRACKET_EACH * count)
    if run.before or run.link == "elsewhere":
        return max(_BEFORE_MOST, _BEFORE_EACH * count)
    return max(_MOST, _BEHIND + _BEHIND_EACH * (count - 1))


def _is_series(run: _Run, labels: Labels) -> bool:
    """Whether the number of a volume stands beside it: then it names a series."""
    beside = (run.begin - 1, run.end)
    return any(
        0 <= place < len(labels.kinds)
        and labels.kinds[place] is Kind.POSITION
        and labels.line.stretches[place] == labels.line.stretches[run.begin]
        for place in beside
    )


def _follows_remarks(run: _Run, reading: Reading) -> bool:
    """Whether it stands behind clear remarks, as the names of uploaders do."""
    return run.begin > 0 and reading.remarks.get(run.begin - 1, Weight.LOOSE) is Weight.CLEAR
