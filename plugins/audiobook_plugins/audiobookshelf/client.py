"""The calls of the Audiobookshelf API that we need."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence

from audiobook_daemon import AuthFailed, Context, FilePart, HttpAnswer, Refused, Unavailable
from audiobook_plugins.audiobookshelf import listing
from audiobook_plugins.audiobookshelf.config import AudiobookshelfConfig
from audiobook_plugins.audiobookshelf.decoding import read, read_item
from audiobook_plugins.audiobookshelf.listing import PageBody
from audiobook_plugins.audiobookshelf.records import (
    Account,
    Batch,
    Changed,
    Exists,
    Found,
    Item,
    Libraries,
    LibraryRecord,
    Status,
    Tasks,
)

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

    async def page(
        self, library: str, number: int, *, newest_first: bool = False, limit: int | None = None
    ) -> PageBody:
        """Fetch one page of the books of a library in the order of their arrival."""
        # Without a limit the server would send everything, without a sort in no order at all.
        params = {"limit": str(limit or listing.PAGE), "page": str(number), "sort": "addedAt", "minified": "1"}
        if newest_first:
            params["desc"] = "1"
        answer = await self._call("GET", f"/api/libraries/{library}/items", params=params, timeout=_LIST_TIMEOUT)
        return PageBody(answer.check(), number)

    async def newest(self, library: str) -> AsyncGenerator[Item, None]:
        """Yield every sound item of a library, the newest first."""
        number = 0
        while True:
            rows = (await self.page(library, number, newest_first=True)).rows()
            for item in rows.items:
                yield item
            number += 1
            if number * listing.PAGE >= rows.total or not (rows.items or rows.unsound):
                return

    async def count(self, library: str) -> int:
        """Say how many items a library has."""
        return (await self.page(library, 0, limit=1)).rows().total

    async def batch(self, ids: Sequence[str]) -> list[Item]:
        """Return up to a hundred items in full, in any order; unknown and unsound ones are left out."""
        # The server refuses an empty list as if the key were wrong.
        if not (known := [one for one in ids if _ID.fullmatch(one)]):
            return []
        body = {"libraryItemIds": known}
        answer = await self._call("POST", "/api/items/batch/get", json=body, timeout=_LIST_TIMEOUT, attempts=3)
        rows = read(answer.check(), Batch).libraryItems
        return [item for row in rows if (item := read_item(row)) is not None]

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

    async def upload_cover(self, id: str, picture: bytes, kind: str) -> bool:  # noqa: A002
        """Give an item a picture of a kind such as `jpg`; False if the server cannot use it."""
        part = FilePart("cover", f"cover.{kind}", picture, f"image/{kind.replace('jpg', 'jpeg')}")
        answer = _item_answer(
            await self._call("POST", f"{_item_path(id)}/cover", files=(part,), timeout=_LIST_TIMEOUT), id, {400, 500}
        )
        return answer.status == 200

    async def cover(self, id: str, width: int | None = None) -> bytes | None:  # noqa: A002
        """Return the picture of an item as it is stored, or as a JPEG of a `width` in pixels; None if it has none."""
        params = {"raw": "1"} if width is None else {"width": str(width), "format": "jpeg"}
        answer = await self._call("GET", f"{_item_path(id)}/cover", params=params, timeout=_LIST_TIMEOUT)
        if answer.status == 404:
            return None
        if not answer.check().content_type.startswith("image/"):
            raise Unavailable(f"{answer.url} answered with something else than a picture.")
        return answer.body

    async def remove_cover(self, id: str) -> None:  # noqa: A002
        """Take the picture from an item."""
        _item_answer(await self._call("DELETE", f"{_item_path(id)}/cover"), id)

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

    async def sees(self, root: str, relative: str) -> bool | None:
        """Tell whether the server sees a folder below one of its libraries'; None if it will not say."""
        body = {"folderPath": root, "directory": relative}
        try:
            return read((await self._call("POST", "/api/filesystem/pathexists", json=body)).check(), Exists).exists
        except (AuthFailed, Refused, Unavailable):  # older servers have no such page, some users no such right
            return None

    async def _call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        files: Sequence[FilePart] = (),
        timeout: float = _TIMEOUT,  # noqa: ASYNC109
        attempts: int | None = None,
    ) -> HttpAnswer:
        answer = await self._context.http.request(
            method,
            f"{self._base}{path}",
            params=params,
            headers={"Authorization": f"Bearer {self._token.get_secret_value()}"},
            json=json,
            files=files,
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


def _item_answer(answer: HttpAnswer, id: str, also: Collection[int] = ()) -> HttpAnswer:  # noqa: A002
    if answer.status == 404:
        raise _no_item(id)
    return answer if answer.status in also else answer.check()


def _no_item(id: str) -> Refused:  # noqa: A002
    return Refused(f"Audiobookshelf has no item {id!r} any more.", "no_item")
