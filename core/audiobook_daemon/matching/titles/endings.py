"""Tells by the last words of a title whether remarks may follow it; most titles end otherwise, which saves a search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from audiobook_daemon.matching.parse.vocabulary import PHRASES, Weight
from audiobook_daemon.matching.text import words

_LONGEST = 80
_EDITIONS = frozenset(words("edition editions edn ed auflage édition edición edizione uitgave druk text"))


def may_end_in_remark(text: str) -> bool:
    """Whether the last words of a text, but for numbers, can be a remark about the recording."""
    found = list(words(text[-_LONGEST:]))
    while found and found[-1].isdigit():
        found.pop()
    if not found:
        return False
    last = found[-1]
    if last in _EDITIONS or last.endswith("ausgabe") or not last.isalpha():
        return True
    return any(found[-len(phrase) :] == phrase for phrase in _ENDINGS.get(last, ()))


def _endings() -> Mapping[str, list[list[str]]]:
    """The phrases that are surely remarks, by their last words."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for phrases in PHRASES.values():
        for phrase, _, weight in phrases:
            if weight > Weight.LOOSE:
                found[phrase[-1]].append(list(phrase))
    return dict(found)


_ENDINGS = _endings()
