"""How plugins speak HTTP: values and the shape of the session each instance is lent."""

from __future__ import annotations

import json as json_module
import math
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Protocol

from audiobook_daemon.errors import AuthFailed, Unavailable

OnCookies = Callable[[Sequence[str]], Awaitable[None]]
Pairs = Mapping[str, str] | Sequence[tuple[str, str]]
_LONGEST_WAIT = 24 * 3600.0
"""Seconds; nobody is believed who wants to be left alone for longer."""
_UNFIT = re.compile(rb"\\u(?:0000|d[89a-f][0-9a-f]{2})|\xed[\xa0-\xbf]", re.IGNORECASE)
"""NUL and half surrogate pairs, escaped or as they are; whole pairs look the same, and are read right."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file of a multipart body."""

    field: str
    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete answer; redirects arrive as answers, for following one is the plugin's decision."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case; the last of repeated ones wins."""
    set_cookies: tuple[str, ...]
    """The raw Set-Cookie lines, in order."""
    body: bytes
    url: str
    """Scheme, host and path; the query is left out because it may hold secrets."""

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def text(self) -> str:
        """The body as text; wrong bytes become replacement characters."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> object:
        """The body as JSON, without what no database can hold; raises Unavailable for everything that is none.

        Half surrogate pairs become question marks, NULs go, and a number that is none or endless is None.
        """
        if not self.body.strip():
            raise Unavailable(f"{self.url} answered with an empty page instead of JSON.")
        try:
            document = json_module.loads(self.body, parse_constant=_nothing, parse_float=_finite)
            return _readable(document) if _UNFIT.search(self.body) else document
        except (ValueError, RecursionError) as error:
            kind = "a web page" if self.body.lstrip()[:1] == b"<" else "broken or cut JSON"
            raise Unavailable(f"{self.url} answered with {kind} instead of JSON.") from error

    def check(self) -> HttpAnswer:
        """Return itself if the status is 2xx.

        Raises AuthFailed for 401 and 403, Unavailable for everything else (with the time the site asked for).
        """
        if 200 <= self.status < 300:
            return self
        if self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise AuthFailed(f"{self.url} refused the credentials (status {self.status}).")
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Unavailable(f"{self.url} asks for fewer questions (status 429).", self.retry_after)
        if 300 <= self.status < 400:
            raise Unavailable(f"{self.url} sent us elsewhere (status {self.status}) instead of answering.")
        raise Unavailable(f"{self.url} answered with status {self.status}.", self.retry_after)

    @property
    def retry_after(self) -> float | None:
        """The seconds the site asked us to wait (Retry-After as number or date), 24 hours at most, or None."""
        value = self.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return min(float(value), _LONGEST_WAIT)
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)


class Http(Protocol):
    """The session of one instance: paced, with a time limit and a size limit; cookies are the plugin's own."""

    def pace(self, seconds: float, *, one_at_a_time: bool = False) -> None:
        """Leave at least `seconds` between the starts of two requests of this instance, or send them in single file."""

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
        """Send one request and read the whole answer, whatever its status.

        `json`, or `form` with `files`, is the body. `timeout` is for the whole exchange in seconds; an answer of
        more than `max_bytes` is cut off. A GET is tried again (3 attempts in all) when the connection fails or the
        site answers 502, 503 or 504 without saying when to come back; other methods are sent once.
        `on_cookies` is awaited with the raw Set-Cookie lines as soon as they arrive, before the body is read, so that a
        session that changes with every answer survives an answer that breaks off.
        Raises Unavailable when there is no whole answer.
        """


def _readable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, list):
        return [_readable(entry) for entry in value]
    if isinstance(value, dict):
        return {_readable(name): _readable(entry) for name, entry in value.items()}
    return value


def _finite(number: str) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None


def _nothing(_: str) -> None:
    return None
