"""The HTTP session lent to an instance: paced, bounded in time and size, without cookies or redirects of its own."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from yarl import URL

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.http.broken import BrokenConnection
from audiobook_daemon.http.pace import Pace
from audiobook_daemon.http.tally import Tally
from audiobook_daemon.plugin import FilePart, HttpAnswer
from audiobook_daemon.plugin.exchange import OnCookies, Pairs
from audiobook_daemon.version import __version__

if TYPE_CHECKING:
    from aiohttp import ClientSession

USER_AGENT = f"audiobook-daemon/{__version__}"
_TRY_AGAIN = frozenset({502, 503, 504})
_REFUSED = frozenset({401, 403, 429})
_ATTEMPTS = 3
_FIRST_PAUSE = 0.5


class Transport:
    """The connector shared by all instances; made inside the running loop, closed with the daemon.

    `sleep` is how its sessions wait between requests and attempts; tests that do not want to wait give another.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self.sleep = sleep
        self.tally = Tally()
        """How often each service was asked."""
        self._session: ClientSession | None = None

    @property
    def session(self) -> ClientSession:
        """The client session, opened on first use."""
        if self._session is None or self._session.closed:
            from audiobook_daemon.http.exchange import opened  # noqa: PLC0415 - it loads aiohttp

            self._session = opened(USER_AGENT)
        return self._session

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()


class PoliteSession:
    """Implements the Http contract of the plugins on one shared transport; what it asks is counted by a name."""

    def __init__(self, transport: Transport, name: str | None = None) -> None:
        self._transport = transport
        self._name = name
        self._pace = Pace(transport.sleep)
        self.latency: float | None = None
        """Seconds that the last whole answer took, from the question to its last byte; None before there is one."""

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        """See Http.pace."""
        self._pace.keep(seconds, one_at_a_time=one_at_a_time)

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Pairs | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Pairs | None = None,
        files: Sequence[FilePart] = (),
        timeout: float = 30.0,  # noqa: ASYNC109
        max_bytes: int = 16 * 1024 * 1024,
        attempts: int | None = None,
        on_cookies: OnCookies | None = None,
    ) -> HttpAnswer:
        """See Http.request."""
        address = _address(url, params)
        tries = attempts or (_ATTEMPTS if method.upper() == "GET" else 1)
        for attempt in range(1, tries + 1):
            last = attempt == tries
            try:
                async with self._pace.turn():
                    answer = await self._once(
                        method, address, headers, json, form, files, timeout, max_bytes, on_cookies
                    )
            except BrokenConnection as error:
                if last:
                    raise Unavailable(str(error)) from error.__cause__
            else:
                if last or answer.status not in _TRY_AGAIN or answer.retry_after is not None:
                    return answer
            await self._transport.sleep(_FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.8, 1.2))  # noqa: S311
        raise AssertionError("unreachable")

    async def _once(
        self,
        method: str,
        address: URL,
        headers: Mapping[str, str] | None,
        json: object,
        form: Pairs | None,
        files: Sequence[FilePart],
        seconds: float,
        max_bytes: int,
        on_cookies: OnCookies | None,
    ) -> HttpAnswer:
        from audiobook_daemon.http.exchange import exchange  # noqa: PLC0415 - it loads aiohttp

        begun = asyncio.get_running_loop().time()
        failed = True
        try:
            answer = await exchange(
                self._transport.session, method, address, headers, json, form, files, seconds, max_bytes, on_cookies
            )
            self.latency = asyncio.get_running_loop().time() - begun
            failed = answer.status >= 500 or answer.status in _REFUSED
            return answer
        finally:
            if self._name is not None:
                self._transport.tally.count("service", self._name, failed=failed)


def _address(url: str, params: Pairs | None) -> URL:
    try:
        address = URL(url)
    except ValueError as error:
        raise Unavailable("An address is no valid URL.") from error
    if address.scheme not in {"http", "https"} or not address.host:
        raise Unavailable(f"{address.scheme or 'no scheme'}: only http and https addresses can be asked.")
    if params is None:
        return address
    pairs = list(params.items() if isinstance(params, Mapping) else params)
    return address.extend_query(pairs)
