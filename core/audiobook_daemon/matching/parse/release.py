"""Reads what the title of a release, or the name of its file, claims."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from audiobook_daemon.matching.claims import Claims
from audiobook_daemon.matching.parse.asides import author_in_brackets, cut_reader
from audiobook_daemon.matching.parse.authorship import Authorship, find_authors
from audiobook_daemon.matching.parse.claiming import NOTHING, merged
from audiobook_daemon.matching.parse.editions import find_edition
from audiobook_daemon.matching.parse.filenames import without_extension
from audiobook_daemon.matching.parse.garbage import is_garbage
from audiobook_daemon.matching.parse.narration import THE_AUTHOR
from audiobook_daemon.matching.parse.packs import says_collection
from audiobook_daemon.matching.parse.remarks import scan
from audiobook_daemon.matching.parse.scene import undress
from audiobook_daemon.matching.parse.segments import Cut, cut_segments
from audiobook_daemon.matching.parse.sifting import Sifted, peeled, sift
from audiobook_daemon.matching.parse.titling import find_title
from audiobook_daemon.matching.parse.vocabulary import AUDIO_FORMATS, COMIC_FORMATS, EBOOK_FORMATS, Weight
from audiobook_daemon.matching.people import is_placeholder

_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_SITE_BEFORE = re.compile(
    r"^(?:[\[({]\s?(?:www\.)?[\w-]{2,40}\.[a-z]{2,5}\s?[\])}]|www\.[\w-]{2,40}\.[a-z]{2,5})[\s_]?(?:[-–]+[\s_]?)?(?=\S)",
    re.IGNORECASE,
)
_UNCLOSED = re.compile(r"(?<=\S)\s?[\[{][^\[\](){}]{0,20}$")
_PART = re.compile(r"[\s,:–-]{1,4}(?:part|pt)\.?\s?(\d{1,2})$", re.IGNORECASE)
_FORMATS = AUDIO_FORMATS | EBOOK_FORMATS | COMIC_FORMATS
_LONGEST = 2_000


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
    undressed = undress(name, authors)
    cut = cut_segments(undressed.text)
    sifted = sift(cut.segments, authors)
    work = _read_work(cut, sifted, authors, is_file=is_file, authors_first=undressed.authors_first)
    formats = Claims(formats=(extension,)) if extension in _FORMATS else NOTHING
    claims = merged(work, formats, cut.claims, undressed.claims, sifted.claims)
    return _completed(claims, title, tags_line)


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFC", html.unescape(title[:_LONGEST]))
    plain = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()
    return _UNCLOSED.sub("", _SITE_BEFORE.sub("", plain))


def _read_work(cut: Cut, sifted: Sifted, known: Sequence[str], *, is_file: bool, authors_first: bool) -> Claims:
    """What the release says of the work: authors, title, series."""
    pack = any(says_collection(segment.text) for segment in sifted.segments)
    segments, asides = sifted.segments, (*cut.leading, *cut.asides)
    if len(segments) > 1 and _names_nobody(segments[0].text):
        authorship = Authorship((), segments[1:])
    else:
        authorship = find_authors(segments, known, authors_first=authors_first, everything=sifted.everything)
        if not authorship.authors and not pack and (found := author_in_brackets(cut)):
            authorship = Authorship(found[0], segments)
            asides = found[1]
    readers, rest = cut_reader(authorship.segments) if authorship.authors and authorship.segments else ((), ())
    titles = [(segment, *peeled(segment)) for segment in rest or authorship.segments]
    cleaned = [replace(segment, text=text) for segment, text, _ in titles if text]
    titling = find_title(cleaned, has_series=bool(cut.claims.series), is_file=is_file)
    said = Claims(
        title=titling.title,
        subtitle=titling.subtitle,
        authors=authorship.authors,
        narrators=readers,
        series=titling.places,
        collection=authorship.everything,
        tags=tuple(piece.text for piece in asides),
    )
    return merged(said, *(claims for _, _, claims in titles))


def _names_nobody(text: str) -> bool:
    return is_placeholder(text) and any(char.isalpha() for char in text)


def _completed(claims: Claims, title: str, tags_line: str | None) -> Claims:
    if THE_AUTHOR in claims.narrators:
        others = tuple(name for name in claims.narrators if name != THE_AUTHOR)
        claims = replace(claims, narrators=(*claims.authors, *others))
    if not claims.formats:
        sure = [found for found in scan(title).remarks if found.weight is Weight.CLEAR and found.claims.formats]
        claims = merged(claims, *(Claims(formats=found.claims.formats) for found in sure[:1]))
    if claims.dramatised and claims.part is None and (part := _PART.search(claims.title or "")):
        claims = replace(claims, title=(claims.title or "")[: part.start()], part=str(int(part[1])))
    if says_collection(title) or any("-" in (place.position or "") for place in claims.series):
        claims = replace(claims, collection=True)
    if tags_line and claims.edition is None and (edition := find_edition(tags_line)):
        claims = replace(claims, edition=edition)
    return claims
