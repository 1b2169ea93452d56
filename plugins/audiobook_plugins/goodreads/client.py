"""Fetches the feed of a shelf page by page; the key goes into the question and nowhere else."""

from __future__ import annotations

import asyncio

from audiobook_daemon import AuthFailed, Context, HttpAnswer, Unavailable
from audiobook_plugins.goodreads.config import GoodreadsConfig
from audiobook_plugins.goodreads.parse import KEY_REMEDY, Entry, read_feed

PAGE = 100
"""Books of one page, the most the site gives."""
_LARGEST = 8 * 1024 * 1024
"""Bytes of a page; a hundred books with long reviews take one or two millions."""
_EVERYTHING = "#ALL#"
_READ = "read"


class Client:
    """Reads shelves; may raise AuthFailed and Unavailable."""

    def __init__(self, config: GoodreadsConfig, context: Context) -> None:
        self._config = config
        self._context = context
        context.http.pace(config.pace, one_at_a_time=True)

    async def read(self, shelf: str, *, pages: int | None = None) -> list[Entry]:
        """List a shelf's books in the site's order, each once, as far as `walk` or so many pages.

        The site answers a page behind the last one with an empty feed, and has been seen to repeat itself.
        """
        found: dict[str, Entry] = {}
        most = pages or -(-self._config.walk // PAGE)
        for page in range(1, most + 1):
            entries = await self._page(shelf, page)
            before = len(found)
            for entry in entries:
                found.setdefault(entry.key, entry)
            if len(found) == before:
                break
        return [entry for entry in found.values() if _stands_on(entry, shelf)][: self._config.walk]

    async def _page(self, shelf: str, page: int) -> tuple[Entry, ...]:
        params = {"shelf": shelf, "per_page": str(PAGE), "page": str(page)}
        if self._config.key:
            params["key"] = self._config.key.get_secret_value()
        url = f"{self._config.site}/review/list_rss/{self._config.user}"
        answer = await self._context.http.request("GET", url, params=params, max_bytes=_LARGEST)
        return await asyncio.to_thread(_read, answer, shelf)


def _read(answer: HttpAnswer, shelf: str) -> tuple[Entry, ...]:
    if 300 <= answer.status < 400:
        where = answer.headers.get("location", "")
        if "sign_in" in where or "login" in where:
            raise AuthFailed(f"Goodreads asks who we are before it shows the shelf {shelf}. {KEY_REMEDY}")
        raise Unavailable(f"Goodreads sent us elsewhere (status {answer.status}) instead of showing the shelf {shelf}.")
    if answer.status in {401, 403}:
        raise AuthFailed(f"Goodreads refused the shelf {shelf} (status {answer.status}). {KEY_REMEDY}")
    if answer.status == 404:
        raise Unavailable(f"Goodreads has no shelf {shelf} for this user; look at `user` and at the shelf's name.")
    return read_feed(answer.check().body)


def _stands_on(entry: Entry, shelf: str) -> bool:
    """Whether a book stands on the shelf asked for: where the site knows no such shelf it lists other books.

    The shelf `read` is not named in the feed.
    """
    if not entry.shelves or shelf in {_EVERYTHING, _READ}:
        return True
    return shelf.casefold() in {name.casefold() for name in entry.shelves}
