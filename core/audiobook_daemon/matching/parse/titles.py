"""Cuts a title into title and subtitle, and tells brackets that are no words of it."""

from __future__ import annotations

import re

from audiobook_daemon.matching.ids import find_asin, find_isbn
from audiobook_daemon.matching.parse.brackets import Piece, cut_brackets
from audiobook_daemon.matching.parse.narration import cut_narration
from audiobook_daemon.matching.parse.remarks import read_remark
from audiobook_daemon.matching.parse.series import SeriesReading, read_series_phrase
from audiobook_daemon.matching.parse.subtitles import says_kind
from audiobook_daemon.matching.text import words

BREAK = re.compile(r"\s{0,3}:\s{1,3}|\s{1,3}[-–—]\s{1,3}|\s{1,3}:\s{0,3}")
"""What parts title and subtitle."""
_BLANKS = re.compile(r"\s+")
_SITE = re.compile(
    r"^(?:www\.)?[\w-]{2,40}\.(?:com|net|org|to|io|me|info|co|cc|in|ru|eu|de|se|is|li|fm|tv|xyz|club|site)$",
    re.IGNORECASE,
)


def split_title(text: str, *, author: str | None = None, known_subtitle: str | None = None) -> tuple[str, str | None]:
    """Title and subtitle, cut at the first colon or dash; the author's name before a colon is no title."""
    plain = _BLANKS.sub(" ", "".join(_spaced_whole(piece) for piece in cut_brackets(text) if not is_decoration(piece)))
    plain = plain.replace(" :", ":").strip()
    parts = [part.strip() for part in BREAK.split(plain, maxsplit=1)]
    if author and len(parts) == 2 and words(parts[0]) == words(author):
        return split_title(parts[1], known_subtitle=known_subtitle)
    if known_subtitle:
        title = without_subtitle(plain, known_subtitle)
        if title != plain:
            return title, known_subtitle
    if len(parts) < 2 or not parts[0] or not parts[1]:
        return plain, None
    return parts[0], parts[1]


def without_subtitle(text: str, subtitle: str) -> str:
    """The text before the subtitle that ends it, else unchanged."""
    if not words(subtitle):
        return text
    within = len(BREAK.findall(subtitle))
    for found in list(BREAK.finditer(text))[-1 - within :]:
        if words(text[found.end() :]) == words(subtitle) and text[: found.start()].strip():
            return text[: found.start()].strip()
    return text


def is_decoration(piece: Piece) -> bool:
    """Whether a bracketed piece is none of the title's words: a remark, a series, an id, a site; always in `[]`."""
    if not piece.bracket:
        return False
    return (
        piece.bracket not in "(（「『"
        or read_remark(piece.text) is not None
        or bool(_SITE.match(piece.text))
        or says_kind(piece.text)
        or cut_narration(piece.text) is not None
        or (piece.text.isdigit() and len(piece.text) > 2)
        or find_asin(piece.text) is not None
        or find_isbn(piece.text) is not None
        or _is_series(read_series_phrase(piece.text))
    )


def _is_series(reading: SeriesReading | None) -> bool:
    """Whether a phrase in brackets is surely a series: it is marked, or a name of several words has a number."""
    return reading is not None and (reading.marked or len(words(reading.name or "")) > 1)


def is_site(text: str) -> bool:
    """Whether a text is the address of a web site, as uploaders leave them in brackets."""
    return bool(_SITE.match(text.strip()))


def _spaced_whole(piece: Piece) -> str:
    return f" {piece.whole} " if piece.bracket else piece.text
