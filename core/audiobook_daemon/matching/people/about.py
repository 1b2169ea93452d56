"""Books about a writer, as against books by the writer."""

from __future__ import annotations

from collections.abc import Iterable

from audiobook_daemon.matching.people.names import natural_name
from audiobook_daemon.matching.text import words

_ABOUT = frozenset(
    words("""
        companion guide biography life letters critical criticism interpretation introduction reader's readers study
        studies world worlds encyclopedia handbook legacy
    """)
)
_SUBJECTS = ("biography", "criticism and interpretation", "authors ", "in literature", "study guide")


def about_author(title: str, subjects: Iterable[str], author: str) -> bool:
    """Whether a book whose author is given is rather a book about that author: named in the title, and treated of."""
    name = words(natural_name(author))
    told = words(title)
    if not name or not _contains(told, name):
        return False
    rest = set(told) - set(name)
    listed = [" ".join(words(subject)) for subject in subjects]
    return bool(rest & _ABOUT) or any(mark.strip() in subject for subject in listed for mark in _SUBJECTS)


def _contains(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    width = len(part)
    return any(text[start : start + width] == part for start in range(len(text) - width + 1))
