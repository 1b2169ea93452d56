"""Turns our questions into Prowlarr's. Pure."""

from __future__ import annotations

import re

from audiobook_daemon import Query

# Prowlarr and its trackers know no operators that would help; a word may hold apostrophes.
_WORD = re.compile(r"\w+(?:'\w+)*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def search_words(query: Query) -> str:
    """The words to search for, all of which trackers want to find; empty if the question has none."""
    if query.text is not None:
        return _words(query.text)
    title = _words(_BRACKETS.sub(" ", query.title)) or _words(query.title)
    if not title and query.series is not None:
        title = _words(query.series.name)
    return f"{title} {_words(query.authors[0]) if query.authors else ''}".strip()


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.replace("\u2019", "'").replace("\u02bc", "'")))
