"""The HTTP session lent to an instance: paced, bounded in time and size, without cookies or redirects of its own."""

from __future__ import annotations

import asyncio
import os
import random
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.http.pace import Pace
from audiobook_daemon.http.tally import Tally
from audiobook_daemon.plugin import FilePart, HttpAnswer
from audiobook_daemon.plugin.exchange import OnCookies, Pairs
from audiobook_daemon.version import __version__

USER_AGENT = f"audiobook-daemon/{__version__}"
_TRY_AGAIN = frozenset({502, 503, 504})
_REFUSED = frozenset({401, 403, 429})
_ATTEMPTS = 3
_FIRST_PAUSE = 0.5
_CONNECT_SECONDS = 15.0


class _BrokenConnection(Exception):
    """The connection failed, which a second attempt may mend; a time or size limit or a bad certificate is none."""


class Transport:
    """The connector shared by all instances; made inside the running loop, closed with the daemon.

    `sleep` is how its sessions wait between requests and attempts; tests that do not want to wait give another.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self.sleep = sleep
        self.tally = Tally()
        """How often each service was asked."""
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The client session, opened on first use."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=64, limit_per_host=8, keepalive_timeout=4),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": USER_AGENT},
                auto_decompress=True,
            )
            # aiohttp would send GET, PUT and DELETE a second time by itself, with a cookie that may be dead by then.
            self._session._retry_connection = False
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
            except _BrokenConnection as error:
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
        place = str(address.with_query(None).with_user(None).with_fragment(None))
        begun = asyncio.get_running_loop().time()
        failed = True
        try:
            async with (
                asyncio.timeout(seconds),
                self._transport.session.request(
                    method,
                    address,
                    headers=headers,
                    json=json,
                    data=_body(form, files),
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=min(seconds, _CONNECT_SECONDS)),
                ) as response,
            ):
                cookies = _cookies(response.headers)
                if on_cookies and cookies:
                    await on_cookies(cookies)
                body = await _read(response, max_bytes, place)
                self.latency = asyncio.get_running_loop().time() - begun
                failed = response.status >= 500 or response.status in _REFUSED
                return HttpAnswer(response.status, _headers(response.headers), cookies, body, place)
        except aiohttp.ConnectionTimeoutError as error:
            raise _BrokenConnection(f"{place} cannot be reached: it does not take the connection.") from error
        except TimeoutError as error:
            raise Unavailable(f"{place} did not answer completely within {seconds:g} seconds.") from error
        except (ssl.SSLError, aiohttp.ClientSSLError) as error:
            raise Unavailable(f"{place} has no valid TLS certificate: {_tls_reason(error)}.") from error
        except aiohttp.ClientConnectorError as error:
            raise _BrokenConnection(f"{place} cannot be reached: {_os_reason(error.os_error)}.") from error
        except UnicodeError as error:
            raise Unavailable(f"{place} is no address: its host cannot be a name.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise _BrokenConnection(f"{place} broke off the connection ({type(error).__name__}).") from error
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


def _body(form: Pairs | None, files: Sequence[FilePart]) -> aiohttp.FormData | None:
    if form is None and not files:
        return None
    pairs = list(form.items() if isinstance(form, Mapping) else form or ())
    data = aiohttp.FormData(quote_fields=False)
    for name, value in pairs:
        data.add_field(name, value)
    for part in files:
        data.add_field(part.field, part.content, filename=part.filename, content_type=part.content_type)
    return data


async def _read(response: aiohttp.ClientResponse, max_bytes: int, place: str) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > max_bytes:
            response.close()
            raise Unavailable(f"{place} sent more than the {max_bytes} bytes an answer may have.")
    return bytes(body)


def _headers(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _cookies(headers: CIMultiDictProxy[str]) -> tuple[str, ...]:
    return tuple(headers.getall("Set-Cookie", ()))


def _os_reason(error: OSError) -> str:
    known = isinstance(error.errno, int) and error.errno > 0
    return os.strerror(error.errno) if known and error.errno is not None else error.strerror or str(error)


def _tls_reason(error: BaseException) -> str:
    cause: BaseException | None = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    return getattr(cause, "verify_message", None) or getattr(cause, "reason", None) or type(cause).__name__
