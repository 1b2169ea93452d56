"""Turns our questions into the site's. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from audiobook_daemon import ChartRequest, Query
from audiobook_plugins.mam.categories import AUDIOBOOKS, category_numbers
from audiobook_plugins.mam.languages import language_numbers

# A word may hold apostrophes: without it, `Warhawk's` is not found. Everything else could be an operator.
_WORD = re.compile(r"\w+(?:'\w+)*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def words(text: str) -> str:
    """Keep the words of a text and none of the search engine's operators."""
    return " ".join(_WORD.findall(text.replace("\u2019", "'").replace("\u02bc", "'")))


def search_texts(query: Query) -> tuple[str, ...]:
    """List the texts to try one after the other until one finds something, the most exact first.

    Every word must be found, so a subtitle or an author's middle name that the uploader left out hides a book.
    """
    if query.text is not None:
        return tuple(filter(None, (words(query.text),)))
    author = words(query.authors[0]) if query.authors else ""
    title = words(_BRACKETS.sub(" ", query.title)) or words(query.title)
    short = words(_BRACKETS.sub(" ", query.title).partition(":")[0])
    if not title and query.series is not None:
        title = words(query.series.name)
    texts = (f"{title} {author}", f"{short} {author}", title) if title else (author,)
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def search_question(text: str, languages: Sequence[str]) -> dict[str, object]:
    """Ask for audiobooks by words of title, author and series."""
    question: dict[str, object] = {
        "text": text,
        "srchIn": ["title", "author", "series"],
        "searchType": "all",
        "searchIn": "torrents",
        "main_cat": [AUDIOBOOKS],
        "sortType": "default",
    }
    return question | _languages(languages)


def chart_question(request: ChartRequest, now: datetime) -> dict[str, object] | None:
    """Ask for the most snatched of a genre among the uploads of some days; None if the site has no such genre."""
    categories = category_numbers(request.genre)
    if categories is None:
        return None
    question: dict[str, object] = {
        "text": "",
        "searchType": "all",
        "searchIn": "torrents",
        "main_cat": [AUDIOBOOKS],
        "sortType": "snatchedDesc",
    }
    if categories:
        question["cat"] = list(categories)
    if request.days is not None:
        question["startDate"] = str(int((now - timedelta(days=request.days)).timestamp()))
    return question | _languages(request.languages)


def _languages(codes: Sequence[str]) -> dict[str, object]:
    numbers = language_numbers(codes)
    return {"browse_lang": numbers} if numbers else {}  # an empty list would break the search
