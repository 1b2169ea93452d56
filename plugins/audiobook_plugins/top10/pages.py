"""Reads a list out of a web page; pure, and slow enough to be run in a thread."""

from __future__ import annotations

from audiobook_daemon import Book, Unavailable
from audiobook_plugins.top10.config import Page
from audiobook_plugins.top10.pattern import LONGEST, book, series_place


def read_page(page: Page, text: str) -> tuple[Book, ...]:
    """List the books of a page in their order; a book without a title is left out.

    Raises Unavailable, with the selector's name, when the page is empty or a selector finds nothing on it: the page has
    changed, and an empty list would hide that.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only those who read pages pay for it
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    if not text.strip():
        raise Unavailable(f"The page of {page.name} is empty.")
    try:
        items = BeautifulSoup(text, "html.parser").select(page.item)
    except ParserRejectedMarkup as error:
        raise Unavailable(f"The page of {page.name} is broken: no parser makes anything of it.") from error
    if not items:
        raise _nothing(page, "item", page.item)

    def texts(selector: str) -> list[str]:
        found = (item.select_one(selector) for item in items)
        return [" ".join(part.get_text(" ").split())[:LONGEST] if part else "" for part in found]

    titles, authors = texts(page.title), texts(page.author)
    series = texts(page.series) if page.series else [""] * len(items)
    for key, selector, found in (("title", page.title, titles), ("author", page.author, authors)):
        if not any(found):
            raise _nothing(page, key, selector)
    return tuple(
        book(title, author, series_place(place), page.language)
        for title, author, place in zip(titles, authors, series, strict=True)
        if title
    )


def _nothing(page: Page, key: str, selector: str) -> Unavailable:
    return Unavailable(
        f"The selector `{key}: {selector}` finds nothing on the page of {page.name}; "
        "the page has changed or wants a login. Look at it and correct the selector."
    )
