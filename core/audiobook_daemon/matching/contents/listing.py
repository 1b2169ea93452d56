"""Reads in a description whether a title stands in the list of what a pack holds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from audiobook_daemon.matching.text import main_title, title_key, words

_LONGEST = 200_000
_HIDDEN = re.compile(
    r"<(?P<tag>script|style)\b[^<>]{0,200}>[^<]{0,20000}</(?P=tag)\s?>|<!--[^<>]{0,5000}-->", re.IGNORECASE
)
_BREAKS = re.compile(
    r"</?(?:p|br|li|ul|ol|div|tr|td|th|table|h[1-6]|hr|dd|dt|dl|blockquote|section|article|pre|center)\b[^<>]{0,500}>"
    r"|\[/?(?:\*|li|list|br|p|quote|center|table|tr|td|hr|size|h\d)(?:=[^\[\]]{0,40})?\]",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"</?[a-z][^<>]{0,1000}>|\[/?(?:b|i|u|s|url|color|img|font|spoiler)(?:=[^\[\]]{0,200})?\]", re.IGNORECASE
)
_BULLETS = re.compile(r"(?:^|(?<=\s))[*•●▪◦‣·○■□►▶→✦★☆–—-]+(?=\s)|[•●▪◦‣■□►▶★☆]")
_LINES = re.compile(r"[\r\n\u2028\u2029]+|\t+|[ \u00a0]{3,}|\s\|\s")
_NUMBERED_INLINE = re.compile(r"(?:^|(?<=\s))\(?\d{1,3}[.)](?=\s)")
_CONTAINS = re.compile(
    r"\b(?:includes?|including|contains?|containing|contents?|consists? of|consisting of|collects?|collecting|"
    r"compris(?:es|ing)|features?|titles?|books?(?: in (?:this|the) (?:set|series|collection|bundle|pack|box ?set))?|"
    r"volumes?|stories|novels|novellas|gathers?|brings together|combines|"
    r"enthält|beinhaltet|inhalt|comprend|contient|contiene|incluye)\b\s*:?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:also by|other (?:books|works|titles|novels|series)|more (?:books|titles|from|by)|"
    r"if you (?:like|liked|enjoy|enjoyed|love|loved)|fans of|readers of|similar|you (?:may|might) also|see also|"
    r"related|recommend(?:ed|ations?)|coming soon|next (?:in|book)|not included?|missing|still need(?:ed)?|looking for|"
    r"previous(?:ly)?|my other uploads|other uploads|follows|sequel to|from the (?:author|creator)s? of|author of|"
    r"weitere (?:bücher|titel|werke)|fehlt|fehlen)\b",
    re.IGNORECASE,
)
_CUTS = re.compile(
    r"\s+[-–—|:/]+\s+|[:;|]\s+|\s*[()\[\]{}]\s*|\s{2,}|[\"“”„«»]+|"
    r",?\s+(?:(?:written|narrated|read|gelesen) )?(?:by|von|par)\s+",
    re.IGNORECASE,
)
_SAYS_MORE = re.compile(r"\d|\b(?:by|von|par)\b|[\"“„«]", re.IGNORECASE)
_COUNTERS = re.compile(
    r"^(?:[^\w\s]{1,3}\s*)?(?:(?:book|bk|volume|vol|part|band|tome|no|nr|number|#)\.?\s*)?#?\d{1,3}(?:\.\d{1,2})?\s*(?:[.):–—-]+\s*|\s+)"
    r"|\s*[,#(]?\s*(?:(?:book|bk|volume|vol|band|tome|no|nr)\.?\s*)?#?\d{1,3}(?:\.\d{1,2})?\)?\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[.!?]\s+\S|\b(?:is|are|was|were|must|has|have|will|you|his|her|their|they|she|he|when|who)\b", re.IGNORECASE
)
_LIST_MARKS = re.compile(
    r"[,;]\s*(?:(?:and|und|et|y|or)\s+|&\s*)?|\s+(?:and|und|et|y)\s+|\s*&\s*|\s+/\s+|\s\+\s", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?](?:\s|$)|[()\[\]]")
_LINKS = frozenset({"and", "und", "et", "y", "or"})
_LONGEST_ENTRY = 25
_MOST_LISTS = 40


def lists_title(description: str, title: str) -> bool:
    """Whether a description, plain or HTML, names a title as an entry of its contents.

    An entry is a line, a bullet or a numbered line, or a member of a list that is announced (`Contains: A, B and C`).
    Prose that mentions the words does not count, nor do lists of other books (`Also by the author`).
    """
    wanted = {title_key(title), title_key(main_title(title))} - {""}
    if not wanted:
        return False
    elsewhere = False
    for entry in _entries(description[:_LONGEST]):
        if heads := _ELSEWHERE.search(entry):
            elsewhere = heads.start() < 60
        elif elsewhere and _CONTAINS.match(entry):
            elsewhere = False
        if not elsewhere and (_is_entry(entry, wanted) or _is_announced(entry, wanted)):
            return True
    return False


def _entries(description: str) -> Iterator[str]:
    """The lines and bullets of a description, without markup."""
    text = _HIDDEN.sub(" ", description)
    text = _TAGS.sub("", _BREAKS.sub("\n", text))
    text = html.unescape(text).replace("\u00a0", " ").replace("\u200b", "")
    for line in _LINES.split(text):
        for bullet in _BULLETS.split(line):
            pieces = _NUMBERED_INLINE.split(bullet)
            yield from (piece.strip() for piece in (pieces if len(pieces) > 2 else [bullet]) if piece.strip())


def _is_entry(entry: str, wanted: set[str]) -> bool:
    """Whether a line is the title, alone or with number, series, author, year or format around it."""
    if len(entry) > 300 or len(words(entry)) > _LONGEST_ENTRY:
        return False
    if _is_title(entry, wanted, with_subtitle=False):
        return True
    if _SENTENCE.search(_COUNTERS.sub("", entry)):
        return False
    if all(" " not in title for title in wanted) and not _SAYS_MORE.search(entry):
        return False  # a single word before a colon or a dash is rather a label than a title
    return any(_is_title(piece, wanted) for piece in _CUTS.split(entry) if piece)


def _is_title(text: str, wanted: set[str], *, with_subtitle: bool = True) -> bool:
    text = text.strip(" \t*_~.,;:!-–—'’‘")
    bare = _COUNTERS.sub("", text)
    bare = _COUNTERS.sub("", bare) if bare != text else bare
    return bool({title_key(text), title_key(bare), title_key(main_title(bare) if with_subtitle else bare)} & wanted)


def _is_announced(entry: str, wanted: set[str]) -> bool:
    """Whether the title is a member of a list in a sentence: `This set contains A, B and C.`"""
    sought = {_bare_of_links(title) for title in wanted}
    for found in islice(_CONTAINS.finditer(entry[:20_000]), _MOST_LISTS):
        rest = _ENDS.split(entry[found.end() : found.end() + 2000], maxsplit=1)[0]
        said = f" {' '.join(words(rest))} "
        if not any(f" {title} " in said for title in wanted):
            continue
        members = [member.strip() for member in _LIST_MARKS.split(rest)]
        if len(members) > 1 and any(_is_title(member, wanted) for member in members):
            return True
        if len(members) > 1 and any(_bare_of_links(joined) in sought for joined in _joined(members)):
            return True
    return False


def _joined(members: list[str]) -> Iterator[str]:
    """Neighbours read as one, for titles that hold a comma or an `and` themselves."""
    for width in range(2, 6):
        for start in range(len(members) - width + 1):
            yield title_key(" ".join(members[start : start + width]))


def _bare_of_links(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _LINKS)
