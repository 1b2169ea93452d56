"""Speaks to the Web API with a session cookie or an API key, and logs in when it must."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NoReturn

from audiobook_daemon import AuthFailed, Context, FilePart, HttpAnswer, Unavailable
from audiobook_plugins.qbittorrent.config import QBittorrentConfig

_COOKIE = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21-\x3a\x3c-\x7e]*)")
_BAN_SECONDS = 3600.0
_TIMEOUT = 20.0


class Session:
    """One way in. A refused login is never repeated: after five, qBittorrent bans the address for an hour."""

    def __init__(self, config: QBittorrentConfig, context: Context) -> None:
        self._config = config
        self._context = context
        self._base = f"{config.url}/api/v2"
        self._cookies: dict[str, str] = {}
        self._login = asyncio.Lock()
        self._refused: str | None = None
        self._banned_until: datetime | None = None
        self._forgotten = False
        """Whether the last login was forgotten by the very next call, as by a server that was restarted between."""

    def forget_refusal(self) -> None:
        """Let the next call try to log in again; for a person who has mended something, or ended a ban by a restart."""
        self._refused = None
        self._banned_until = None

    async def call(
        self,
        method: str,
        action: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        files: Sequence[FilePart] = (),
    ) -> HttpAnswer:
        """Call `<scope>/<action>` and return the answer, whatever it says; logs in at most once.

        Raises AuthFailed if the way in is closed, Unavailable if there is no answer or this address is banned.
        """
        self._raise_if_shut_out()
        used = self._cookie_header()
        answer = await self._send(method, action, params, form, files)
        if answer.status == 403:
            await self._log_in(used)
            answer = await self._send(method, action, params, form, files)
        if answer.status == 403 and not self._forgotten:
            self._forgotten = True
            raise Unavailable(f"{self._base} forgot the login at once; perhaps it has just been restarted.")
        if answer.status == 403:
            raise AuthFailed(f"{self._base} accepts the login but then forbids {action} (status 403).")
        self._forgotten = False
        if answer.status == 401:
            raise AuthFailed(
                f"{self._base} does not accept calls to this address (status 401). "
                "Use the address qBittorrent itself goes by, or change its host header validation."
            )
        return answer

    async def _send(
        self,
        method: str,
        action: str,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        files: Sequence[FilePart] = (),
    ) -> HttpAnswer:
        headers: dict[str, str] = {}
        if self._config.api_key is not None:
            headers["Authorization"] = f"Bearer {self._config.api_key.get_secret_value()}"
        elif cookies := self._cookie_header():
            headers["Cookie"] = cookies
        answer = await self._context.http.request(
            method, f"{self._base}/{action}", params=params, headers=headers, form=form, files=files, timeout=_TIMEOUT
        )
        self._keep_cookies(answer)
        return answer

    async def _log_in(self, used: str) -> None:
        async with self._login:
            self._raise_if_shut_out()
            if self._cookie_header() != used:
                return  # another call has logged in while this one waited
            if self._config.api_key is not None:
                self._refuse("refused the API key, which qBittorrent knows since version 5.2.")
            if self._config.username is None or self._config.password is None:
                self._refuse("asks for a login, but neither username and password nor api_key are configured.")
            self._cookies.clear()  # with an old cookie any password seems to be right
            form = {"username": self._config.username, "password": self._config.password.get_secret_value()}
            self._judge_login(await self._send("POST", "auth/login", form=form))

    def _judge_login(self, answer: HttpAnswer) -> None:
        text = answer.text().strip()
        if answer.status == 403:
            self._banned_until = self._context.now() + timedelta(seconds=_BAN_SECONDS)
            self._raise_if_shut_out()
        if answer.status == 401 or (answer.status == 200 and text == "Fails."):
            self._refuse("refused user name and password.")
        answer.check()
        if text not in {"Ok.", ""}:
            raise Unavailable(f"{answer.url} answered the login with an unknown page; is this qBittorrent?")

    def _raise_if_shut_out(self) -> None:
        if self._refused is not None:
            raise AuthFailed(self._refused)
        if self._banned_until is None:
            return
        wait = (self._banned_until - self._context.now()).total_seconds()
        if wait > 0:
            raise Unavailable(
                f"{self._base} has banned this address after too many failed logins. Check user name and password; "
                "the ban ends by itself, usually within an hour, or when qBittorrent is restarted.",
                wait,
            )
        self._banned_until = None

    def _refuse(self, what: str) -> NoReturn:
        self._refused = f"{self._base} {what}"
        raise AuthFailed(self._refused)

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _keep_cookies(self, answer: HttpAnswer) -> None:
        # The name is SID up to 5.1 and QBT_SID_<port> later; a proxy may add its own.
        for line in answer.set_cookies:
            if found := _COOKIE.match(line):
                self._cookies[found[1]] = found[2]
                if not found[2]:
                    del self._cookies[found[1]]
