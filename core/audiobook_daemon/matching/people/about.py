"""Books about a writer, as against books by the writer."""

from __future__ import annotations

from collections.abc import Iterable

from audiobook_daemon.matching.people.names import family_start, natural_name, without_suffix
from audiobook_daemon.matching.text import words

_ABOUT_WORDS = frozenset(
    words("""
        companion guide biography life lives letters critical criticism interpretation introduction reader readers study
        studies world worlds encyclopedia handbook legacy bibliography essays conversations interviews remembering
        author writer novelist poet genius mind art philosophy faith explained
        biographie biografie leben werk vie vida vita
    """)
)
_ABOUT_SUBJECTS = (
    *("biography", "biographies", "criticism", "history and criticism", "interpretation", "in literature", "authors"),
    *("novelists", "correspondence", "interviews", "study guides", "handbooks", "encyclopedias", "characters"),
)


def about_author(title: str, subjects: Iterable[str], author: str) -> bool:
    """Whether a book under an author's name is rather about that author.

    The title names the author, and says that it treats of somebody or is filed under such subjects; a surname alone
    is too often a word of its own, so that the subjects must agree.
    """
    whole, _ = without_suffix(natural_name(author))
    pieces = whole.split()
    name, family = words(whole), words(" ".join(pieces[family_start(pieces) :]))
    told = words(title.replace("'s", "").replace("’s", ""))
    if not name or not _contains(told, family):
        return False
    filed = any(_is_about(subject) for subject in subjects)
    return filed or (_contains(told, name) and not _ABOUT_WORDS.isdisjoint(set(told) - set(name)))


def _is_about(subject: str) -> bool:
    filed = f" {' '.join(words(subject))} "
    return any(f" {mark} " in filed for mark in _ABOUT_SUBJECTS)


def _contains(text: tuple[str, ...], part: tuple[str, ...]) -> bool:
    width = len(part)
    return bool(part) and any(text[start : start + width] == part for start in range(len(text) - width + 1))
