"""Explains the tokens of a release title by what is known: title, people, series, positions, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity.line import Line
from audiobook_daemon.matching.identity.profile import SURNAME, NameForm, Profile, TitleForm, name_forms
from audiobook_daemon.matching.identity.reading import Reading
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.matching.people import looks_like_person, same_person
from audiobook_daemon.matching.people.vocabulary import OTHER_ROLES
from audiobook_daemon.matching.titles import joined, tokenise
from audiobook_daemon.matching.titles.vocabulary import ARTICLES_ABROAD, DIVISIONS, NOISE, SERIES_WORDS
from audiobook_daemon.matching.works import series_key

_RANGE = frozenset("-‐‑‒–—~&+,")
_RANGE_WORDS = frozenset({"to", "and", "thru", "through", "bis", "und", "&"})
_BY = frozenset({"by", "von", "par", "por", "da", "av", "door"})
_CERTAIN_NAME = 1.3
_MISSPELLED = 1.4
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2100
_LEAST_STRANGE = 1000
"""No series has so many volumes."""


class Kind(StrEnum):
    """What a token is explained by."""

    TITLE = "title"
    AUTHOR = "author"
    OTHER_PERSON = "person"
    NARRATOR = "narrator"
    SERIES = "series"
    OTHER_SERIES = "other_series"
    POSITION = "position"
    REMARK = "remark"
    NOISE = "noise"


_WEAK = frozenset({None, Kind.NOISE, Kind.REMARK})
"""What may be part of a longer name after all."""
_NAMING = frozenset({Kind.TITLE, Kind.AUTHOR})


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a volume that the text states, or a range of them."""

    place: int
    """The index of its token."""
    first: str
    last: str | None
    marked: bool
    named: bool
    """Whether it stands with the name of the book's own series."""
    behind_title: bool
    """Whether it follows the title at once."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a form of the title stands: index of the first token and of the one after the last."""

    form: TitleForm
    begin: int
    end: int


@dataclass(slots=True)
class Labels:
    """The kinds of all tokens of a line; None is what nothing explains."""

    line: Line
    spot: Spot | None
    kinds: list[Kind | None]
    author: NameForm | None = None
    """The best form in which an author of the book was found."""
    stated: list[Stated] = field(default_factory=list)

    @property
    def anchor(self) -> tuple[int, int] | None:
        """Where the book is named: its title, else its series with what is labelled beside it."""
        if self.spot:
            return self.spot.begin, self.spot.end
        if Kind.SERIES not in self.kinds:
            return None
        begin = end = self.kinds.index(Kind.SERIES)
        while end < len(self.kinds) and self.kinds[end] in {Kind.SERIES, Kind.POSITION}:
            end += 1
        return begin, end

    def put(self, kind: Kind, begin: int, end: int) -> bool:
        """Label tokens that are free, or noise among free ones; returns whether they were."""
        kinds = self.kinds[begin:end]
        if any(known not in _WEAK for known in kinds) or (None not in kinds and kind not in _NAMING):
            return False
        self.kinds[begin:end] = [kind] * (end - begin)
        return True

    def find(self, kind: Kind, key: str) -> bool:
        """Label every free place where a key stands; returns whether there was any."""
        found = [self.put(kind, begin, end) for begin, end in self.line.find(key)]
        return any(found)


def label(profile: Profile, reading: Reading, spot: Spot | None) -> Labels:
    """Label the tokens of a release, the title standing at a spot."""
    labels = Labels(reading.line, spot, [None] * len(reading.line.tokens))
    if spot:
        labels.put(Kind.TITLE, spot.begin, spot.end)
    _people(labels, profile, reading)
    _series(labels, profile, reading)
    if spot:
        _repeated_title(labels, spot.form.key)
    _remarks(labels, reading)
    _positions(labels, profile)
    _noise(labels)
    if None in labels.kinds and not _trails(labels, reading):
        _claims(labels, reading)
    return labels


def _repeated_title(labels: Labels, key: str) -> None:
    """The title once more, as series are called like their first book; not within a longer name."""
    tokens = labels.line.tokens
    for begin, end in labels.line.find(key):
        first = begin - 1 if begin > 0 and tokens[begin - 1].light else begin
        if first == 0 or tokens[first].gap or labels.kinds[first - 1] is not None:
            labels.put(Kind.TITLE, begin, end)


def _people(labels: Labels, profile: Profile, reading: Reading) -> None:
    for form in profile.authors:
        for begin, end in labels.line.find(form.key):
            if _is_credit_of_reader(labels, begin):
                labels.put(Kind.NARRATOR, begin, end)
            elif form.weight == SURNAME:
                _surname(labels, form, begin, end)
            else:
                _author(labels, form, begin, end)
    _names(labels, Kind.NARRATOR, reading.release.narrators)
    _names(labels, Kind.OTHER_PERSON, reading.release.authors)


def _author(labels: Labels, form: NameForm, begin: int, end: int) -> None:
    if labels.put(Kind.AUTHOR, begin, end) and (labels.author is None or form.weight > labels.author.weight):
        labels.author = form


def _surname(labels: Labels, form: NameForm, begin: int, end: int) -> None:
    """Label a surname with a given name beside it that is only spelled otherwise; another person's is not labelled."""
    for first, last in _with_given_name(labels, begin, end):
        name = labels.line.written(first, last)
        if looks_like_person(name):
            likeness = same_person(name, form.name)
            if likeness is Likeness.DIFFERENT:
                return
            if likeness is Likeness.SAME:
                _author(labels, replace(form, weight=_MISSPELLED), first, last)
                return
    _author(labels, form, begin, end)


def _with_given_name(labels: Labels, begin: int, end: int) -> Iterator[tuple[int, int]]:
    tokens, kinds = labels.line.tokens, labels.kinds
    if begin > 0 and tokens[begin].gap == "" and kinds[begin - 1] is None:
        yield begin - 1, end
    if end < len(tokens) and tokens[end].gap == "," and kinds[end] is None:
        yield begin, end + 1


def _is_credit_of_reader(labels: Labels, begin: int) -> bool:
    """Whether a name follows `read by` or the like."""
    tokens = labels.line.tokens
    return begin > 1 and tokens[begin - 1].key in _BY and tokens[begin - 2].key in OTHER_ROLES


def _names(labels: Labels, kind: Kind, names: Iterable[str]) -> None:
    for name in names:
        for form in name_forms(name):
            if form.weight >= _CERTAIN_NAME and labels.find(kind, form.key):
                break


def _series(labels: Labels, profile: Profile, reading: Reading) -> None:
    for key, _ in profile.series:
        _one_series(labels, Kind.SERIES, key)
    for place in reading.release.series:
        _one_series(labels, Kind.OTHER_SERIES, series_key(place.name)[0])


def _one_series(labels: Labels, kind: Kind, key: str) -> None:
    tokens = labels.line.tokens
    for begin, end in labels.line.find(key):
        if begin > 0 and tokens[begin - 1].key in ARTICLES_ABROAD:
            labels.put(kind, begin - 1, begin)
        behind = end
        if labels.put(kind, begin, end):
            while behind < len(tokens) and tokens[behind].key in SERIES_WORDS and labels.put(kind, behind, behind + 1):
                behind += 1


def _remarks(labels: Labels, reading: Reading) -> None:
    """What stands apart is a remark; beside the title only among what can be nothing else."""
    own = labels.line.stretches[labels.spot.begin] if labels.spot else None
    for run in _runs_of_remarks(labels, reading):
        sure = any(reading.remarks.get(place, Weight.LOOSE) > Weight.LOOSE for place in run)
        for place in run:
            if place in reading.remarks and (sure or labels.line.stretches[place] != own):
                labels.kinds[place] = Kind.REMARK


def _runs_of_remarks(labels: Labels, reading: Reading) -> list[list[int]]:
    """Neighbouring tokens that are remarks or noise."""
    runs: list[list[int]] = [[]]
    for place, token in enumerate(labels.line.tokens):
        free = labels.kinds[place] is None and not token.marked
        if free and (place in reading.remarks or token.key in NOISE):
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return runs


def _positions(labels: Labels, profile: Profile) -> None:
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


def _is_year(key: str) -> bool:
    return len(key) == 4 and key.isdigit() and _EARLIEST_YEAR <= int(key) <= _LATEST_YEAR


def _noise(labels: Labels) -> None:
    for place, token in enumerate(labels.line.tokens):
        if labels.kinds[place] is None and (token.light or token.key in NOISE or _is_year(token.key)):
            labels.kinds[place] = Kind.NOISE


def _trails(labels: Labels, reading: Reading) -> bool:
    """Whether all that is unexplained is a single word behind clear remarks, as the names of uploaders are."""
    last = len(labels.kinds) - 1
    return (
        labels.kinds.index(None) == last > 0
        and labels.kinds[last - 1] is Kind.REMARK
        and reading.remarks.get(last - 1) is Weight.CLEAR
    )


def _claims(labels: Labels, reading: Reading) -> None:
    """What is still unexplained may be what the title claims to those who do not know the wish."""
    claims = reading.claims
    _names(labels, Kind.NARRATOR, claims.narrators)
    _names(labels, Kind.OTHER_PERSON, claims.authors)
    for place in claims.series:
        if place.position:
            _one_series(labels, Kind.OTHER_SERIES, series_key(place.name)[0])
    for name in (claims.group, claims.publisher, claims.edition):
        if name:
            labels.find(Kind.NOISE, joined(tokenise(name)))
