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
_USUAL = ("title", "author", "series")
_AUTHOR = ("author",)
_ANYWHERE = ("title", "author", "narrator", "series", "tags", "description", "filenames")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def words(text: str) -> str:
    """Keep the words of a text and none of the search engine's operators."""
    return " ".join(_WORD.findall(text.replace("\u2019", "'").replace("\u02bc", "'")))


def search_question(query: Query) -> dict[str, object] | None:
    """Ask for audiobooks by the words of title, series or author, or by words anywhere; None if nothing is asked.

    Every word must be found in the fields that are searched. The place of a book in its series is no searchable field,
    so a series is looked for by its name.
    """
    author = words(query.authors[0]) if query.authors else ""
    series = words(query.series.name) if query.series else ""
    title = words(_BRACKETS.sub(" ", query.title)) or words(query.title)
    if query.text is not None:
        text, fields = words(query.text), list(_ANYWHERE)
    elif title or series:
        text, fields = f"{title or series} {author}".strip(), list(_USUAL)
    else:
        text, fields = author, list(_AUTHOR)
    if not text:
        return None
    question: dict[str, object] = {
        "text": text,
        "srchIn": fields,
        "searchType": "all",
        "searchIn": "torrents",
        "main_cat": [AUDIOBOOKS],
        "sortType": "default",
    }
    return question | _languages(query.languages)


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


def news_question(since: datetime | None) -> dict[str, object]:
    """Ask for all audiobooks, the newest upload first, from a moment on if there is one."""
    question: dict[str, object] = {
        "text": "",
        "searchType": "all",
        "searchIn": "torrents",
        "main_cat": [AUDIOBOOKS],
        "sortType": "dateDesc",
    }
    if since is not None:
        question["startDate"] = str(int(since.timestamp()))
    return question


def _languages(codes: Sequence[str]) -> dict[str, object]:
    numbers = language_numbers(codes)
    return {"browse_lang": numbers} if numbers else {}  # an empty list would break the search
