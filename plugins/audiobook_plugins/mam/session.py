"""The session cookie: one owner, one call at a time, and every new value on disk before anything else happens.

The site changes the cookie with (nearly) every answer and then refuses the old value. Two calls at once, or a value
that gets lost between the answer and the disk, cost the session, and only a person can make a new one.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from audiobook_daemon import Context, HttpAnswer
from audiobook_plugins.mam.answers import SessionEnded
from audiobook_plugins.mam.config import COOKIE, MamConfig

T = TypeVar("T")
_MEMORY = "session"
_VALUE = re.compile(r"[\x21-\x2b\x2d-\x3a\x3c-\x7e]{1,4096}")
_ENDED = re.compile(r";\s*(?:max-age\s*=\s*-?0*\s*(?:;|$)|expires\s*=\s*\w+,\s*\d+[ -]Jan[ -]1970)", re.IGNORECASE)
_SECONDS = 45.0
_TELLING = 8  # characters; a shorter text is no secret, and cutting it out would spoil data


@dataclass(frozen=True, slots=True)
class Call:
    """One GET, or a POST if it has a JSON body."""

    url: str
    params: tuple[tuple[str, str], ...] = ()
    json: object = None
    pace: float | None = None
    """Seconds to leave after its start; None for the usual distance."""


class Session:
    """Speaks to the site on behalf of one account."""

    def __init__(self, config: MamConfig, context: Context) -> None:
        self._context = context
        self._pace = config.pace
        self._seed = config.session.get_secret_value()
        self._fingerprint = hashlib.sha256(self._seed.encode()).hexdigest()
        self._homes = frozenset({_home(config.url), _home(config.tracker_url)})
        self._user_agent = config.user_agent
        self._value: str | None = None
        self._turn = asyncio.Lock()
        self._under_way: set[asyncio.Task[object]] = set()

    async def ask(self, call: Call, read: Callable[[HttpAnswer], T]) -> T:
        """Send one call in its turn, keep the cookie of the answer, then let `read` make of it what it means.

        A caller that gives up does not stop a call that is under way: its answer may hold the only living cookie.
        Raises what `read` raises (if the stored cookie is dead, only after the configured one was tried too), and
        Unavailable without a whole answer.
        """
        await self._turn.acquire()
        task = asyncio.create_task(self._exchange(call, read))
        self._under_way.add(task)
        task.add_done_callback(self._end_turn)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Wait for the call under way, so that its cookie is not lost."""
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _end_turn(self, task: asyncio.Task[object]) -> None:
        self._turn.release()
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has it; if nobody waits any more, it is not worth a warning

    async def _exchange(self, call: Call, read: Callable[[HttpAnswer], T]) -> T:
        value = self._value or await self._recall()
        try:
            return read(await self._send(call, value))
        except SessionEnded:
            if self._seed in {value, self._value}:
                raise
        self._context.log.info("The stored session is not accepted any more; trying the one of the configuration.")
        before = self._value
        self._value = self._seed
        try:
            result = read(await self._send(call, self._seed))
        except BaseException:
            if self._value == self._seed:
                self._value = before
            raise
        if self._value == self._seed:
            await self._context.memory.delete(_MEMORY)
        return result

    async def _send(self, call: Call, value: str) -> HttpAnswer:
        if _home(call.url) not in self._homes:
            raise ValueError("The session is sent to the configured addresses only.")
        self._context.http.pace(self._pace if call.pace is None else call.pace, one_at_a_time=True)
        answer = await self._context.http.request(
            "GET" if call.json is None else "POST",
            call.url,
            params=call.params or None,
            headers={"Cookie": f"{COOKIE}={value}", "User-Agent": self._user_agent},
            json=call.json,
            timeout=_SECONDS,
            attempts=1,  # a repeated call would carry the old cookie
            on_cookies=self._keep,
        )
        return _without(answer, self._seed, value, self._value)

    async def _keep(self, set_cookies: Sequence[str]) -> None:
        """Put a new cookie on disk; called before the answer is read, for it may break off."""
        new = rotated(set_cookies)
        if new is not None and new != self._value:
            self._value = new
            await self._context.memory.put(_MEMORY, {"seed": self._fingerprint, "value": new})

    async def _recall(self) -> str:
        stored = await self._context.memory.get(_MEMORY)
        value = stored.get("value") if isinstance(stored, dict) and stored.get("seed") == self._fingerprint else None
        self._value = value if isinstance(value, str) and _VALUE.fullmatch(value) else self._seed
        return self._value


def rotated(set_cookies: Sequence[str]) -> str | None:
    """Find the new cookie value, exactly as it travels; None if there is none or the site only deletes the old one."""
    found: str | None = None
    for line in set_cookies:
        name, _, rest = line.partition("=")
        value = rest.partition(";")[0].strip().strip('"')
        if name.strip() == COOKIE and value != "deleted" and _VALUE.fullmatch(value) and not _ENDED.search(line):
            found = value
    return found


def _home(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _without(answer: HttpAnswer, *secrets: str | None) -> HttpAnswer:
    """Take the cookies out of an answer, so that no error text can quote them."""
    body = answer.body
    for secret in filter(None, secrets):
        for written in (secret, unquote(secret)):
            if len(written) >= _TELLING:
                body = body.replace(written.encode(), b"[session]")
    return replace(answer, body=body, set_cookies=())
