"""Brings a title out of its decoration: the words that would stand on the cover."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobook_daemon.matching.parse.brackets import cut_brackets
from audiobook_daemon.matching.parse.editions import locate_edition
from audiobook_daemon.matching.parse.filenames import spaced, without_extension
from audiobook_daemon.matching.parse.narration import cut_narration
from audiobook_daemon.matching.parse.numbering import cut_at_leading_number, cut_at_number
from audiobook_daemon.matching.parse.remarks import peel, read_remark, says_nothing, scan
from audiobook_daemon.matching.parse.series import read_series_phrase, title_before_series
from audiobook_daemon.matching.parse.subtitles import says_kind
from audiobook_daemon.matching.parse.titles import BREAK, is_decoration, without_subtitle
from audiobook_daemon.matching.parse.vocabulary import Weight
from audiobook_daemon.matching.text import words

_MOST_LAYERS = 6
_BLANKS = re.compile(r"\s+")
_EDGES = " \t\n,;-–—_|/~"
_PART = re.compile(
    r"[\s,:–(\[-]{1,5}(?:part|pt|teil|partie|parte|deel)\.?\s?(?:\d{1,3}|[ivx]{1,5})(?:\s?(?:of|von|/)\s?\d{1,3})?[)\]]?$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s[-–—]\s")
_SITE = re.compile(
    r"(?<!\S)(?:[-–]\s)?(?:www\.[\w-]{2,40}\.[a-z]{2,5}|[\w-]{2,40}\.(?:com|net|org|nl|to|info))(?!\S)", re.IGNORECASE
)
_DISC_BEFORE = re.compile(r"^(?:track|disc|disk|cd)\s?\d{1,3}\s?[-–:]\s(?=\S)", re.IGNORECASE)
_KIND_BEHIND_DOT = re.compile(r"(?<=\w{2})\.\s(?:\w{0,12}roman|thriller|krimi|hörbuch)$", re.IGNORECASE)
_VERSION = re.compile(r"(?<=\w)\sv\d{1,2}$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"^(?:19|20)\d\d\s[-–—]\s(?=\S)")
_NOVEL = re.compile(
    r"(?<!write)(?<!writing)(?<!read)(?<!reading)(?<!of)(?<!in)(?<!as)(?<!is)(?<!like)(?<!from)(?<!for)(?<!with)(?<!into)"
    r"[\s,]{1,2}a\snovel$",
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
    """A title as it would stand on the cover: no remarks, no series in brackets, no number of a track or extension.

    `authors`, `series` and `subtitle` are dropped where they are known and stand beside the title.
    """
    plain = _unfiled(text.strip(), is_file=is_file)
    for _ in range(_MOST_LAYERS):
        before = plain
        plain = _stripped(plain, authors, series, subtitle, is_file=is_file)
        if plain == before:
            break
    return plain or text.strip()


def _stripped(text: str, authors: Sequence[str], series: str | None, subtitle: str | None, *, is_file: bool) -> str:
    plain = without_extension(text.strip(_EDGES))[0]
    plain = " ".join(piece.whole for piece in cut_brackets(plain) if not is_decoration(piece))
    plain = _BLANKS.sub(" ", _SITE.sub(" ", plain)).strip()
    plain = _without_track_number(plain, is_file=is_file)
    plain = _without_remarks(_without_edition(plain), is_file=is_file)
    plain = _without_series(plain, series)
    plain = _without_people(plain, authors)
    if subtitle:
        plain = without_subtitle(plain, subtitle)
    return plain.strip() or text


def _unfiled(text: str, *, is_file: bool) -> str:
    """The spaced text of a name; what a name without blanks begins with goes to its end (`audiobook_The_Stand`)."""
    name, extension = without_extension(text)
    written = any(char.isspace() for char in name)
    if not is_file and extension is None and (written or name.count("_") < 2):
        return name
    plain = spaced(name)
    if written:
        return plain
    found = scan(plain)
    first_gap = min((start for start, _ in found.gaps), default=0)
    if found.remarks and found.remarks[0].start < first_gap and found.remarks[0].weight is Weight.CLEAR:
        return f"{plain[first_gap:]} {plain[:first_gap]}"
    return plain


def _without_track_number(text: str, *, is_file: bool) -> str:
    found = cut_at_leading_number(text)
    if found is None or not found.tail:
        return _YEAR_BEFORE.sub("", _DISC_BEFORE.sub("", text))
    padded = is_file and text.startswith("0")
    return found.tail if padded or found.link in {"-", "–", "—", "_", "]", "."} else text


def _without_edition(text: str) -> str:
    """The title without an edition between its parts (`Title, 1st edition: A subtitle`)."""
    found = locate_edition(text)
    if found is None:
        return text
    before, after = text[: found[0]], text[found[1] :]
    parted = before.rstrip()[-1:] in set(",:;-–—") or not after.strip() or after.lstrip()[0] in ",:;-–—"
    if not parted or says_nothing(before):
        return text
    head, tail = before.rstrip(_EDGES + ":"), after.lstrip(_EDGES + ":")
    return f"{head}: {tail}" if tail else head


def _without_remarks(text: str, *, is_file: bool) -> str:
    if (narration := cut_narration(text)) and narration.before:
        text = narration.before
    text = _KIND_BEHIND_DOT.sub("", text)
    text = _NOVEL.sub("", _VERSION.sub("", peel(text)[0].strip(_EDGES))).rstrip(_EDGES + ":")
    *before, last = BREAK.split(text)
    if before and _says_no_more(last) and not says_nothing(before[0]):
        text = text[: text.rindex(last)].rstrip(_EDGES + ":")
    return (_PART.sub("", text) or text) if is_file else text


def _says_no_more(subtitle: str) -> bool:
    """Whether a subtitle speaks of the recording or of the kind of book, and not of which one it is."""
    remark = read_remark(subtitle)
    return says_kind(subtitle) or (remark is not None and not remark.collection and remark.part is None)


def _without_series(text: str, series: str | None) -> str:
    *before, last = _DASH.split(text)
    if before and (place := read_series_phrase(last)) and place.marked and place.name:
        return text[: text.rindex(last)].rstrip(_EDGES + ":")
    found = cut_at_number(text)
    if found and not found.head and found.tail and not found.of:
        return found.tail
    if found and found.head and not found.tail and not found.of and (title := title_before_series(found)[0]):
        return title
    key = words(series or "")
    if not key:
        return text
    if found and words(found.head)[-len(key) :] == key and found.tail:
        return found.tail
    parts = BREAK.split(text)
    kept = [part for part in parts if not _is_place_of(part, key)]
    return ": ".join(kept) if kept and len(kept) < len(parts) else text


def _is_place_of(text: str, series: tuple[str, ...]) -> bool:
    """Whether a text is the series' name, with a number at most."""
    found = words(text)
    return (
        found[: len(series)] == series
        and len(found) <= len(series) + 2
        and not any(map(str.isalpha, found[len(series) + 1 :]))
    )


def _without_people(text: str, authors: Sequence[str]) -> str:
    names = {tuple(sorted(words(author))) for author in authors}
    parts = [part for part in re.split(r"\s(?:[-–—]|by)\s", text) if part]
    kept = [part for part in parts if tuple(sorted(words(part))) not in names]
    return " - ".join(kept) if kept and len(kept) < len(parts) else text
