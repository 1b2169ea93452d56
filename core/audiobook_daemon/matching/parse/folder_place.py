"""Tells among the segments of a folder's name which are the series and its number, and which the title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from audiobook_daemon.matching.parse.folder_people import Above
from audiobook_daemon.matching.parse.folder_segments import Segment
from audiobook_daemon.matching.text import title_key, words

_EDGES = " \t,;-–—"
_ARTICLE_LAST = re.compile(
    r"^(?P<rest>\S[^,]*), (?P<article>the|a|an|der|die|das|le|la|les|el|los|las|il|de|het)$", re.IGNORECASE
)
_KIND = re.compile(
    r"^(?:an?|the|ein|eine)\s.*\b(?:novels?|novella|adventure|thriller|romance|mystery|story|tale|saga|epic|litrpg"
    r"|gamelit|fantasy|series|progression|apocalypse|comedy|memoir|biography|roman|krimi|book)$",
    re.IGNORECASE,
)
"""A subtitle that tells of what kind a book is."""
_SERIES_END = re.compile(
    r"^(?P<name>\S.*?)\s+(?P<word>series|serie|reihe|saga|trilogy|trilogie|cycle|chronicles)$", re.IGNORECASE
)
_MOST_VOLUMES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name sets its book in a series, and the segments that are left for the title."""

    rest: tuple[Segment, ...]
    series: str | None = None
    number: str | None = None

    @property
    def title(self) -> tuple[str | None, str | None]:
        """Title and subtitle; where nothing else parts two segments, the dash may be the title's own."""
        texts = [text for one in self.rest if (text := (one.text or one.written).strip(_EDGES))]
        if not texts:
            return None, None
        if self.number is None:
            return article_first(" - ".join(texts)), None
        return article_first(texts[0]), " - ".join(texts[1:]) or None


def place_in_series(segments: tuple[Segment, ...], above: Above, *, named: bool, listed: bool) -> Place:
    """Find series and number; `named` says that brackets name the series, `listed` that the author began the name."""
    segments, series = _without_series_segment(segments, above)
    known = replace(above, series=series or above.series)
    found = _numbered_place(segments, known, named=named)
    if found is None and listed and len(segments) > 1 and not known.series and not named:
        found = Place(segments[1:], segments[0].text)
    return replace(found or Place(segments), series=(found.series if found else None) or series)


def article_first(text: str) -> str:
    """A title or the name of a series with its article where it is spoken (`Hobbit, The`)."""
    found = _ARTICLE_LAST.match(text)
    return f"{found['article']} {found['rest']}" if found else text


def without_series_word(name: str, title: str = "") -> str:
    """The name of a series without the word `Series`, where enough of a name is left."""
    found = _SERIES_END.match(name)
    if found is None or found["word"].lower() not in {"series", "serie", "reihe"}:
        return name
    enough = len(words(found["name"])) > 1 or found["word"].islower() or title_key(found["name"]) == title_key(title)
    return found["name"] if enough else name


def agree(one: str, other: str) -> bool:
    """Whether two names of series do not contradict each other; a name that is not known never does."""
    return not one or not other or _key(one) == _key(other)


def _key(name: str) -> str:
    found = _SERIES_END.match(name)
    return title_key(found["name"] if found and found["word"].lower() in {"series", "serie", "reihe"} else name)


def _without_series_segment(segments: tuple[Segment, ...], above: Above) -> tuple[tuple[Segment, ...], str | None]:
    """Take out the segment that is called as the folder above, or that says itself that it is a series."""
    telling = [one for one in segments if one.text or one.series]
    if len(telling) < 2:
        return segments, None
    for one in segments:
        rest = tuple(other for other in segments if other is not one)
        if one.is_text and above.series and agree(one.text, above.series) and any(other.text for other in rest):
            return rest, above.series
    for one in segments:
        rest = tuple(other for other in segments if other is not one)
        if one.is_text and _SERIES_END.match(one.text) and not _KIND.match(one.text):
            return rest, without_series_word(one.text, " ".join(other.written for other in rest))
    return segments, None


def _numbered_place(segments: tuple[Segment, ...], above: Above, *, named: bool) -> Place | None:
    """The place that the first number tells, or None without a number."""
    for place, one in enumerate(segments):
        if one.number is None:
            continue
        before, after = segments[:place], segments[place + 1 :]
        if one.series is not None:
            return _named(one, before, after, above)
        if one.text:
            rest = (replace(one, number=None), *after)
            return (
                Place(rest, before[0].text, one.number)
                if len(before) == 1
                else Place((*before, *rest), None, one.number)
            )
        if len(before) == 1 and (after or not above.series) and not named:
            return Place(after, before[0].text, one.number)
        return Place((*before, *_whole(after)), None, one.number)
    return None


def _named(one: Segment, before: tuple[Segment, ...], after: tuple[Segment, ...], above: Above) -> Place:
    """A segment that holds a series with its number; without a mark the number may be the title's own."""
    rest = (*before, *((replace(one, number=None, series=None),) if one.text else ()), *after)
    contradicted = bool(above.series and one.series and not agree(above.series, one.series))
    if one.marked:
        if contradicted and not rest:
            return Place((Segment(one.series or "", one.series or ""),), None, one.number)
        return Place(rest, one.series, one.number)
    whole = (*before, Segment(one.written, one.written), *after)
    if not before and after and all(_KIND.match(later.text) for later in after):
        return Place(whole, one.series, one.number)
    if after or one.text or (before and not above.authors):
        return Place(rest, one.series, one.number)
    if not _plausible(one, above):
        return Place(whole)
    return Place(rest or whole, one.series, one.number)


def _plausible(one: Segment, above: Above) -> bool:
    """Whether a number at the end is a volume's: of the series above, behind several words, or behind a nought."""
    if above.series and one.series and agree(above.series, one.series):
        return True
    padded = bool(re.search(r"(?<!\d)0\d*$", one.written))
    return padded or (len(words(one.series or "")) > 1 and float((one.number or "0").split("-")[-1]) <= _MOST_VOLUMES)


def _whole(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Segments behind a number as the words of a title, with all their digits."""
    return tuple(Segment(one.written, one.written) if one.number else one for one in segments)
