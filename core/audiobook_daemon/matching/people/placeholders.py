"""Names that name nobody."""

from __future__ import annotations

from functools import lru_cache

from audiobook_daemon.matching.people.names import folded
from audiobook_daemon.matching.people.vocabulary import PLACEHOLDERS


@lru_cache(maxsize=20_000)
def is_placeholder(name: str) -> bool:
    """Whether a text names nobody (`Various Authors`, `Unknown`, a technical folder, no word at all)."""
    plain = folded(name)
    return not any(char.isalpha() for char in plain) or plain in PLACEHOLDERS
