"""Explains the tokens of a release title by what is known: title, people, series, positions, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audiobook_daemon.matching.claims import Likeness
from audiobook_daemon.matching.identity.labels import Kind, Labels, Spot
from audiobook_daemon.matching.identity.profile import SURNAME, NameForm, Profile, name_forms
from audiobook_daemon.matching.identity.reading import Reading
from audiobook_daemon.matching.identity.volumes import label_volumes
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.matching.people import looks_like_person, same_person
from audiobook_daemon.matching.people.vocabulary import OTHER_ROLES
from audiobook_daemon.matching.titles import joined, tokenise
from audiobook_daemon.matching.titles.vocabulary import ARTICLES_ABROAD, NOISE, SERIES_WORDS
from audiobook_daemon.matching.works import series_key

_BY = frozenset({"by", "von", "par", "por", "da", "av", "door"})
_CERTAIN_NAME = 1.3
_MISSPELLED = 1.4
_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2100


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
    label_volumes(labels, profile)
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
