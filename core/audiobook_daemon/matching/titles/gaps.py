"""What stands between two words of a title, and how far it parts them."""

from __future__ import annotations

import re

_DASH = re.compile(r"\s[-‐‑‒–—―~]+\s|[–—―|/\\•·»]|^[-‐‑]+\s|\s[-‐‑]+$")
_BRACKETS = frozenset("()[]{}<>【】［］（）「」『』〈〉《》")


def gap_in(between: str) -> str:
    """What parts two words: `(` a bracket, `-` a dash, `:`, `;`, `,`, or nothing but a blank."""
    if between in {" ", ""}:
        return ""
    if any(char in _BRACKETS for char in between):
        return "("
    if _DASH.search(between):
        return "-"
    return next((mark for mark in ":;," if mark in between), "")


def is_close(between: str) -> bool:
    """Whether no more than blanks and a dot stand between two words."""
    return len(between) <= 3 and not between.strip(" .:")
