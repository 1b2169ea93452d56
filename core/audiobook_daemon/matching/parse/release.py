"""Reads what the title of a release, or the name of its file, claims."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.authorship import find_authors, likelihood, without_works
from audiobook_daemon.matching.parse.bracketed import read_item
from audiobook_daemon.matching.parse.brackets import Piece
from audiobook_daemon.matching.parse.claiming import merged
from audiobook_daemon.matching.parse.editions import find_edition
from audiobook_daemon.matching.parse.filenames import without_extension
from audiobook_daemon.matching.parse.garbage import is_garbage
from audiobook_daemon.matching.parse.narration import THE_AUTHOR, cut_narration
from audiobook_daemon.matching.parse.packs import says_collection
from audiobook_daemon.matching.parse.remarks import peel, read_remark, scan
from audiobook_daemon.matching.parse.scene import undress
from audiobook_daemon.matching.parse.segments import Cut, Segment, cut_segments
from audiobook_daemon.matching.parse.titling import Titling, find_title
from audiobook_daemon.matching.parse.vocabulary import AUDIO_FORMATS, COMIC_FORMATS, EBOOK_FORMATS, Weight
from audiobook_daemon.matching.people import is_placeholder, split_people

_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_ID = re.compile(
    r"[\s,_-]*(?<![^\W_])(?:asin|isbn(?:-?1[03])?)?[\s:]*(B0[0-9A-Z]{8}|97[89][\d-]{10,14})(?![^\W_])[\s,_-]*",
    re.IGNORECASE,
)
_EDGES = " \t\n,;:-–—_|/~"
_LONGEST = 2_000
_CERTAIN = 0.9
_LIKELY = 0.5


def read_release(
    title: str, *, is_file: bool = False, authors: Sequence[str] = (), tags_line: str | None = None
) -> Claims | None:
    """Read a release title or a file's name; None for one that says nothing (a hash, a random id).

    `authors` are known from elsewhere (the tracker's field, the wish it was searched with): they tell "Author - Title"
    from "Title - Author", and are not claimed unless the title names them. `tags_line` is a tracker's line of tags.
    """
    name, extension = without_extension(_plain(title))
    if is_garbage(name):
        return None
    undressed = undress(name)
    cut = cut_segments(undressed.text)
    formats = Claims(formats=(extension,)) if extension in AUDIO_FORMATS | EBOOK_FORMATS | COMIC_FORMATS else Claims()
    claims = merged(formats, cut.claims, undressed.claims)
    segments, removed, more = _without_remarks(cut.segments)
    claims = merged(claims, more)
    segments = _restored(segments, removed, authors)
    claims = _with_work(claims, segments, removed, cut, authors, is_file=is_file)
    return _completed(claims, title, tags_line)


@dataclass(frozen=True, slots=True)
class _Removed:
    """A segment that seemed to be nothing but a remark."""

    segment: Segment
    claims: Claims


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFC", html.unescape(title[:_LONGEST]))
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def _without_remarks(segments: Sequence[Segment]) -> tuple[list[Segment], list[_Removed], Claims]:
    """The segments that name something, those that only remark, and what all remarks claim."""
    kept: list[Segment] = []
    removed: list[_Removed] = []
    claims = Claims()
    for segment in segments:
        if (whole := read_item(segment.text)) is not None:
            removed.append(_Removed(segment, whole))
            claims = merged(claims, whole)
            continue
        text, more = _peeled(segment)
        claims = merged(claims, more)
        if text:
            kept.append(replace(segment, text=text))
    return kept, removed, claims


def _peeled(segment: Segment) -> tuple[str, Claims]:
    text, claims = segment.text, Claims()
    if not segment.dash and (first := scan(text).remarks) and first[0].start == 0 and first[0].weight is Weight.CLEAR:
        return "", scan(text).claims
    if narration := cut_narration(text):
        after = read_remark(narration.after, codes=True) if narration.after else None
        text, claims = narration.before, merged(Claims(narrators=narration.names), after or Claims())
    if found := _ID.search(text):
        claims = merged(claims, read_item(found[1]) or Claims())
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    text, more = peel(text)
    return text.strip(_EDGES), merged(claims, more)


def _restored(segments: list[Segment], removed: list[_Removed], authors: Sequence[str]) -> list[Segment]:
    """Give a title back that looked like a remark (`George Orwell - 1984`), when nothing else can be the title."""
    texts = [segment for segment in segments if not is_placeholder(segment.text)]
    if len(texts) > 1 or not removed:
        return segments
    if texts and not (texts[0].dash and _is_person(texts[0].text, authors)):
        return segments
    spare = [item for item in removed if item.segment.dash and not item.claims.collection and not item.claims.formats]
    if not spare:
        return segments
    chosen = max(spare, key=lambda item: (any(char.isalpha() for char in item.segment.text), item.segment.titled))
    removed.remove(chosen)
    return [chosen.segment, *segments] if not texts else [*texts, chosen.segment]


def _is_person(text: str, authors: Sequence[str]) -> bool:
    return likelihood(without_works(text)) > _LIKELY or bool(find_authors([Segment(text)], authors).authors)


def _with_work(
    claims: Claims,
    segments: list[Segment],
    removed: list[_Removed],
    cut: Cut,
    authors: Sequence[str],
    *,
    is_file: bool,
) -> Claims:
    asides: Sequence[Piece] = (*cut.leading, *cut.asides)
    placeholder = len(segments) > 1 and is_placeholder(segments[0].text)
    segments = segments[1:] if placeholder else segments
    authorship = find_authors(segments, authors)
    names, rest = authorship.authors, authorship.segments
    if len(segments) == 1 and not names and any(item.claims.collection and item.segment.dash for item in removed):
        names, rest = split_people(without_works(segments[0].text)), ()
    if not names and not placeholder:
        names, asides = _author_aside(cut)
    titling = find_title(rest, has_series=bool(claims.series), is_file=is_file) if rest else Titling()
    tags = tuple(piece.text for piece in asides)
    return merged(
        Claims(title=titling.title, subtitle=titling.subtitle, authors=names, series=titling.places, tags=tags), claims
    )


def _author_aside(cut: Cut) -> tuple[tuple[str, ...], Sequence[Piece]]:
    """An author in brackets, when no author stands outside of them; and the other brackets."""
    asides = (*cut.leading, *cut.asides)
    for index, piece in enumerate(asides):
        if likelihood(piece.text) >= (_LIKELY if index < len(cut.leading) else _CERTAIN):
            return split_people(piece.text), (*asides[:index], *asides[index + 1 :])
    return (), asides


def _completed(claims: Claims, title: str, tags_line: str | None) -> Claims:
    if THE_AUTHOR in claims.narrators:
        others = tuple(name for name in claims.narrators if name != THE_AUTHOR)
        claims = replace(claims, narrators=(*claims.authors, *others))
    if not claims.formats:
        sure = [found for found in scan(title).remarks if found.weight is Weight.CLEAR and found.claims.formats]
        claims = merged(claims, *(Claims(formats=found.claims.formats) for found in sure[:1]))
    if not claims.collection and (
        says_collection(title) or any("-" in (place.position or "") for place in claims.series)
    ):
        claims = replace(claims, collection=True)
    if tags_line and claims.edition is None and (edition := find_edition(tags_line)):
        claims = replace(claims, edition=edition)
    return claims
