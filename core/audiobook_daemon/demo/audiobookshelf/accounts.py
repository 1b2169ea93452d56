"""Who may do what: API keys, users, the login and its limiter."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from aiohttp import web

from audiobook_daemon.demo.audiobookshelf.records import new_id, now
from audiobook_daemon.demo.audiobookshelf.settings import SERVER_SETTINGS
from audiobook_daemon.demo.audiobookshelf.shapes import JsonObject

_LOGINS = 40
_WINDOW_SECONDS = 600


@dataclass(slots=True)
class User:
    """A user of the server; a plain user (`user`) may only listen and download."""

    username: str
    type: str
    id: str = field(default_factory=new_id)
    created_at: int = field(default_factory=now)

    @property
    def is_admin(self) -> bool:
        """Whether this user may scan and edit."""
        return self.type in {"root", "admin"}

    def json(self) -> JsonObject:
        """Write the user as `/api/me` does."""
        return {
            "id": self.id,
            "username": self.username,
            "email": None,
            "type": self.type,
            "token": f"demo-token-of-{self.username}",
            "mediaProgress": [],
            "seriesHideFromContinueListening": [],
            "bookmarks": [],
            "isActive": True,
            "isLocked": False,
            "lastSeen": None,
            "createdAt": self.created_at,
            "permissions": {
                "download": True,
                "update": self.is_admin,
                "delete": self.is_admin,
                "upload": self.is_admin,
                "createEreader": self.is_admin,
                "accessAllLibraries": True,
                "accessAllTags": True,
                "accessExplicitContent": self.is_admin,
                "selectedTagsNotAccessible": False,
            },
            "librariesAccessible": [],
            "itemTagsSelected": [],
            "hasOpenIDLink": False,
        }


class Accounts:
    """The users by their keys; `login` takes the root user's name in any case."""

    def __init__(self, api_key: str, reader_key: str | None, username: str, password: str) -> None:
        self.server_settings = dict(SERVER_SETTINGS)
        self._root = User(username, "root")
        self._password = password
        self._access_token = f"access-{new_id()}"
        self._by_key = {
            api_key: self._root,
            self._access_token: self._root,
            str(self._root.json()["token"]): self._root,
        }
        if reader_key is not None:
            self._by_key[reader_key] = User("reader", "user")
        self.tokens = frozenset({self._access_token, *(str(user.json()["token"]) for user in self._by_key.values())})
        """What opens the socket; the API keys do not."""
        self._logins: list[float] = []

    def user(self, request: web.Request) -> User:
        """Give the user whose key the request carries, as Bearer or as `?token=`; others are sent away with 401."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            key = request.query.get("token", "")
        if key not in self._by_key:
            raise web.HTTPUnauthorized(text="Unauthorized")
        return self._by_key[key]

    def require_admin(self, request: web.Request) -> None:
        """Send plain users away with 403 `Forbidden`."""
        if not self.user(request).is_admin:
            raise web.HTTPForbidden(text="Forbidden")

    async def login(self, request: web.Request) -> web.Response:
        """Answer `POST /login`: 40 attempts in ten minutes, good ones count too."""
        moment = time.monotonic()
        self._logins = [one for one in self._logins if moment - one < _WINDOW_SECONDS]
        if len(self._logins) >= _LOGINS:
            wait = str(round(_WINDOW_SECONDS - moment + self._logins[0]))
            answer = web.json_response({"error": "Too many authentication requests"}, status=429)
            answer.headers["Retry-After"] = wait
            return answer
        self._logins.append(moment)
        body = await read_json(request)
        username, password = body.get("username"), body.get("password")
        if not isinstance(username, str) or not isinstance(password, str):
            raise web.HTTPBadRequest(text="Bad Request")
        if username.lower() != self._root.username.lower() or password != self._password:
            raise web.HTTPUnauthorized(text="Unauthorized")
        refresh = "demo-refresh-token" if request.headers.get("x-return-tokens") == "true" else None
        tokens: JsonObject = {"refreshToken": refresh, "accessToken": self._access_token}
        return web.json_response(self._welcome({**self._root.json(), **tokens}))

    async def authorize(self, request: web.Request) -> web.Response:
        """Answer `POST /api/authorize`: the user and the server's settings."""
        return web.json_response(self._welcome(self.user(request).json()))

    async def me(self, request: web.Request) -> web.Response:
        """Answer `GET /api/me`."""
        return web.json_response(self.user(request).json())

    def _welcome(self, user: JsonObject) -> JsonObject:
        return {
            "user": user,
            "userDefaultLibraryId": None,
            "serverSettings": self.server_settings,
            "ereaderDevices": [],
            "Source": "docker",
        }


def error_page(status: type[web.HTTPException], message: str) -> web.HTTPException:
    """Make the web page with which the server answers unknown routes and malformed JSON."""
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n'
        f"<body>\n<pre>{message}</pre>\n</body>\n</html>\n"
    )
    return status(text=page, content_type="text/html")


async def read_json(request: web.Request) -> JsonObject:
    """Read the JSON body; anything but an object counts as an empty one, malformed JSON is answered with a page."""
    if not request.can_read_body:
        return {}
    try:
        body = await request.json()
    except ValueError:
        raise error_page(web.HTTPBadRequest, "Bad Request") from None
    return body if isinstance(body, dict) else {}
