"""Tells subtitles from series and names by their first words."""

from __future__ import annotations

import re

from audiobook_daemon.matching.text import words

_SURE = re.compile(
    r"(?:how|why|what|when|where|inside|lessons|finding|building|or,?|the (?:(?:true|untold|real|secret) )?(?:story|"
    r"history|life|lives|art|science|power|truth|rise|fall|making|case|guide|memoir|biography|essential))\s",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"an?\s", re.IGNORECASE)
_KIND = re.compile(
    r"an?\s(?:[^\s:]{1,30}\s){0,5}(?:novel|novella|mystery|thriller)(?:\sof\s.{1,60})?|(?:the\s)?novel|(?:a\s)?memoir|"
    r"(?:eine?\s)?(?:\w{2,15}(?:er|e)\s)?[\w-]{0,25}(?:roman|thriller|krimi|novelle|erzählung(?:en)?)|"
    r"(?:un\s|une\s)?(?:roman(?:zo)?|nouvelles?|novela|romans?\spolicier)",
    re.IGNORECASE,
)
_LONG = 6


def says_kind(text: str) -> bool:
    """Whether a subtitle only says what kind of book it is (`A Novel`, `A Lightbringer Novel`, `Kriminalroman`)."""
    return bool(_KIND.fullmatch(text))


def is_surely_subtitle(text: str) -> bool:
    """Whether a text begins as only subtitles do (`How ...`, `The Story of ...`)."""
    return bool(_SURE.match(text))


def may_be_subtitle(text: str) -> bool:
    """Whether a text reads more like a subtitle than like a title: it is long, or begins as subtitles do."""
    return is_surely_subtitle(text) or bool(_ARTICLE.match(text)) or len(words(text)) >= _LONG
