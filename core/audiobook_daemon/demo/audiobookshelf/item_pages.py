"""The pages under `/api/items`: one item, several at once, changes, covers."""

from __future__ import annotations

import base64
from pathlib import Path, PurePosixPath

from aiohttp import web

from audiobook_daemon.demo.audiobookshelf.accounts import Accounts, read_json
from audiobook_daemon.demo.audiobookshelf.edit import change_media
from audiobook_daemon.demo.audiobookshelf.library import Library
from audiobook_daemon.demo.audiobookshelf.records import Item
from audiobook_daemon.demo.audiobookshelf.scan import keep_picture
from audiobook_daemon.demo.audiobookshelf.shapes import JsonObject
from audiobook_daemon.demo.jpeg import paint_cover

_IMAGES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_WIDEST = 4096


class ItemPages:
    """Answers what is asked of single items."""

    def __init__(self, library: Library, accounts: Accounts) -> None:
        self._library = library
        self._accounts = accounts

    async def one(self, request: web.Request) -> web.Response:
        """Give an item: everything with `?expanded=1`, else in the older shape."""
        item = self._item(request)
        shapes = self._library.shapes
        if request.query.get("expanded") != "1":
            return web.json_response(shapes.plain(item))
        answer = shapes.expanded(item)
        if "progress" in request.query.get("include", "").split(","):
            answer["userMediaProgress"] = None
        return web.json_response(answer)

    async def several(self, request: web.Request) -> web.Response:
        """Give several expanded items, not in the order asked for; unknown ids are left out."""
        wanted = (await read_json(request)).get("libraryItemIds")
        if not isinstance(wanted, list) or not wanted:
            raise web.HTTPForbidden(text="Invalid payload", content_type="text/html")
        found = [item for item in self._library.shelf.items.values() if item.id in wanted]
        found.sort(key=lambda item: item.id)
        return web.json_response({"libraryItems": [self._library.shapes.expanded(item) for item in found]})

    async def change(self, request: web.Request) -> web.Response:
        """Change metadata and tags; the key `updated` is missing when nothing changed."""
        body = await read_json(request)
        item = self._item(request)
        self._accounts.require_admin(request)
        answer: JsonObject = {"updated": True} if change_media(self._library.shelf, item, body) else {}
        if answer:
            self._library.tell("item_updated", self._library.shapes.expanded(item))
        self._library.save()
        return web.json_response({**answer, "libraryItem": self._library.shapes.plain(item)})

    async def scan(self, request: web.Request) -> web.Response:
        """Scan one item again and wait for it; the server fails on a single file in the library's root."""
        item = self._item(request)
        self._accounts.require_admin(request)
        if item.is_file:
            raise web.HTTPInternalServerError(text="Internal Server Error")
        return web.json_response({"result": await self._library.scanner.one(self._library.shelf, item)})

    async def remove(self, request: web.Request) -> web.Response:
        """Forget an item; `?hard=1` deletes its files too."""
        item = self._item(request)
        self._accounts.require_admin(request)
        self._library.remove(item, with_files=request.query.get("hard") == "1")
        return web.Response(text="OK")

    async def cover(self, request: web.Request) -> web.Response:
        """Give the cover, to anybody; one of another size is painted anew, as a JPEG."""
        item = self._item(request)
        if item.cover is None:
            raise web.HTTPNotFound(text="Not Found")
        width = request.query.get("width", "")
        if request.query.get("format") == "jpeg" and width.isdigit() and 0 < int(width) <= _WIDEST:
            picture = paint_cover(item.texts["title"] or "", int(width))
            return web.Response(body=picture, content_type="image/jpeg")
        content_type = _IMAGES.get(PurePosixPath(item.cover).suffix.lower(), "image/jpeg")
        if item.cover_image is not None:
            return web.Response(body=base64.b64decode(item.cover_image), content_type=content_type)
        try:
            return web.Response(body=Path(item.cover).read_bytes(), content_type=content_type)
        except OSError:
            raise web.HTTPNotFound(text="Not Found") from None

    async def upload_cover(self, request: web.Request) -> web.Response:
        """Take a cover from the form field `cover`; a `url` fails, as there is no world outside."""
        item = self._item(request)
        self._accounts.require_admin(request)
        if request.content_type == "multipart/form-data":
            part = (await request.post()).get("cover")
            if isinstance(part, web.FileField):
                return self._keep_cover(item, part.file.read(), PurePosixPath(part.filename).suffix.lower())
        elif (await read_json(request)).get("url"):
            raise _bad_request("Failed to download image from url")
        raise _bad_request("Invalid request no file or url")

    async def remove_cover(self, request: web.Request) -> web.Response:
        """Forget the cover."""
        item = self._item(request)
        self._accounts.require_admin(request)
        item.cover = item.cover_image = None
        item.touch()
        self._library.save()
        return web.Response(text="OK")

    def _keep_cover(self, item: Item, picture: bytes, extension: str) -> web.Response:
        if extension not in _IMAGES:
            raise _bad_request(f"Invalid image type {extension} (Supported: png,jpg,jpeg,webp)")
        keep_picture(item, picture, extension)
        item.touch()
        self._library.save()
        return web.json_response({"success": True, "cover": item.cover})

    def _item(self, request: web.Request) -> Item:
        item = self._library.shelf.items.get(request.match_info["item"])
        if item is None:
            raise web.HTTPNotFound(text="Not Found")
        return item


def _bad_request(message: str) -> web.HTTPException:
    return web.HTTPBadRequest(text=message, content_type="text/html")
