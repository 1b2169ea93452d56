"""The feed of a shelf as Goodreads writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

from audiobook_daemon.testing import Asked, Reply

KEY = "SECRET-rss-key_0123456789"
USER = "7654321"
PATH = f"/review/list_rss/{USER}"


def item(number: int, title: str, author: str = "Ilse Marten", **more: str) -> str:
    members = {
        "guid": f"<![CDATA[https://www.goodreads.com/review/show/{number}]]>",
        "title": f"<![CDATA[{title}]]>",
        "link": f"<![CDATA[https://www.goodreads.com/review/show/{number}?key={KEY}]]>",
        "book_id": str(number),
        "author_name": escape(author),
        "isbn": "",
        "user_name": "Somebody",
        "user_rating": "0",
        "user_read_at": "",
        "user_date_added": "<![CDATA[Tue, 03 Feb 2026 10:11:12 -0800]]>",
        "user_shelves": "to-read",
        "user_review": "<![CDATA[<b>long</b> &amp; rambling]]>",
        "average_rating": "3.99",
        "book_published": "2006",
        **more,
    }
    return f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in members.items())}</item>"


def feed(items: Iterable[str] = ()) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Somebody's bookshelf: to-read</title>{''.join(items)}</channel></rss>"
    )


def shelves(**books: list[str]) -> Callable[[Asked], Any]:
    """Answer as the site does: a hundred items a page, an empty feed behind the last one, HTML to a wrong key."""

    def answer(asked: Asked) -> Reply:
        if asked.query.get("key") != KEY:
            page = "<!DOCTYPE html><html><body><a href='/user/sign_in'>Sign in</a></body></html>"
            return Reply(page, headers={"Content-Type": "text/html"})
        start = 100 * (int(asked.query.get("page", "1")) - 1)
        items = books.get(asked.query["shelf"].replace("-", "_"), [])[start : start + 100]
        return Reply(feed(items), headers={"Content-Type": "application/xml; charset=utf-8"})

    return answer
