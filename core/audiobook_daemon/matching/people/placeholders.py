"""Names that name nobody."""

from __future__ import annotations

from functools import lru_cache

from audiobook_daemon.matching.people.names import tidy
from audiobook_daemon.matching.people.vocabulary import ANYBODY, NOBODY, PLACEHOLDERS
from audiobook_daemon.matching.text import words


@lru_cache(maxsize=20_000)
def is_placeholder(name: str) -> bool:
    """Whether a text names nobody (`Various Authors`, `Unknown`, a technical folder, no word at all)."""
    found = words(tidy(name))
    if not any(char.isalpha() for word in found for char in word) or " ".join(found) in PLACEHOLDERS:
        return True
    return any(word in NOBODY for word in found) and all(word in NOBODY or word in ANYBODY for word in found)
