"""One question and its whole answer, or the sentence why there is none; the part that knows aiohttp.

It is imported with the first question: most commands of the command line ask nobody.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Mapping, Sequence

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from audiobook_daemon.errors import Unavailable
from audiobook_daemon.http.broken import BrokenConnection
from audiobook_daemon.plugin import FilePart, HttpAnswer
from audiobook_daemon.plugin.exchange import OnCookies, Pairs

_CONNECT_SECONDS = 15.0


def opened(agent: str) -> aiohttp.ClientSession:
    """Open the session that all instances share; made inside the running loop."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=64, limit_per_host=8, keepalive_timeout=4),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": agent},
        auto_decompress=True,
    )
    # aiohttp would send GET, PUT and DELETE a second time by itself, with a cookie that may be dead by then.
    session._retry_connection = False
    return session


async def exchange(
    session: aiohttp.ClientSession,
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
    """Ask once, see Http.request; raises BrokenConnection where a second attempt may help, else Unavailable."""
    place = str(address.with_query(None).with_user(None).with_fragment(None))
    try:
        async with (
            asyncio.timeout(seconds),
            session.request(
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
            return HttpAnswer(response.status, _headers(response.headers), cookies, body, place)
    except aiohttp.ConnectionTimeoutError as error:
        raise BrokenConnection(f"{place} cannot be reached: it does not take the connection.") from error
    except TimeoutError as error:
        raise Unavailable(f"{place} did not answer completely within {seconds:g} seconds.") from error
    except (ssl.SSLError, aiohttp.ClientSSLError) as error:
        raise Unavailable(f"{place} has no valid TLS certificate: {_tls_reason(error)}.") from error
    except aiohttp.ClientConnectorError as error:
        raise BrokenConnection(f"{place} cannot be reached: {_os_reason(error.os_error)}.") from error
    except UnicodeError as error:
        raise Unavailable(f"{place} is no address: its host cannot be a name.") from error
    except (aiohttp.ClientError, OSError) as error:
        raise BrokenConnection(f"{place} broke off the connection ({type(error).__name__}).") from error


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
