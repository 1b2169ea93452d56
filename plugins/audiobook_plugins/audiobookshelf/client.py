"""The calls of the Audiobookshelf API that we need."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from typing import Final

from audiobook_daemon import AuthFailed, Context, HttpAnswer, Refused, Unavailable
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.records import (
    Account,
    Changed,
    Found,
    Item,
    Libraries,
    LibraryRecord,
    Page,
    Status,
    Tasks,
    read,
    read_item,
)

PAGE: Final = 500
_ID = re.compile(r"[\w-]{1,64}")
_SEARCH_LIMIT = 25
_TIMEOUT = 30.0
_LIST_TIMEOUT = 120.0
_LIST_BYTES = 64 * 1024 * 1024


class Client:
    """Asks and tells Audiobookshelf with the key of one user.

    All methods raise Unavailable without a sound answer, and AuthFailed if the key or the user's rights do not do.
    """

    def __init__(self, config: AudiobookshelfConfig, context: Context) -> None:
        self._base = config.url
        self._token = config.token
        self._context = context

    async def status(self) -> Status:
        """Ask what server this is; works without a key."""
        url = f"{self._base}/status"
        return read((await self._context.http.request("GET", url, timeout=_TIMEOUT)).check(), Status)

    async def account(self) -> Account:
        """Ask whose key this is, and for the server's settings."""
        return read((await self._call("POST", "/api/authorize", attempts=3)).check(), Account)

    async def libraries(self) -> list[LibraryRecord]:
        """List all libraries."""
        return read((await self._call("GET", "/api/libraries")).check(), Libraries).libraries

    async def items(self, library: str, *, newest_first: bool = False) -> AsyncGenerator[Item, None]:
        """Yield every book of a library in the order of arrival; unsound rows are left out and counted in the log."""
        seen: set[str] = set()
        read_rows = unsound = number = 0
        while True:
            page = await self._page(library, number, newest_first=newest_first)
            news = False
            for row in page.results:
                item = read_item(row)
                if item is None:
                    unsound += 1
                    news = True
                elif item.id not in seen:
                    seen.add(item.id)
                    news = True
                    if item.mediaType == "book":
                        yield item
            read_rows += len(page.results)
            number += 1
            if page.results and not news:
                raise Unavailable(f"{self._base} sends the same page of the library again and again.")
            if not page.results or read_rows >= page.total:
                break
        if unsound:
            self._context.log.warning(
                "%s: %d of %d library items are damaged and left out.", self._context.name, unsound, read_rows
            )

    async def count(self, library: str) -> int:
        """Say how many items a library has."""
        answer = await self._call("GET", f"/api/libraries/{library}/items", params={"limit": "1"})
        return read(answer.check(), Page).total

    async def search(self, library: str, text: str) -> list[Item]:
        """Find items with this text in title, subtitle, ASIN or ISBN."""
        answer = await self._call(
            "GET", f"/api/libraries/{library}/search", params={"q": text, "limit": str(_SEARCH_LIMIT)}
        )
        rows = [row.get("libraryItem") for row in read(answer.check(), Found).book if isinstance(row, dict)]
        return [item for row in rows if (item := read_item(row)) is not None]

    async def item(self, id: str) -> Item:  # noqa: A002
        """Return one item; raises Refused if there is none of this id."""
        return read(_item_answer(await self._call("GET", _item_path(id), params={"expanded": "1"}), id), Item)

    async def change(self, id: str, body: Mapping[str, object]) -> Item:  # noqa: A002
        """Write metadata and return the item as it is afterwards; raises Refused if there is none of this id."""
        answer = await self._call("PATCH", f"{_item_path(id)}/media", json=body)
        return read(_item_answer(answer, id), Changed).libraryItem

    async def fetch_cover(self, id: str, url: str) -> bool:  # noqa: A002
        """Let the server fetch a cover; False if it cannot use the picture."""
        answer = await self._call("POST", f"{_item_path(id)}/cover", json={"url": url}, timeout=_LIST_TIMEOUT)
        if answer.status in {400, 404, 500}:
            return False
        answer.check()
        return True

    async def scanning(self, library: str) -> bool:
        """Tell whether a scan of the library runs."""
        tasks = read((await self._call("GET", "/api/tasks")).check(), Tasks).tasks
        return any(
            task.action == "library-scan" and task.data is not None and task.data.libraryId == library for task in tasks
        )

    async def scan(self, library: str) -> None:
        """Ask for a scan; the server answers the same when it drops the request because one runs already."""
        answer = (await self._call("POST", f"/api/libraries/{library}/scan")).check()
        if answer.text().strip() != "OK":
            raise Unavailable(f"{answer.url} answered with an unknown page; is this Audiobookshelf?")

    async def _page(self, library: str, number: int, *, newest_first: bool) -> Page:
        # Without a limit the server would send everything, without a sort in no order at all.
        params = {"limit": str(PAGE), "page": str(number), "sort": "addedAt", "minified": "1"}
        if newest_first:
            params["desc"] = "1"
        answer = await self._call("GET", f"/api/libraries/{library}/items", params=params, timeout=_LIST_TIMEOUT)
        return read(answer.check(), Page)

    async def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        timeout: float = _TIMEOUT,  # noqa: ASYNC109
        attempts: int | None = None,
    ) -> HttpAnswer:
        answer = await self._context.http.request(
            method,
            f"{self._base}{path}",
            params=params,
            headers={"Authorization": f"Bearer {self._token.get_secret_value()}"},
            json=json,
            timeout=timeout,
            max_bytes=_LIST_BYTES,
            attempts=attempts,
        )
        if answer.status == 401:
            raise AuthFailed(f"{self._base} refused the API key (status 401): it is wrong, switched off or expired.")
        if answer.status == 403:
            raise AuthFailed(
                f"{answer.url} is forbidden to the user of this API key (status 403): the key must be an admin's."
            )
        return answer


def _item_path(id: str) -> str:  # noqa: A002
    if not _ID.fullmatch(id):
        raise _no_item(id)
    return f"/api/items/{id}"


def _item_answer(answer: HttpAnswer, id: str) -> HttpAnswer:  # noqa: A002
    if answer.status == 404:
        raise _no_item(id)
    return answer.check()


def _no_item(id: str) -> Refused:  # noqa: A002
    return Refused(f"Audiobookshelf has no item {id!r} any more.", "no_item")
