"""Speaks to Google Books: search and single volumes, one question after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from audiobook_daemon import Context, Unavailable
from audiobook_plugins.google_books.answers import QuotaSpent, read_object
from audiobook_plugins.google_books.config import GoogleBooksConfig
from audiobook_plugins.google_books.parse import Volume, read_volume, read_volumes

_HITS = 20
_LARGEST_PAGE = 40
"""More is refused."""


class Client:
    """The two calls the plugin needs. Both may raise AuthFailed, Refused and Unavailable."""

    def __init__(self, config: GoogleBooksConfig, context: Context) -> None:
        self._context = context
        self._base = f"{config.url}/books/v1/volumes"
        self._key = config.key.get_secret_value() if config.key else None
        self._country = config.country
        self._closed_until: datetime | None = None
        context.http.pace(config.pace)

    async def search(self, question: str, hits: int = _HITS, start: int = 0) -> list[Volume]:
        """Find volumes; their records are reduced and sometimes worded differently from the full ones."""
        params = {"q": question, "maxResults": str(hits), "printType": "books"}
        if start:
            params["startIndex"] = str(start)
        return read_volumes(await self._ask(self._base, params))

    async def search_through(self, question: str, pages: int) -> list[Volume]:
        """Find volumes page by page, until one brings nothing new; how many there are Google only guesses."""
        found: dict[str, Volume] = {}
        for page in range(pages):
            before = len(found)
            for volume in await self.search(question, _LARGEST_PAGE, page * _LARGEST_PAGE):
                found.setdefault(volume.id, volume)
            if len(found) == before:
                break
        return list(found.values())

    async def volume(self, number: str) -> Volume:
        """Fetch the full record."""
        volume = read_volume(await self._ask(f"{self._base}/{number}", {}))
        if volume is None:
            raise Unavailable("Google Books sent a volume without a title.")
        return volume

    async def _ask(self, url: str, params: dict[str, str]) -> Mapping[str, object]:
        now = self._context.now()
        if self._closed_until is not None and now < self._closed_until:
            wait = (self._closed_until - now).total_seconds()
            raise QuotaSpent("The questions to Google Books are used up for now.", wait)
        if self._country:
            params["country"] = self._country.upper()
        if self._key:
            params["key"] = self._key
        answer = await self._context.http.request("GET", url, params=params)
        if self._key:
            answer = replace(answer, body=answer.body.replace(self._key.encode(), b"[key]"))
        try:
            return read_object(answer, now, keyed=self._key is not None)
        except QuotaSpent as error:
            self._closed_until = now + timedelta(seconds=error.retry_after or 0)
            raise
