"""Brings a title out of its decoration, and cuts it into title and subtitle."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobook_daemon.matching.ids import find_asin, find_isbn
from audiobook_daemon.matching.parse.brackets import Piece, cut_brackets
from audiobook_daemon.matching.parse.filenames import spaced, without_extension
from audiobook_daemon.matching.parse.numbering import cut_at_leading_number, cut_at_number
from audiobook_daemon.matching.parse.remarks import peel, read_remark, says_nothing
from audiobook_daemon.matching.parse.series import cut_title_from_series, read_series_phrase
from audiobook_daemon.matching.text import words

_BLANKS = re.compile(r"\s+")
_COLON = re.compile(r"\s*:\s+|\s+[-–—]\s+|\s+:\s*")
_EDGES = " \t\n,;-–—_|/~"
_PART = re.compile(
    r"[\s,:–(\[-]+(?:part|pt|teil|partie|parte|deel)\.?\s*(?:\d{1,3}|[ivx]{1,5})(?:\s*(?:of|von|/)\s*\d{1,3})?[)\]]?\s*$",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"^(?:www\.)?[\w-]{2,40}\.(?:com|net|org|to|io|me|info|co|cc|in|ru|eu|de|se|is|li|fm|tv|xyz|club|site)$",
    re.IGNORECASE,
)


def bare_title(
    text: str,
    *,
    authors: Sequence[str] = (),
    series: str | None = None,
    subtitle: str | None = None,
    is_file: bool = False,
) -> str:
    """A title as it would stand on the cover: no remarks, no series in brackets, no number of a track or extension."""
    plain = spaced(without_extension(text.strip())[0]) if is_file else without_extension(text.strip())[0]
    plain = " ".join(piece.whole for piece in cut_brackets(plain) if not is_decoration(piece))
    plain = _without_track_number(_BLANKS.sub(" ", plain).strip(), is_file=is_file)
    plain = _without_remarks(plain, is_file=is_file)
    plain = _without_series(plain, series)
    plain = _without_people(plain, authors)
    if subtitle:
        plain = _without_subtitle(plain, subtitle)
    return plain.strip() or text.strip()


def split_title(text: str, *, author: str | None = None, known_subtitle: str | None = None) -> tuple[str, str | None]:
    """Title and subtitle, cut at the first colon or dash; the author's name before a colon is no title."""
    plain = _BLANKS.sub(" ", "".join(_spaced_whole(piece) for piece in cut_brackets(text) if not is_decoration(piece)))
    plain = plain.replace(" :", ":").strip()
    parts = [part.strip() for part in _COLON.split(plain, maxsplit=1)]
    if author and len(parts) == 2 and words(parts[0]) == words(author):
        return split_title(parts[1], known_subtitle=known_subtitle)
    if known_subtitle:
        title = _without_subtitle(plain, known_subtitle)
        if title != plain:
            return title, known_subtitle
    if len(parts) < 2 or not parts[0] or not parts[1]:
        return plain, None
    return parts[0], parts[1]


def is_decoration(piece: Piece) -> bool:
    """Whether a bracketed piece is none of the title's words: a remark, a series, an id, a site; always in `[]`."""
    if not piece.bracket:
        return False
    return (
        piece.bracket not in "(（「『"
        or read_remark(piece.text) is not None
        or bool(_SITE.match(piece.text))
        or find_asin(piece.text) is not None
        or find_isbn(piece.text) is not None
        or ((reading := read_series_phrase(piece.text)) is not None and reading.marked)
    )


def is_site(text: str) -> bool:
    """Whether a text is the address of a web site, as uploaders leave them in brackets."""
    return bool(_SITE.match(text.strip()))


def _spaced_whole(piece: Piece) -> str:
    return f" {piece.whole} " if piece.bracket else piece.text


def _without_track_number(text: str, *, is_file: bool) -> str:
    found = cut_at_leading_number(text)
    if found is None or not found.tail:
        return text
    padded = is_file and text.startswith("0")
    return found.tail if padded or found.link in {"-", "–", "—", "_", "]", "."} else text


def _without_remarks(text: str, *, is_file: bool) -> str:
    before = None
    while before != text:
        before = text
        text = peel(text)[0].strip(_EDGES)
        parts = _COLON.split(text)
        if len(parts) > 1 and read_remark(parts[-1]) is not None and not says_nothing(parts[0]):
            text = text[: text.rindex(parts[-1])].rstrip(_EDGES + ":")
        if is_file:
            text = _PART.sub("", text) or text
    return text


def _without_series(text: str, series: str | None) -> str:
    found = cut_at_number(text)
    if found and found.head and not found.tail and not found.of:
        title, _ = cut_title_from_series(found.head)
        if title and found.link in {",", ""}:
            return title
    if series and (key := words(series)):
        if found and words(found.head)[-len(key) :] == key and found.tail:
            return found.tail
        parts = _COLON.split(text)
        if len(parts) > 1 and words(parts[0])[: len(key)] == key and len(words(parts[0])) <= len(key) + 2:
            return text[len(parts[0]) :].lstrip(_EDGES + ":")
    return text


def _without_people(text: str, authors: Sequence[str]) -> str:
    names = {tuple(sorted(words(author))) for author in authors}
    parts = [part for part in re.split(r"\s+(?:[-–—]|by)\s+", text) if part]
    kept = [part for part in parts if tuple(sorted(words(part))) not in names]
    if len(kept) == len(parts) or not kept:
        return text
    return _EDGES[0].join(kept) if len(kept) == 1 else " - ".join(kept)


def _without_subtitle(text: str, subtitle: str) -> str:
    """The text before the subtitle that ends it, else unchanged."""
    if not words(subtitle):
        return text
    for found in _COLON.finditer(text):
        if words(text[found.end() :]) == words(subtitle) and text[: found.start()].strip():
            return text[: found.start()].strip()
    return text
