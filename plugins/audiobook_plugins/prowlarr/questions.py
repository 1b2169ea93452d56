"""Turns our questions into Prowlarr's. Pure."""

from __future__ import annotations

import re

from audiobook_daemon import Query

# Prowlarr and its trackers know no operators that would help; a word may hold apostrophes.
_WORD = re.compile(r"\w+(?:'\w+)*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def search_texts(query: Query) -> tuple[str, ...]:
    """List the texts to try one after the other until one finds something, the most exact first.

    Trackers want every word to be found, and many titles name no author, or not as the wish does.
    """
    if query.text is not None:
        return tuple(filter(None, (_words(query.text),)))
    author = _words(query.authors[0]) if query.authors else ""
    title = _words(_BRACKETS.sub(" ", query.title)) or _words(query.title)
    if not title and query.series is not None:
        title = _words(query.series.name)
    texts = (f"{title} {author}", title) if title else (author,)
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.replace("\u2019", "'").replace("\u02bc", "'")))
