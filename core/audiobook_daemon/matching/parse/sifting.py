"""Sifts remarks on the recording out of the segments of a release, so that people, series and titles are left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.authorship import find_authors
from audiobook_daemon.matching.parse.bracketed import read_item
from audiobook_daemon.matching.parse.claiming import NOTHING, merged
from audiobook_daemon.matching.parse.narration import cut_narration
from audiobook_daemon.matching.parse.personhood import LIKELY, likelihood, without_works
from audiobook_daemon.matching.parse.remarks import peel, read_remark, scan
from audiobook_daemon.matching.parse.segments import Segment
from audiobook_daemon.matching.parse.subtitles import says_kind
from audiobook_daemon.matching.parse.titles import is_site
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.matching.people import is_placeholder

_ID = re.compile(
    r"[\s,_-]{0,3}(?<![^\W_])(?:asin|isbn(?:-?1[03])?)?[\s:]{0,2}(B0[0-9A-Z]{8}|97[89][\d-]{10,14})(?![^\W_])[\s,_-]{0,3}",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)\.\s(?=\S)")
_EDGES = " \t\n,;:-–—_|/~"


@dataclass(frozen=True, slots=True)
class Sifted:
    """The segments that name something, and what the rest of them claims."""

    segments: tuple[Segment, ...]
    claims: Claims
    everything: bool = False
    """Whether a segment of its own says that it holds all of somebody (`Complete Collection`)."""


@dataclass(frozen=True, slots=True)
class _Removed:
    segment: Segment
    claims: Claims


def sift(segments: Sequence[Segment], known: Sequence[str] = ()) -> Sifted:
    """Sift the segments; `known` are the authors that the release was searched by."""
    kept: list[Segment] = []
    removed: list[_Removed] = []
    claims = NOTHING
    for segment in segments:
        # The first segment is never an edition, for there is nothing yet of which it could be one.
        if (whole := _whole(segment.text)) is not None and (kept or removed or whole.edition is None):
            removed.append(_Removed(segment, whole))
            continue
        text, more = peeled(segment)
        claims = merged(claims, more)
        if text:
            kept.append(replace(segment, text=text))
    if title := _mistaken(kept, removed, known):
        removed.remove(title)
        kept = [*kept, title.segment] if kept and _is_person(kept[0].text, known) else [title.segment, *kept]
    everything = any(item.claims.collection and item.segment.dash for item in removed)
    return Sifted(tuple(kept), merged(claims, *(item.claims for item in removed)), everything)


def _whole(text: str) -> Claims | None:
    return NOTHING if says_kind(text) or is_site(text) else read_item(text)


def peeled(segment: Segment) -> tuple[str, Claims]:
    """A segment's text without the remarks at its ends, and what they claim."""
    text, claims = segment.text, NOTHING
    if not segment.dash and (first := scan(text).remarks) and first[0].start == 0 and first[0].weight is Weight.CLEAR:
        return "", scan(text).claims
    if narration := cut_narration(text):
        after = read_remark(narration.after, codes=True) if narration.after else None
        text, claims = narration.before, merged(Claims(narrators=narration.names), after or NOTHING)
    if found := _ID.search(text):
        claims = merged(claims, read_item(found[1]) or NOTHING)
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    if found := _YEAR_BEFORE.match(text):
        claims, text = merged(claims, Claims(year=int(found[1]))), text[found.end() :]
    text, more = peel(text)
    head, colon, tail = text.rpartition(": ")
    if colon and head and (subtitle := read_remark(tail)) is not None and not subtitle.collection:
        text, more = head, merged(more, subtitle)
    return text.strip(_EDGES), merged(claims, more)


def _mistaken(kept: Sequence[Segment], removed: Sequence[_Removed], known: Sequence[str]) -> _Removed | None:
    """A title that looked like a remark (`George Orwell - 1984`), when nothing else can be the title."""
    texts = [segment for segment in kept if not (is_placeholder(segment.text) and segment.text.upper().isupper())]
    if len(texts) > 1 or (texts and not (texts[0].dash and _is_person(texts[0].text, known))):
        return None
    spare = [item for item in removed if item.segment.dash and not item.claims.collection and not item.claims.formats]
    return max(spare, key=_likeness_to_title, default=None)


def _likeness_to_title(item: _Removed) -> tuple[bool, bool, bool]:
    text = item.segment.text
    return (not says_kind(text), any(char.isalpha() for char in text), item.segment.titled)


def _is_person(text: str, known: Sequence[str]) -> bool:
    return likelihood(without_works(text)) > LIKELY or bool(find_authors([Segment(text)], known).authors)
