"""Finds what a text says about the recording: formats, bitrate, year, language, edition, and plain noise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.languages import language_code
from audiobook_daemon.matching.parse.claiming import NOTHING, merged
from audiobook_daemon.matching.parse.editions import may_begin_edition, read_edition, whole_edition
from audiobook_daemon.matching.parse.measures import PART_WORDS, read_measure, read_part
from audiobook_daemon.matching.parse.vocabulary import ENCODINGS, PHRASES, Weight
from audiobook_daemon.matching.text import words

_TOKEN = re.compile(r"[^\W_]+")
_SAYS_NOTHING = frozenset(
    {"a", "an", "the", "and", "or", "of", "in", "my", "das", "der", "die", "ein", "le", "la", "el"}
)
_COMMON_CODES = "de en fr es it nl sv da no nb fi pl pt ru cs hu tr ro ja zh ko ar he el bg hr"
_COUNTRIES = {"SE": "sv", "DK": "da", "CZ": "cs", "GR": "el", "JP": "ja", "CN": "zh", "KR": "ko", "UA": "uk"}
_CODES = {code.upper(): code for code in _COMMON_CODES.split()} | _COUNTRIES
"""Two capitals that name a language, or the country that releases give for it."""
_EDGES = " \t\n-–—_,;:/|+·•~.&@#*=()[]{}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of a text that speaks of the recording and not of the work."""

    start: int
    end: int
    claims: Claims
    weight: Weight


@dataclass(frozen=True, slots=True)
class Scan:
    """A text with its remarks; `gaps` are the words between them."""

    text: str
    remarks: tuple[Remark, ...]
    gaps: tuple[tuple[int, int], ...]

    @property
    def claims(self) -> Claims:
        """All that the remarks claim."""
        return merged(*(remark.claims for remark in self.remarks)) if self.remarks else NOTHING


@lru_cache(maxsize=2_000)
def scan(text: str, *, codes: bool = False) -> Scan:
    """Find every remark of a text; with `codes` two capitals may name a language (`DE`)."""
    tokens = [(found.start(), found.end(), _folded(found[0])) for found in _TOKEN.finditer(text)]
    remarks: list[Remark] = []
    gaps: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        remark = _remark(text, tokens, place) or (_language(text, tokens[place], codes=codes))
        if remark is None:
            gaps.append(tokens[place][:2])
            place += 1
            continue
        remarks.append(remark)
        while place < len(tokens) and tokens[place][0] < remark.end:
            place += 1
    return Scan(text, tuple(remarks), tuple(gaps))


def read_remark(text: str, *, codes: bool = False) -> Claims | None:
    """What a text claims that holds nothing but remarks (as in brackets); None when it holds any other word.

    With `codes` two capitals may name a language.
    """
    found = scan(text, codes=codes)
    known = found.claims if found.remarks and not found.gaps else None
    if known is not None and (known.edition or known != NOTHING):
        return known
    edition = whole_edition(text)
    if edition and (language := language_code(edition)):
        return Claims(language=language)
    return Claims(edition=edition) if edition else known


def peel(text: str) -> tuple[str, Claims]:
    """A text without the remarks at its end, and what they claim; a text never loses all that it says."""
    found = scan(text)
    last_gap = max((end for _, end in found.gaps), default=-1)
    run = [remark for remark in found.remarks if remark.start > last_gap]
    for index in range(_begin_of_clear_run(run, text), len(run)):
        rest = text[: run[index].start].rstrip(_EDGES)
        marked = run[index].weight > Weight.LOOSE or _is_loud(text, run[index])
        sure = marked and any(remark.weight is Weight.CLEAR for remark in run[index:])
        if (sure or _is_quiet_encoding(text, run[index])) and not says_nothing(rest):
            return rest, merged(*(remark.claims for remark in run[index:]))
    return text.strip(), NOTHING


def says_nothing(text: str) -> bool:
    """Whether a text has no word but articles and the like."""
    return all(word in _SAYS_NOTHING for word in words(text))


def _begin_of_clear_run(run: list[Remark], text: str) -> int:
    """Where the remarks begin that need no brackets: at a clear one, or at near ones and capitals that lead to it."""
    begin = next((index for index, remark in enumerate(run) if remark.weight is Weight.CLEAR), None)
    if begin is None:
        begin = len(run)
        while begin > 0 and _is_quiet_encoding(text, run[begin - 1]):
            begin -= 1
        return begin
    while begin > 0 and (run[begin - 1].weight > Weight.LOOSE or _is_loud(text, run[begin - 1])):
        begin -= 1
    return begin


def _is_loud(text: str, remark: Remark) -> bool:
    """Whether a remark is written in capitals, and the text is not."""
    return text[remark.start : remark.end].isupper() and not text.isupper()


def _is_quiet_encoding(text: str, remark: Remark) -> bool:
    """Whether a remark is a word for the encoding that is cased unlike the title: `The Stand mono`, `The Stand HQ`."""
    written, title = text[remark.start : remark.end], text[: remark.start]
    unlike = (written.islower() and not title.islower()) or (written.isupper() and not title.isupper())
    return unlike and all(word in ENCODINGS for word in written.lower().split())


def _remark(text: str, tokens: list[tuple[int, int, str]], place: int) -> Remark | None:
    start, _, word = tokens[place]
    if may_begin_edition(word) and (edition := read_edition(text, start)):
        return Remark(start, edition[0], Claims(edition=edition[1]), Weight.CLEAR)
    for phrase, claims, weight in PHRASES.get(word, ()):
        stretch = tokens[place : place + len(phrase)]
        if len(stretch) == len(phrase) and all(token[2] == part for token, part in zip(stretch, phrase, strict=True)):
            return Remark(start, stretch[-1][1], claims, weight)
    if word[0].isdigit():
        measure = read_measure(text, start)
        return Remark(start, *measure) if measure else None
    if (word in PART_WORDS or word[0] == "v") and (part := read_part(text, start)):
        return Remark(start, *part)
    return None


def _language(text: str, token: tuple[int, int, str], *, codes: bool) -> Remark | None:
    start, end, _ = token
    written = text[start:end]
    if len(written) < 3:
        code = _CODES.get(written) if codes else None
    else:
        code = language_code(written) if len(written) > 3 or written.isupper() else None
    return Remark(start, end, Claims(language=code), Weight.LOOSE) if code else None


def _folded(token: str) -> str:
    if token.isascii():
        return token.lower()
    found = words(token)
    return found[0] if found else token
